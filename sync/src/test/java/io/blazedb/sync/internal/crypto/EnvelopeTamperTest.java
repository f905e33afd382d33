package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Volume;
import io.blazedb.sync.internal.wire.MalformedException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a hub, or a member that is none any more, can do to envelopes: nothing that goes unnoticed. */
class EnvelopeTamperTest {
    /** From one bit to the next: with -Pfull every one. */
    private static final int STEP = Byte.SIZE / Volume.cases(1, Byte.SIZE);

    private Team team;
    private NodeKeys author;
    private OriginId origin;
    private EnvelopeSealer sealer;
    private EnvelopeOpener opener;

    @BeforeEach
    void begin() throws Exception {
        team = new Team(5);
        author = team.join("author");
        origin = team.origin();
        sealer = new EnvelopeSealer(team.rotate(), origin, true, team.random);
        opener = new EnvelopeOpener(team.database, team.ring);
    }

    /** Every bit of every envelope in the full volume, else one bit of each byte of fewer. */
    @Test
    void everyFlippedBitIsNoticed() throws Exception {
        long seed = Long.getLong("seed", new Random().nextLong());
        System.out.println("everyFlippedBitIsNoticed -Dseed=" + seed);
        Random dice = new Random(seed);
        int envelopes = Volume.cases(50, 1_000);
        long flipped = 0;
        for (int i = 1; i <= envelopes; i++) {
            byte[] changeSet = EnvelopeTest.changeSet(origin, i, new byte[1 + dice.nextInt(700)]);
            byte[] sealed = sealer.sealChangeSet(i, team.bytes(32), changeSet).toBytes();
            assertThat(opener.open(Envelope.read(sealed))).isEqualTo(changeSet);
            for (int bit = dice.nextInt(STEP); bit < 8L * sealed.length; bit += STEP) {
                sealed[bit >> 3] ^= (byte) (1 << (bit & 7));
                assertThat(isNoticed(sealed))
                        .as("envelope %d, bit %d, seed %d", i, bit, seed)
                        .isTrue();
                sealed[bit >> 3] ^= (byte) (1 << (bit & 7));
                flipped++;
            }
        }

        assertThat(flipped).isGreaterThan(envelopes * 136L);
    }

    private boolean isNoticed(byte[] sealed) {
        try {
            opener.open(Envelope.read(sealed));
            return false;
        } catch (MalformedException | ForgedException | KeyMissingException e) {
            return true;
        }
    }

    @Test
    void cutAndLongerEnvelopesAreNoticed() {
        byte[] sealed = sealer.sealOrigin(new byte[100]).toBytes();

        for (int length = 0; length < sealed.length; length++) {
            assertThat(isNoticed(java.util.Arrays.copyOf(sealed, length))).isTrue();
        }
        assertThat(isNoticed(java.util.Arrays.copyOf(sealed, sealed.length + 1)))
                .isTrue();
    }

    @Test
    void envelopeOfAnotherDatabaseIsRefused() throws Exception {
        Team other = new Team(6);
        EnvelopeSealer elsewhere = new EnvelopeSealer(other.rotate(), origin, true, team.random);
        Envelope foreign = elsewhere.sealOrigin(new byte[10]);

        assertThatThrownBy(() -> opener.open(foreign)).hasMessageContaining("another database");
        EnvelopeHeader header = foreign.header();
        Envelope relabelled = new Envelope(
                new EnvelopeHeader(
                        header.kind(),
                        team.database.tag(),
                        header.origin(),
                        header.seq(),
                        header.previous(),
                        team.ring.newest(GroupKey.EVERYONE).orElseThrow().keyId(),
                        team.ring.newest(GroupKey.EVERYONE).orElseThrow().scopeTag(),
                        header.ciphertextBytes(),
                        header.nonce()),
                foreign.ciphertext());
        assertThatThrownBy(() -> opener.open(relabelled)).isInstanceOf(ForgedException.class);
    }

    @Test
    void contentCannotMoveToAnotherOriginEpochNumberOrPlace() throws Exception {
        GroupKey later = team.rotate();
        Envelope sealed = sealer.sealChangeSet(5, team.bytes(32), EnvelopeTest.changeSet(origin, 5, new byte[9]));
        EnvelopeHeader is = sealed.header();

        for (EnvelopeHeader moved : List.of(
                header(is, team.origin(), 5, is.previous(), is.keyId(), is.scopeTag()),
                header(is, origin, 6, is.previous(), is.keyId(), is.scopeTag()),
                header(is, origin, 5, team.bytes(32), is.keyId(), is.scopeTag()),
                header(is, origin, 5, is.previous(), later.keyId(), later.scopeTag()),
                header(is, origin, 5, is.previous(), is.keyId(), later.scopeTag()))) {
            assertThatThrownBy(() -> opener.open(new Envelope(moved, sealed.ciphertext())))
                    .isInstanceOf(ForgedException.class);
        }
        assertThat(opener.open(sealed)).isNotEmpty();
    }

    private static EnvelopeHeader header(
            EnvelopeHeader is, OriginId origin, long seq, Bytes previous, Bytes keyId, Bytes scopeTag) {
        return new EnvelopeHeader(
                is.kind(), is.databaseTag(), origin, seq, previous, keyId, scopeTag, is.ciphertextBytes(), is.nonce());
    }

    @Test
    void batchGoesOnWhereTheLastOneEnded() throws Exception {
        Envelope one = sealed(1, EnvelopeHeader.NOTHING_BEFORE);
        Envelope two = sealed(2, one.hash());
        Envelope three = sealed(3, two.hash());
        EnvelopeBatch batch = EnvelopeBatch.sign(List.of(two, three), author);
        NodeId node = author.nodeId();

        assertThat(batch.check(team.state(), node, one.hash())).isEqualTo(three.hash());
        assertThatThrownBy(() -> batch.check(team.state(), node, EnvelopeHeader.NOTHING_BEFORE))
                .hasMessageContaining("follows another");
        assertThatThrownBy(() -> batch.check(team.state(), node, two.hash())).isInstanceOf(ForgedException.class);
        for (List<Envelope> wrong : List.of(List.of(one, three), List.of(two, one), List.of(one, one))) {
            EnvelopeBatch unlinked = new EnvelopeBatch(wrong, batch.signature());
            assertThatThrownBy(() -> unlinked.check(
                            team.state(), node, wrong.get(0).header().previous()))
                    .isInstanceOf(ForgedException.class);
        }
        EnvelopeBatch shorter = new EnvelopeBatch(List.of(two), batch.signature());
        assertThatThrownBy(() -> shorter.check(team.state(), node, one.hash())).hasMessageContaining("did not sign");
    }

    @Test
    void authorCannotLeaveAGapInItsChain() {
        Envelope one = sealed(1, EnvelopeHeader.NOTHING_BEFORE);
        Envelope unlinked = sealed(2, team.bytes(32));

        assertThatThrownBy(() -> EnvelopeBatch.sign(List.of(one, unlinked), author))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not follow");
    }

    @Test
    void memberCannotLabelAnEnvelopeWithAnotherScope() {
        GroupKey key = team.ring.newest(GroupKey.EVERYONE).orElseThrow();
        EnvelopeHeader right = sealer.sealOrigin(new byte[10]).header();
        EnvelopeHeader wrong = header(right, origin, 0, EnvelopeHeader.NOTHING_BEFORE, key.keyId(), team.bytes(16));
        byte[] sealed = key.envelopes(origin)
                .seal(wrong.nonce().toArray(), Padding.pad(EnvelopeSealer.PLAIN, new byte[10]), wrong.toBytes());

        assertThatThrownBy(() -> opener.open(new Envelope(wrong, Bytes.of(sealed))))
                .hasMessageContaining("another scope");
    }

    @Test
    void nobodyWritesForAnother() throws Exception {
        NodeKeys other = team.join("other");
        NodeKeys stranger = NodeKeys.generate(team.random);
        Envelope one = sealed(1, EnvelopeHeader.NOTHING_BEFORE);

        for (NodeKeys forger : List.of(other, stranger)) {
            EnvelopeBatch forged = EnvelopeBatch.sign(List.of(one), forger);
            assertThatThrownBy(() -> forged.check(team.state(), author.nodeId(), EnvelopeHeader.NOTHING_BEFORE))
                    .isInstanceOf(ForgedException.class);
        }
        EnvelopeBatch byStranger = EnvelopeBatch.sign(List.of(one), stranger);
        assertThatThrownBy(() -> byStranger.check(team.state(), stranger.nodeId(), EnvelopeHeader.NOTHING_BEFORE))
                .hasMessageContaining("no member");
    }

    @Test
    void removedMemberWritesNothingAfterTheCut() throws Exception {
        Envelope one = sealed(1, EnvelopeHeader.NOTHING_BEFORE);
        Envelope two = sealed(2, one.hash());
        EnvelopeBatch before = EnvelopeBatch.sign(List.of(one), author);
        EnvelopeBatch after = EnvelopeBatch.sign(List.of(two), author);
        EnvelopeBatch across = EnvelopeBatch.sign(List.of(one, two), author);

        team.remove(author.nodeId(), List.of(new Cut(origin, 1)));

        Bytes nothing = EnvelopeHeader.NOTHING_BEFORE;
        assertThat(before.check(team.state(), author.nodeId(), nothing)).isEqualTo(one.hash());
        assertThatThrownBy(() -> after.check(team.state(), author.nodeId(), one.hash()))
                .hasMessageContaining("has left before");
        assertThatThrownBy(() -> across.check(team.state(), author.nodeId(), nothing))
                .isInstanceOf(ForgedException.class);
    }

    @Test
    void batchesTravelAndEveryFlippedBitIsNoticed() throws Exception {
        Envelope one = sealed(1, EnvelopeHeader.NOTHING_BEFORE);
        Envelope two = sealed(2, one.hash());
        EnvelopeBatch first = EnvelopeBatch.sign(List.of(one, two), author);
        EnvelopeBatch next = EnvelopeBatch.sign(List.of(sealed(3, two.hash())), author);
        BatchCodec sender = new BatchCodec();
        byte[] firstBytes = sender.write(first);
        byte[] nextBytes = sender.write(next);
        BatchCodec receiver = new BatchCodec();

        assertThatThrownBy(() -> new BatchCodec().read(nextBytes)).isInstanceOf(MalformedException.class);
        assertThat(receiver.read(firstBytes)).isEqualTo(first);
        assertThat(receiver.read(nextBytes)).isEqualTo(next);
        for (int bit = 0; bit < 8 * firstBytes.length; bit += STEP) {
            byte[] changed = firstBytes.clone();
            changed[bit >> 3] ^= (byte) (1 << (bit & 7));
            assertThat(isBatchNoticed(changed)).as("bit %d", bit).isTrue();
        }
        for (int length = 0; length < firstBytes.length; length++) {
            assertThat(isBatchNoticed(java.util.Arrays.copyOf(firstBytes, length)))
                    .isTrue();
        }
    }

    private boolean isBatchNoticed(byte[] encoded) {
        try {
            new BatchCodec().read(encoded).check(team.state(), author.nodeId(), EnvelopeHeader.NOTHING_BEFORE);
            return false;
        } catch (MalformedException | ForgedException e) {
            return true;
        }
    }

    private Envelope sealed(long seq, Bytes previous) {
        return sealer.sealChangeSet(seq, previous, EnvelopeTest.changeSet(origin, seq, new byte[10]));
    }
}

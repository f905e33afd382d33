package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.Life;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.WrittenVersions;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.ChangeSetCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private Team team;
    private NodeKeys author;
    private OriginId origin;
    private EnvelopeSealer sealer;
    private EnvelopeOpener opener;

    @BeforeEach
    void begin() throws Exception {
        team = new Team(4);
        author = team.join("author");
        origin = team.origin();
        sealer = new EnvelopeSealer(team.rotate(), origin, true, team.random);
        opener = new EnvelopeOpener(team.database, team.ringOf(author));
    }

    /** A change set of that number whose one value has so many bytes. */
    static byte[] changeSet(OriginId origin, long seq, byte[] value) {
        RowChange change = new RowChange(
                1,
                new byte[] {1, 2, 3, 4, 5, 6, 7, 8},
                RowChange.Kind.UPDATE,
                new Life(Stamp.ZERO, 1),
                new int[] {2},
                WrittenVersions.uniform(Stamp.ZERO, 1),
                new byte[][] {value});
        ChangeSet changeSet =
                new ChangeSet(origin, seq, 0x018b_cfe5_6800_0000L, Role.CLIENT, List.of(), List.of(), List.of(change));
        ByteWriter out = new ByteWriter();
        ChangeSetCodec.write(out, changeSet);
        return out.toByteArray();
    }

    @Test
    void opensWhatWasSealed() throws Exception {
        for (int size : new int[] {1, 20, 62, 400, 511, 512, 513, 5_000, 200_000}) {
            byte[] value = new byte[size];
            value[size - 1] = 1;
            byte[] changeSet = changeSet(origin, 9, value);

            Envelope sealed = sealer.sealChangeSet(9, team.bytes(32), changeSet);
            Envelope received = Envelope.read(sealed.toBytes());

            assertThat(received).isEqualTo(sealed);
            assertThat(received.hash()).isEqualTo(sealed.hash());
            assertThat(opener.open(received)).as("%d bytes", size).isEqualTo(changeSet);
        }
    }

    @Test
    void opensWhatAnOriginSaysOfItself() throws Exception {
        byte[] content = "the origin before".getBytes(StandardCharsets.US_ASCII);

        assertThat(opener.open(sealer.sealOrigin(content))).isEqualTo(content);
        assertThat(opener.open(sealer.sealOrigin(new byte[0]))).isEmpty();
    }

    @Test
    void numberAndOriginComeFromTheHeaderAlone() {
        byte[] ofAnother = changeSet(team.origin(), 9, new byte[20]);

        assertThatThrownBy(() -> sealer.sealChangeSet(9, team.bytes(32), ofAnother))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: 9 of " + origin);
        assertThatThrownBy(() -> sealer.sealChangeSet(8, team.bytes(32), changeSet(origin, 9, new byte[20])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void smallOperationTravelsInFewBytes() throws Exception {
        byte[] operation = changeSet(origin, 1, new byte[22]);
        byte[] second = changeSet(origin, 2, new byte[22]);
        assertThat(operation).hasSizeBetween(60, 90);
        Envelope one = sealer.sealChangeSet(1, EnvelopeHeader.NOTHING_BEFORE, operation);
        Envelope two = sealer.sealChangeSet(2, one.hash(), second);
        BatchCodec codec = new BatchCodec();

        int alone = codec.write(EnvelopeBatch.sign(List.of(one), author)).length;
        int next = codec.write(EnvelopeBatch.sign(List.of(two), author)).length;

        assertThat(ChangeSetCodec.withoutPlace(operation, origin, 1)).hasSizeLessThanOrEqualTo(62);
        assertThat(next).isLessThanOrEqualTo(198).isEqualTo(1 + 1 + 1 + 1 + 24 + 64 + 16 + 64);
        assertThat(alone).isEqualTo(next + 4 * 16 + 1 + 32);
        System.out.printf(
                "an operation of %d bytes: %d bytes in a batch of one, %d more the first time; %d in a long batch%n",
                operation.length, next, alone - next, next - 1 - 1 - 64);
    }

    @Test
    void lengthSaysNoMoreThanTheNextMultipleOf64() {
        Set<Integer> lengths = new HashSet<>();
        EnvelopeSealer plain =
                new EnvelopeSealer(team.ring.newest(GroupKey.EVERYONE).orElseThrow(), origin, false, team.random);
        for (int size = 1; size <= 320; size++) {
            lengths.add(plain.sealOrigin(new byte[size]).header().ciphertextBytes());
        }

        assertThat(lengths).containsExactlyInAnyOrder(80, 144, 208, 272, 336, 400);
    }

    @Test
    void onlyWhatIsLongerThan512BytesIsCompressed() {
        assertThat(sealer.sealOrigin(new byte[512]).header().ciphertextBytes()).isEqualTo(576 + 16);
        assertThat(sealer.sealOrigin(new byte[513]).header().ciphertextBytes()).isLessThan(200);
        byte[] random = team.bytes(600).toArray();
        assertThat(sealer.sealOrigin(random).header().ciphertextBytes()).isEqualTo(640 + 16);
    }

    @Test
    void nothingSealedIsRefusedAsABomb() throws Exception {
        byte[] zeros = new byte[1_000_000];

        Envelope sealed = sealer.sealOrigin(zeros);

        assertThat(opener.open(sealed)).isEqualTo(zeros);
    }

    @Test
    void bombIsRefusedBeforeItIsUnpacked() {
        byte[] zeros = new byte[10_000_000];
        java.util.zip.Deflater deflater = new java.util.zip.Deflater(9, true);
        deflater.setInput(zeros);
        deflater.finish();
        byte[] space = new byte[100_000];
        byte[] bomb = Arrays.copyOf(space, deflater.deflate(space));
        deflater.end();

        assertThatThrownBy(() -> Compression.inflate(bomb)).isInstanceOf(ForgedException.class);
        assertThatThrownBy(() -> Compression.inflate(Arrays.copyOf(bomb, 20))).isInstanceOf(ForgedException.class);
        assertThatThrownBy(() -> Compression.inflate(new byte[0])).isInstanceOf(ForgedException.class);
        assertThatThrownBy(() -> Compression.inflate(new byte[] {-1, -1})).isInstanceOf(ForgedException.class);
    }

    @Test
    void paddingHasOneForm() throws Exception {
        for (int size = 0; size < 200; size++) {
            byte[] content = team.bytes(size).toArray();
            assertThat(Padding.unpad(Padding.pad(7, content))).isEqualTo(content);
        }
        byte[] twoBlocks = new byte[128];
        twoBlocks[10] = (byte) 0x80;
        for (byte[] wrong :
                List.of(twoBlocks, new byte[64], new byte[0], Arrays.copyOf(Padding.pad(0, new byte[3]), 63)))
            assertThatThrownBy(() -> Padding.unpad(wrong)).isInstanceOf(ForgedException.class);
    }

    @Test
    void noNonceComesTwice() {
        Set<Bytes> nonces = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            nonces.add(sealer.sealOrigin(new byte[1]).header().nonce());
        }

        assertThat(nonces).hasSize(1_000);
    }

    @Test
    void envelopeUnderAKeyThatIsNotHereWaits() throws Exception {
        NodeKeys other = team.join("other");
        EnvelopeOpener without = new EnvelopeOpener(team.database, new Keyring(team.database));
        Envelope sealed = sealer.sealOrigin(new byte[10]);

        assertThatThrownBy(() -> without.open(sealed))
                .isInstanceOfSatisfying(
                        KeyMissingException.class,
                        missing -> assertThat(missing.keyId())
                                .isEqualTo(sealed.header().keyId()));
        assertThat(other.nodeId()).isNotEqualTo(author.nodeId());
    }

    @Test
    void rotationKeepsOldEnvelopesReadable() throws Exception {
        List<Envelope> envelopes = new ArrayList<>();
        Bytes head = EnvelopeHeader.NOTHING_BEFORE;
        for (int i = 1; i <= 20; i++) {
            EnvelopeSealer newest = new EnvelopeSealer(team.rotate(), origin, true, team.random);
            Envelope sealed = newest.sealChangeSet(i, head, changeSet(origin, i, new byte[i]));
            envelopes.add(sealed);
            head = sealed.hash();
        }

        EnvelopeOpener late = new EnvelopeOpener(team.database, team.ringOf(author));
        for (int i = 1; i <= 20; i++) {
            assertThat(late.open(envelopes.get(i - 1))).isEqualTo(changeSet(origin, i, new byte[i]));
        }
    }

    @Test
    void transactionHashIsOfTheContent() {
        byte[] changeSet = changeSet(origin, 1, new byte[5]);

        assertThat(EnvelopeOpener.transactionHash(changeSet))
                .isEqualTo(EnvelopeOpener.transactionHash(changeSet.clone()))
                .isNotEqualTo(EnvelopeOpener.transactionHash(changeSet(origin, 2, new byte[5])));
    }

    @Test
    void dependenciesAndAllElseComeThrough() throws Exception {
        ChangeSet changeSet = new ChangeSet(
                origin, 3, 77, Role.SERVER, List.of(new Dependency(team.origin(), 5)), List.of(), List.of());
        ByteWriter out = new ByteWriter();
        ChangeSetCodec.write(out, changeSet);

        byte[] opened = opener.open(sealer.sealChangeSet(3, team.bytes(32), out.toByteArray()));

        assertThat(ChangeSetCodec.read(java.nio.ByteBuffer.wrap(opened))).isEqualTo(changeSet);
    }
}

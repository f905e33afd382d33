package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyringTest {
    private Team team;
    private NodeKeys member;

    @BeforeEach
    void begin() throws Exception {
        team = new Team(3);
        member = team.join("member");
    }

    @Test
    void membersGetTheSameKey() throws Exception {
        GroupKey key = team.rotate();
        KeyRecord sent = KeyRecord.read(team.keyRecords.get(0).toBytes());
        Keyring ring = new Keyring(team.database);

        ring.accept(sent, team.log, member);

        GroupKey received = ring.newest(GroupKey.EVERYONE).orElseThrow();
        assertThat(received.commit()).isEqualTo(key.commit());
        assertThat(received.toSecretBytes()).isEqualTo(key.toSecretBytes());
        assertThat(ring.find(key.keyId())).contains(received);
    }

    @Test
    void laterMemberReadsAllEpochsBack() throws Exception {
        List<Bytes> commits = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            commits.add(team.rotate().commit());
        }
        NodeKeys late = team.join("late");
        GroupKey newest = team.ring.newest(GroupKey.EVERYONE).orElseThrow();
        KeyRecord forLate = team.ring.wrap(
                newest, team.state(), Map.of(late.nodeId(), late.card("late", 0).sealingKey()), member, team.random);
        List<KeyRecord> inAnyOrder = new ArrayList<>(team.keyRecords.subList(0, 4));
        inAnyOrder.add(2, forLate);
        Keyring ring = new Keyring(team.database);

        for (KeyRecord record : inAnyOrder) {
            ring.accept(record, team.log, late);
        }
        ring.accept(forLate, team.log, late);

        for (Bytes commit : commits) {
            assertThat(ring.find(commit.first(16))).isPresent();
        }
        assertThat(ring.newest(GroupKey.EVERYONE).orElseThrow().epoch()).isEqualTo(5);
    }

    @Test
    void removedMemberCannotReadTheNewEpoch() throws Exception {
        GroupKey old = team.rotate();
        NodeKeys stays = team.join("stays");
        GroupKey fresh = team.remove(member.nodeId(), List.of());

        Keyring gone = team.ringOf(member);
        Keyring present = new Keyring(team.database);
        present.accept(team.keyRecords.get(1), team.log, stays);

        assertThat(gone.find(old.keyId())).isPresent();
        assertThat(gone.find(fresh.keyId())).isEmpty();
        assertThat(present.find(fresh.keyId())).isPresent();
        assertThat(present.find(old.keyId())).isPresent();
    }

    @Test
    void removalWithoutANewKeyIsRefused() throws Exception {
        team.rotate();

        MembershipTest.assertRefused(
                Refusal.KEYS_MISSING,
                () -> team.say(new MembershipChange.Remove(member.nodeId(), List.of(), List.of())));
    }

    @Test
    void keyWrappedBeforeARemovalIsRefusedAfterIt() throws Exception {
        team.rotate();
        GroupKey stale = GroupKey.generate(team.database, GroupKey.EVERYONE, 3, team.random);
        KeyRecord record =
                team.ring.wrap(stale, team.state(), team.state().recipients(team.now), team.founder, team.random);
        team.remove(member.nodeId(), List.of());

        MembershipTest.assertRefused(
                Refusal.EPOCH, () -> team.say(new MembershipChange.KeyEpoch(Keyring.announcement(stale, record))));
    }

    @Test
    void ofTwoKeysOfOneEpochAllTakeTheSame() throws Exception {
        GroupKey one = team.ring.next(team.state(), GroupKey.EVERYONE, team.random);
        GroupKey two = team.ring.next(team.state(), GroupKey.EVERYONE, team.random);
        for (GroupKey key : List.of(one, two)) {
            KeyRecord record =
                    team.ring.wrap(key, team.state(), team.state().recipients(team.now), team.founder, team.random);
            team.say(new MembershipChange.KeyEpoch(Keyring.announcement(key, record)));
            team.keyRecords.add(record);
            team.ring.keep(key, team.state());
        }

        Bytes smaller = one.keyId().compareTo(two.keyId()) < 0 ? one.keyId() : two.keyId();
        assertThat(team.ring.newest(GroupKey.EVERYONE).orElseThrow().keyId()).isEqualTo(smaller);
        assertThat(team.ringOf(member).newest(GroupKey.EVERYONE).orElseThrow().keyId())
                .isEqualTo(smaller);
        team.rotate();
        assertThat(team.ring.newest(GroupKey.EVERYONE).orElseThrow().epoch()).isEqualTo(2);
    }

    @Test
    void epochsAreNotSkippedNorTakenAgainLater() throws Exception {
        team.rotate();
        team.rotate();
        for (long epoch : new long[] {1, 4}) {
            KeyAnnouncement announced = new KeyAnnouncement(
                    GroupKey.EVERYONE, epoch, team.bytes(32), team.state().index());
            MembershipTest.assertRefused(Refusal.EPOCH, () -> team.say(new MembershipChange.KeyEpoch(announced)));
        }
    }

    @Test
    void rotatorCannotHandOutTwoKeys() throws Exception {
        NodeKeys other = team.join("other");
        GroupKey announced = team.ring.next(team.state(), GroupKey.EVERYONE, team.random);
        GroupKey secret = team.ring.next(team.state(), GroupKey.EVERYONE, team.random);
        Map<NodeId, Bytes> all = team.state().recipients(team.now);
        KeyRecord honest = team.ring.wrap(announced, team.state(), all, team.founder, team.random);
        Map<NodeId, Bytes> wraps = new HashMap<>(honest.wraps());
        KeyRecord split = withWraps(honest, wraps, other, secret).signed(team.founder);
        team.say(new MembershipChange.KeyEpoch(Keyring.announcement(announced, honest)));

        Keyring ring = new Keyring(team.database);
        assertThatThrownBy(() -> ring.accept(split, team.log, other))
                .isInstanceOf(ForgedException.class)
                .hasMessageContaining("not the one announced");
        assertThat(ring.newest(GroupKey.EVERYONE)).isEmpty();
        ring.accept(honest, team.log, other);
        assertThat(ring.newest(GroupKey.EVERYONE)).isPresent();
    }

    /** The record, but with another key wrapped for one member, with all that has to fit fitting. */
    private KeyRecord withWraps(KeyRecord honest, Map<NodeId, Bytes> wraps, NodeKeys victim, GroupKey secret) {
        byte[] context = GroupKey.context(team.database, honest.scope(), honest.epoch());
        byte[] info = Label.WRAP.with(
                context, victim.nodeId().toBytes(), honest.wrapper().toBytes());
        byte[] additional =
                Sha256.of(honest.membershipHash().toArray(), honest.commit().toArray());
        Bytes sealingKey = victim.card("", 0).sealingKey();
        wraps.put(
                victim.nodeId(),
                Bytes.of(Hpke.seal(sealingKey, info, additional, secret.toSecretBytes(), team.random)));
        return new KeyRecord(
                honest.databaseId(),
                honest.scope(),
                honest.epoch(),
                honest.commit(),
                honest.membershipIndex(),
                honest.membershipHash(),
                honest.wrapper(),
                honest.previous(),
                wraps,
                honest.signature());
    }

    @Test
    void keyThatNobodyAnnouncedIsRefused() throws Exception {
        GroupKey key = team.ring.next(team.state(), GroupKey.EVERYONE, team.random);
        KeyRecord record =
                team.ring.wrap(key, team.state(), team.state().recipients(team.now), team.founder, team.random);

        assertThatThrownBy(() -> new Keyring(team.database).accept(record, team.log, member))
                .isInstanceOf(ForgedException.class)
                .hasMessageContaining("no admin announced");
    }

    @Test
    void recordByAStrangerOrChangedIsRefused() throws Exception {
        team.rotate();
        KeyRecord record = team.keyRecords.get(0);
        NodeKeys stranger = NodeKeys.generate(team.random);
        KeyRecord foreign = team.ring.wrap(
                team.ring.newest(GroupKey.EVERYONE).orElseThrow(),
                team.state(),
                team.state().recipients(team.now),
                stranger,
                team.random);
        Keyring ring = new Keyring(team.database);

        assertThatThrownBy(() -> ring.accept(foreign, team.log, member)).isInstanceOf(ForgedException.class);
        byte[] encoded = record.toBytes();
        for (int i = 0; i < encoded.length; i++) {
            byte[] changed = encoded.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> ring.accept(KeyRecord.read(changed), team.log, member))
                    .as("byte %d", i)
                    .isInstanceOfAny(ForgedException.class, io.blazedb.sync.internal.wire.MalformedException.class);
        }
        assertThat(ring.newest(GroupKey.EVERYONE)).isEmpty();
    }

    @Test
    void wrongEarlierKeyHidesNoRightOne() throws Exception {
        GroupKey first = team.rotate();
        GroupKey second = team.rotate();
        KeyRecord right = team.keyRecords.get(1);
        KeyRecord.PreviousKey sealed = right.previous().orElseThrow();
        KeyRecord wrong =
                withPrevious(right, new KeyRecord.PreviousKey(1, sealed.commit(), sealed.nonce(), team.bytes(48)));
        Keyring ring = new Keyring(team.database);

        assertThatThrownBy(() -> ring.accept(wrong, team.log, member)).isInstanceOf(ForgedException.class);
        ring.accept(right, team.log, member);

        assertThat(ring.find(second.keyId())).isPresent();
        assertThat(ring.find(first.keyId())).isPresent();
    }

    private KeyRecord withPrevious(KeyRecord record, KeyRecord.PreviousKey previous) {
        KeyRecord changed = new KeyRecord(
                record.databaseId(),
                record.scope(),
                record.epoch(),
                record.commit(),
                record.membershipIndex(),
                record.membershipHash(),
                record.wrapper(),
                Optional.of(previous),
                record.wraps(),
                record.signature());
        return changed.signed(team.founder);
    }

    @Test
    void rotationIsDueWhenOneOfItsReasonsHolds() {
        long week = 7L * 24 * 60 * 60 * 1000;
        assertThat(RotationReason.due(0, false, 0, 0)).contains(RotationReason.FIRST);
        assertThat(RotationReason.due(1, true, 0, 0)).contains(RotationReason.MEMBER_GONE);
        assertThat(RotationReason.due(1, false, week, 0)).contains(RotationReason.AGE);
        assertThat(RotationReason.due(1, false, week - 1, 1L << 32)).contains(RotationReason.ENVELOPES);
        assertThat(RotationReason.due(1, false, week - 1, (1L << 32) - 1)).isEmpty();
    }

    @Test
    void keysOfPurposesAndPlacesDiffer() throws Exception {
        GroupKey key = team.rotate();
        GroupKey sameBytesElsewhere = derivedFrom(key, new DatabaseIdentity(team.bytes(16), team.database.tag()), 1);
        GroupKey sameBytesLater = derivedFrom(key, team.database, 2);

        assertThat(List.of(key.commit(), sameBytesElsewhere.commit(), sameBytesLater.commit()))
                .doesNotHaveDuplicates();
        assertThat(key.keyId()).isEqualTo(key.commit().first(16));
        byte[] nonce = new byte[24];
        List<Bytes> sealed = new ArrayList<>();
        for (XAes256Gcm cipher :
                List.of(key.envelopes(team.origin()), key.envelopes(team.origin()), key.snapshots(), key.blobs())) {
            sealed.add(Bytes.of(cipher.seal(nonce, new byte[16], new byte[0])));
        }
        sealed.add(Bytes.of(key.digestKey()));
        assertThat(sealed).doesNotHaveDuplicates();
    }

    /** What the commitment of a key with these bytes would be there, found by asking for it. */
    private static GroupKey derivedFrom(GroupKey key, DatabaseIdentity database, long epoch) {
        SeededSecret secret = new SeededSecret(key.toSecretBytes());
        return GroupKey.generate(database, key.scope(), epoch, secret);
    }

    /** Gives bytes that were chosen as if they were random. */
    private static final class SeededSecret extends java.security.SecureRandom {
        private static final long serialVersionUID = 1;
        private final byte[] chosen;

        SeededSecret(byte[] chosen) {
            this.chosen = chosen;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(chosen, 0, bytes, 0, bytes.length);
        }
    }
}

package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A database with members and keys, for tests. All randomness follows from a seed. */
final class Team {
    static final long BEGIN = 1_700_000_000_000L;

    final SecureRandom random;
    final DatabaseIdentity database;
    final NodeKeys founder;
    final MembershipLog log;
    final Keyring ring;
    final List<KeyRecord> keyRecords = new ArrayList<>();
    long now = BEGIN;

    Team(long seed) throws Exception {
        random = new SeededRandom(seed);
        database = new DatabaseIdentity(bytes(16), bytes(16));
        founder = NodeKeys.generate(random);
        MembershipChange.Genesis genesis =
                new MembershipChange.Genesis(database, DatabaseMode.BLIND, founder.card("founder", now), Role.CLIENT);
        log = new MembershipLog(MembershipRecord.genesis(genesis, founder, now));
        ring = new Keyring(database);
    }

    Bytes bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    OriginId origin() {
        return OriginId.of(bytes(16).toArray());
    }

    Membership state() {
        return log.state();
    }

    /** Appends what the founder says. */
    void say(MembershipChange change) throws RefusedException {
        now += 1_000;
        log.append(MembershipRecord.next(state(), change, founder, now), now);
    }

    /** A new member without anything special. */
    NodeKeys join(String name) throws RefusedException {
        NodeKeys keys = NodeKeys.generate(random);
        say(new MembershipChange.Add(keys.card(name, now), client()));
        return keys;
    }

    static Rights client() {
        return new Rights(Role.CLIENT, false, Rights.ENDLESS);
    }

    static Rights admin() {
        return new Rights(Role.CLIENT, true, Rights.ENDLESS);
    }

    /** Makes the next key for everybody, announces and keeps it. */
    GroupKey rotate() throws RefusedException {
        GroupKey key = ring.next(state(), GroupKey.EVERYONE, random);
        KeyRecord record = ring.wrap(key, state(), state().recipients(now), founder, random);
        say(new MembershipChange.KeyEpoch(Keyring.announcement(key, record)));
        return keep(key, record);
    }

    /** Removes a member and gives the others a new key, in one record. */
    GroupKey remove(NodeId node, List<Cut> cuts) throws RefusedException {
        GroupKey key = ring.next(state(), GroupKey.EVERYONE, random);
        Map<NodeId, Bytes> rest = new HashMap<>(state().recipients(now));
        rest.remove(node);
        KeyRecord record = ring.wrap(key, state(), rest, founder, random);
        say(new MembershipChange.Remove(node, cuts, List.of(Keyring.announcement(key, record))));
        return keep(key, record);
    }

    private GroupKey keep(GroupKey key, KeyRecord record) {
        ring.keep(key, state());
        keyRecords.add(record);
        return key;
    }

    /** The ring of a member who has read all key records so far. */
    Keyring ringOf(NodeKeys member) throws ForgedException {
        Keyring other = new Keyring(database);
        for (KeyRecord record : keyRecords) {
            other.accept(record, log, member);
        }
        return other;
    }
}

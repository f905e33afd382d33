package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The group keys that a member has. A key gets in only when the membership log announces it and it is the one of that
 * announcement, so all members have the same keys under the same names, whoever wrapped them. Whoever made the ring
 * closes it, which wipes the keys. Not safe for use by several threads.
 */
public final class Keyring implements AutoCloseable {
    /** Several members may offer the key before one; a member that offers a wrong one hides no right one. */
    private static final int OFFERS_MAX = 16;

    private final DatabaseIdentity database;
    private final Map<Bytes, GroupKey> byId = new HashMap<>();
    private final Map<Bytes, Set<KeyRecord.PreviousKey>> previousOf = new HashMap<>();

    public Keyring(DatabaseIdentity database) {
        this.database = database;
    }

    /** Makes the first or the next key of a scope. It counts, and may be kept, once it is announced. */
    public GroupKey next(Membership state, Bytes scope, SecureRandom random) {
        return GroupKey.generate(database, scope, state.epoch(scope) + 1, random);
    }

    /** What the membership log has to say for a key to count. */
    public static KeyAnnouncement announcement(GroupKey key, KeyRecord record) {
        return new KeyAnnouncement(key.scope(), key.epoch(), key.commit(), record.membershipIndex());
    }

    /** The record that brings a key, and all keys of its scope before it, to these recipients. */
    public KeyRecord wrap(
            GroupKey key, Membership state, Map<NodeId, Bytes> recipients, NodeKeys wrapper, SecureRandom random) {
        Optional<GroupKey> before = byId.values().stream()
                .filter(other -> other.scope().equals(key.scope()) && other.epoch() < key.epoch())
                .min(GroupKey.NEWEST_FIRST);
        return KeyWrapping.wrap(key, before, state, recipients, wrapper, random);
    }

    /** Takes the key of a record for a member. */
    public List<GroupKey> accept(KeyRecord record, MembershipLog log, NodeKeys keys) throws ForgedException {
        return accept(record, log, keys.nodeId(), keys.sealing());
    }

    /** Takes the key of a record for one who was invited. */
    public List<GroupKey> accept(KeyRecord record, MembershipLog log, InvitationKey keys) throws ForgedException {
        return accept(record, log, keys.id(), keys.sealing());
    }

    /** The keys that are here now and were not before: the one of the record, and keys before it. */
    private List<GroupKey> accept(KeyRecord record, MembershipLog log, NodeId node, P256Pair keys)
            throws ForgedException {
        check(record, log);
        List<GroupKey> found = new ArrayList<>();
        Bytes keyId = record.commit().first(GroupKey.KEY_ID_BYTES);
        Bytes wrap = record.wraps().get(node);
        if (!byId.containsKey(keyId) && wrap != null) {
            found.add(KeyWrapping.unwrap(database, record, wrap, node, keys));
        }
        record.previous().ifPresent(previous -> offer(keyId, previous));
        found.forEach(key -> byId.put(key.keyId(), key));
        GroupKey key = byId.get(keyId);
        if (key != null) {
            found.addAll(openEarlier(key, log.state()));
        }
        return found;
    }

    private void check(KeyRecord record, MembershipLog log) throws ForgedException {
        Membership state = log.state();
        KeyAnnouncement announced = state.keys().get(record.commit());
        if (!record.databaseId().equals(database.id()) || !state.database().equals(database)) {
            throw new ForgedException("key record of another database");
        }
        if (announced == null || !announced.scope().equals(record.scope()) || announced.epoch() != record.epoch()) {
            throw new ForgedException(
                    "key of epoch " + record.epoch() + " that no admin announced (commitment " + record.commit() + ")");
        }
        boolean known = record.membershipIndex() <= state.index()
                && log.hashAt(record.membershipIndex()).equals(record.membershipHash());
        if (!known) {
            throw new ForgedException("key record that refers to another membership log than this one");
        }
        Member wrapper = state.members().get(record.wrapper());
        if (wrapper == null || !record.isSignedBy(wrapper.card())) {
            throw new ForgedException("key record that " + record.wrapper() + " did not sign, or who is no member");
        }
    }

    private void offer(Bytes keyId, KeyRecord.PreviousKey previous) {
        Set<KeyRecord.PreviousKey> offers = previousOf.computeIfAbsent(keyId, id -> new LinkedHashSet<>());
        if (offers.size() < OFFERS_MAX) {
            offers.add(previous);
        }
    }

    /** Opens what came sealed under keys that are here, epoch by epoch back. */
    private List<GroupKey> openEarlier(GroupKey newest, Membership state) throws ForgedException {
        List<GroupKey> found = new ArrayList<>();
        Optional<GroupKey> key = Optional.of(newest);
        while (key.isPresent()) {
            key = openPrevious(key.get(), state, found);
        }
        return found;
    }

    private Optional<GroupKey> openPrevious(GroupKey key, Membership state, List<GroupKey> found)
            throws ForgedException {
        Set<KeyRecord.PreviousKey> offers = previousOf.getOrDefault(key.keyId(), Set.of());
        Optional<ForgedException> fault = Optional.empty();
        for (KeyRecord.PreviousKey offer : List.copyOf(offers)) {
            try {
                checkAnnounced(key, offer, state);
                GroupKey earlier = byId.get(offer.commit().first(GroupKey.KEY_ID_BYTES));
                if (earlier == null) {
                    earlier = KeyWrapping.openPrevious(key, offer);
                    byId.put(earlier.keyId(), earlier);
                    found.add(earlier);
                }
                return Optional.of(earlier);
            } catch (ForgedException e) {
                offers.remove(offer);
                fault = Optional.of(e);
            }
        }
        if (fault.isPresent()) {
            throw fault.get();
        }
        return Optional.empty();
    }

    private static void checkAnnounced(GroupKey key, KeyRecord.PreviousKey previous, Membership state)
            throws ForgedException {
        KeyAnnouncement announced = state.keys().get(previous.commit());
        boolean fits = announced != null
                && announced.scope().equals(key.scope())
                && announced.epoch() == previous.epoch()
                && previous.epoch() < key.epoch();
        if (!fits) {
            throw new ForgedException("key of epoch " + previous.epoch() + " before the one of epoch " + key.epoch()
                    + " that no admin announced");
        }
    }

    /** Keeps a key that this node made, once it is announced. */
    public void keep(GroupKey key, Membership state) {
        KeyAnnouncement announced = state.keys().get(key.commit());
        if (announced == null || announced.epoch() != key.epoch()) {
            throw new IllegalStateException(key + " is not announced (expected: announce it first)");
        }
        byId.putIfAbsent(key.keyId(), key);
    }

    public Optional<GroupKey> find(Bytes keyId) {
        return Optional.ofNullable(byId.get(keyId));
    }

    /** The key to seal with. */
    public Optional<GroupKey> newest(Bytes scope) {
        return byId.values().stream().filter(key -> key.scope().equals(scope)).min(GroupKey.NEWEST_FIRST);
    }

    /** Wipes a key under which nothing is kept any more. */
    public void forget(Bytes keyId) {
        GroupKey key = byId.remove(keyId);
        if (key != null) {
            key.close();
        }
    }

    @Override
    public void close() {
        byId.values().forEach(GroupKey::close);
        byId.clear();
    }
}

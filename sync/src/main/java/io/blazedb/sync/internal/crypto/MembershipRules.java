package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which records of the membership log count. The rules depend on the records alone, so all nodes agree: no clock, no
 * order of arrival. The log is linear; of two records on one head the second is refused and made anew.
 */
final class MembershipRules {
    /** Most members that a database ever has, removed ones included, and as many invitations. */
    static final int MEMBERS_MAX = 10_000;

    /** Most keys of all scopes and epochs: a hundred scopes for ten years, a key a week. */
    static final int KEYS_MAX = 52_000;

    /** How far the clock of who makes a record may be from the clock of who appends it. */
    static final long CLOCK_DIFFERENCE_MILLIS_MAX = 60_000;

    private MembershipRules() {}

    static Membership begin(MembershipRecord record) throws RefusedException {
        if (!(record.change() instanceof MembershipChange.Genesis genesis)
                || record.index() != 0
                || !record.previous().equals(MembershipRecord.NOTHING_BEFORE)) {
            throw refused(Refusal.GENESIS, "record " + record.index() + " cannot be the first of a database");
        }
        NodeCard founder = genesis.founder();
        if (!record.signer().equals(founder.nodeId()) || !record.isSignedWith(founder.signatureKey())) {
            throw refused(Refusal.FORGED, "genesis that its founder " + founder.nodeId() + " did not sign");
        }
        Rights rights = new Rights(genesis.role(), true, Rights.ENDLESS);
        return new Membership(
                genesis.database(),
                genesis.mode(),
                0,
                record.hash(),
                record.atMillis(),
                Map.of(founder.nodeId(), new Member(founder, rights, Member.Standing.ACTIVE)),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                0);
    }

    static Membership admit(Membership state, MembershipRecord record, long nowMillis) throws RefusedException {
        if (Math.abs(record.atMillis() - nowMillis) > CLOCK_DIFFERENCE_MILLIS_MAX) {
            throw refused(
                    Refusal.CLOCK,
                    "record made at " + record.atMillis() + " (expected: within " + CLOCK_DIFFERENCE_MILLIS_MAX
                            + " ms of " + nowMillis + "); set the clock of the node that made it");
        }
        return accept(state, record);
    }

    static Membership accept(Membership state, MembershipRecord record) throws RefusedException {
        checkPlace(state, record);
        MembershipDraft draft = new MembershipDraft(state);
        if (record.change() instanceof MembershipChange.Join join) {
            join(draft, record, join);
        } else {
            checkAdmin(state, record);
            apply(draft, record);
        }
        checkGovernable(draft);
        return draft.after(record);
    }

    private static void checkPlace(Membership state, MembershipRecord record) throws RefusedException {
        long expected = state.index() + 1;
        if (record.index() > expected) {
            throw refused(Refusal.GAP, "record " + record.index() + " after " + state.index());
        }
        if (record.index() < expected) {
            throw refused(Refusal.NOT_HEAD, "record " + record.index() + " where the head is " + state.index());
        }
        if (!record.previous().equals(state.hash())) {
            throw refused(Refusal.FORK, "record " + record.index() + " continues another chain than this one");
        }
        if (record.atMillis() < state.atMillis()) {
            throw refused(Refusal.CLOCK, "record at " + record.atMillis() + " after one at " + state.atMillis());
        }
    }

    private static void checkAdmin(Membership state, MembershipRecord record) throws RefusedException {
        Member signer = state.members().get(record.signer());
        if (signer == null) {
            throw refused(Refusal.UNKNOWN_SIGNER, "record by " + record.signer() + ", who is no member");
        }
        if (!record.isSignedWith(signer.card().signatureKey())) {
            throw refused(Refusal.FORGED, "record that " + record.signer() + " did not sign");
        }
        if (!signer.isAdminAt(record.atMillis())) {
            throw refused(Refusal.NOT_ADMIN, "record by " + record.signer() + ", who is no admin at that time");
        }
    }

    private static void apply(MembershipDraft draft, MembershipRecord record) throws RefusedException {
        MembershipChange change = record.change();
        if (change instanceof MembershipChange.Add add) {
            add(draft, add.card(), add.rights());
        } else if (change instanceof MembershipChange.Remove remove) {
            remove(draft, record, remove);
        } else if (change instanceof MembershipChange.ChangeRights changeRights) {
            Member member = present(draft, changeRights.node());
            draft.put(new Member(member.card(), changeRights.rights(), member.standing()));
        } else if (change instanceof MembershipChange.KeyEpoch epoch) {
            announce(draft, record, List.of(epoch.key()), false);
        } else if (change instanceof MembershipChange.Hubs hubs) {
            require(hubs.pins().size() <= MembershipChangeCodec.PINS_MAX, Refusal.LIMIT, "too many hubs");
            draft.hubs(hubs.pins());
        } else if (change instanceof MembershipChange.Lapse lapse) {
            Member member = present(draft, lapse.node());
            cut(draft, lapse.node(), lapse.cuts());
            draft.put(new Member(member.card(), member.rights(), Member.Standing.LAPSED));
        } else if (change instanceof MembershipChange.Invite invite) {
            invite(draft, invite);
        } else if (change instanceof MembershipChange.Withdraw withdraw) {
            withdraw(draft, record, withdraw);
        } else {
            throw refused(Refusal.GENESIS, "a second genesis, as record " + record.index());
        }
    }

    private static void add(MembershipDraft draft, NodeCard card, Rights rights) throws RefusedException {
        NodeId node = card.nodeId();
        Member known = draft.members().get(node);
        if (known == null) {
            require(draft.members().size() < MEMBERS_MAX, Refusal.LIMIT, "more than " + MEMBERS_MAX + " members");
        } else if (known.standing() == Member.Standing.REMOVED) {
            throw refused(Refusal.REMOVED_MEMBER, "node " + node + " was removed; it needs new keys to come back");
        } else if (known.standing() == Member.Standing.ACTIVE) {
            throw refused(Refusal.ALREADY_MEMBER, "node " + node + " is a member");
        }
        draft.put(new Member(card, rights, Member.Standing.ACTIVE));
    }

    private static void remove(MembershipDraft draft, MembershipRecord record, MembershipChange.Remove remove)
            throws RefusedException {
        Member member = present(draft, remove.node());
        cut(draft, remove.node(), remove.cuts());
        draft.put(new Member(member.card(), member.rights(), Member.Standing.REMOVED));
        announce(draft, record, remove.keys(), true);
        draft.departure(record.index());
    }

    private static void invite(MembershipDraft draft, MembershipChange.Invite invite) throws RefusedException {
        NodeId id = invite.id();
        Map<NodeId, Invited> known = draft.before().invitations();
        require(known.size() < MEMBERS_MAX, Refusal.LIMIT, "more than " + MEMBERS_MAX + " invitations");
        if (known.containsKey(id) || draft.members().containsKey(id)) {
            throw refused(Refusal.ALREADY_MEMBER, "invitation " + id + " exists");
        }
        draft.put(id, new Invited(invite, Invited.Use.OPEN));
    }

    private static void join(MembershipDraft draft, MembershipRecord record, MembershipChange.Join join)
            throws RefusedException {
        Invited invited = draft.before().invitations().get(record.signer());
        if (invited == null) {
            throw refused(Refusal.UNKNOWN_INVITATION, "invitation " + record.signer() + " does not exist");
        }
        if (!record.isSignedWith(invited.invite().signatureKey())) {
            throw refused(Refusal.FORGED, "record that invitation " + record.signer() + " did not sign");
        }
        if (!invited.isOpenAt(record.atMillis())) {
            throw refused(
                    Refusal.INVITATION_CLOSED,
                    "invitation " + record.signer() + " is used, withdrawn or expired; ask for a new one");
        }
        if (draft.members().containsKey(join.card().nodeId())) {
            throw refused(Refusal.ALREADY_MEMBER, "node " + join.card().nodeId() + " is or was a member");
        }
        add(draft, join.card(), invited.invite().rights());
        draft.put(record.signer(), new Invited(invited.invite(), Invited.Use.USED));
    }

    private static void withdraw(MembershipDraft draft, MembershipRecord record, MembershipChange.Withdraw withdraw)
            throws RefusedException {
        Invited invited = draft.before().invitations().get(withdraw.invitation());
        if (invited == null) {
            throw refused(Refusal.UNKNOWN_INVITATION, "invitation " + withdraw.invitation() + " does not exist");
        }
        if (invited.use() != Invited.Use.OPEN) {
            throw refused(Refusal.INVITATION_CLOSED, "invitation " + withdraw.invitation() + " is " + invited.use());
        }
        draft.put(withdraw.invitation(), new Invited(invited.invite(), Invited.Use.WITHDRAWN));
        announce(draft, record, withdraw.keys(), true);
        draft.departure(record.index());
    }

    /**
     * A key counts when it is of the next epoch, or of the present one and was made at the same time as the present
     * key; and only if nobody has left since its recipients were chosen. Who leaves takes all keys of before along.
     */
    private static void announce(
            MembershipDraft draft, MembershipRecord record, List<KeyAnnouncement> keys, boolean departure)
            throws RefusedException {
        Map<Bytes, Long> epochs = new HashMap<>();
        draft.before().keys().values().forEach(key -> epochs.merge(key.scope(), key.epoch(), Math::max));
        require(draft.before().keys().size() + keys.size() <= KEYS_MAX, Refusal.LIMIT, "too many keys");
        Set<Bytes> renewed = new HashSet<>();
        for (KeyAnnouncement key : keys) {
            long present = epochs.getOrDefault(key.scope(), 0L);
            boolean next = key.epoch() == present + 1;
            boolean beside = !departure && present > 0 && key.epoch() == present;
            boolean fresh = key.wrappedAt() >= draft.before().lastDeparture() && key.wrappedAt() < record.index();
            boolean known = draft.before().keys().containsKey(key.commit());
            if (!(next || beside) || !fresh || known || !renewed.add(key.scope())) {
                throw refused(
                        Refusal.EPOCH,
                        "key of epoch " + key.epoch() + " wrapped at record " + key.wrappedAt() + " (expected: epoch "
                                + (present + 1) + ", wrapped at or after record "
                                + draft.before().lastDeparture() + ", one key a scope); rotate anew");
            }
        }
        if (departure && !renewed.equals(epochs.keySet())) {
            throw refused(
                    Refusal.KEYS_MISSING,
                    "somebody leaves and " + renewed.size() + " scopes get a new key (expected: all " + epochs.size()
                            + ")");
        }
        draft.announce(keys);
    }

    private static void cut(MembershipDraft draft, NodeId node, List<Cut> cuts) throws RefusedException {
        require(cuts.size() <= MembershipChangeCodec.CUTS_MAX, Refusal.LIMIT, "too many cuts");
        require(draft.cut(node, cuts), Refusal.CUT, "an origin of " + node + " has another end already");
    }

    private static Member present(MembershipDraft draft, NodeId node) throws RefusedException {
        Member member = draft.members().get(node);
        if (member == null) {
            throw refused(Refusal.UNKNOWN_MEMBER, "node " + node + " is no member");
        }
        if (member.standing() == Member.Standing.REMOVED) {
            throw refused(Refusal.REMOVED_MEMBER, "node " + node + " was removed");
        }
        return member;
    }

    /** At least one admin is left whose rights have no end. */
    private static void checkGovernable(MembershipDraft draft) throws RefusedException {
        boolean governable = draft.members().values().stream()
                .anyMatch(member ->
                        member.isAdminAt(Rights.ENDLESS - 1) && member.rights().notAfterMillis() == Rights.ENDLESS);
        require(governable, Refusal.LAST_ADMIN, "no admin without an end would be left; name another one first");
    }

    private static void require(boolean condition, Refusal refusal, String message) throws RefusedException {
        if (!condition) {
            throw refused(refusal, message);
        }
    }

    private static RefusedException refused(Refusal refusal, String message) {
        return new RefusedException(refusal, message);
    }
}

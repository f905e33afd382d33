package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is a member, what each may do, and which keys count, after so many records of the membership log. Immutable, and
 * the same on every node that has read the same records.
 *
 * @param index of the last record
 * @param hash of the last record
 * @param atMillis wall clock of the last record
 * @param members all that ever were
 * @param invitations all that ever were
 * @param cuts where origins of those who left or lapsed end
 * @param keys the announced keys by their commitment
 * @param hubPins the hashes of the hubs' static keys
 * @param lastDeparture index of the last record with which somebody left who could read
 */
public record Membership(
        DatabaseIdentity database,
        DatabaseMode mode,
        long index,
        Bytes hash,
        long atMillis,
        Map<NodeId, Member> members,
        Map<NodeId, Invited> invitations,
        Map<OriginId, BoundCut> cuts,
        Map<Bytes, KeyAnnouncement> keys,
        List<Bytes> hubPins,
        long lastDeparture) {
    public Membership {
        members = Map.copyOf(members);
        invitations = Map.copyOf(invitations);
        cuts = Map.copyOf(cuts);
        keys = Map.copyOf(keys);
        hubPins = List.copyOf(hubPins);
    }

    /** The cut of an origin, and whose origin it is. */
    public record BoundCut(NodeId node, long finalSeq) {}

    /** The state that the first record of a database makes. */
    public static Membership begin(MembershipRecord genesis) throws RefusedException {
        return MembershipRules.begin(genesis);
    }

    /** The state after the next record, if that record counts. Depends on nothing but the two. */
    public Membership accept(MembershipRecord next) throws RefusedException {
        return MembershipRules.accept(this, next);
    }

    /**
     * The state after a record that is being made now: what a hub, or the node that keeps the log, asks before it
     * appends. Who makes a record may not pretend another time, which could use an invitation that has expired.
     */
    public Membership admit(MembershipRecord next, long nowMillis) throws RefusedException {
        return MembershipRules.admit(this, next, nowMillis);
    }

    public Optional<Member> member(NodeId node) {
        return Optional.ofNullable(members.get(node));
    }

    /** Whether the node may open a session now. */
    public boolean isActive(NodeId node, long nowMillis) {
        Member member = members.get(node);
        return member != null
                && member.standing() != Member.Standing.REMOVED
                && !member.rights().endedAt(nowMillis);
    }

    /** Whether this is the static key of a hub that an admin named. */
    public boolean isHub(byte[] agreementKey) {
        return hubPins.contains(Bytes.sha256(agreementKey));
    }

    /** Whether an envelope counts: its author is a member, or it was before the cut when the author left. */
    public boolean admits(NodeId author, OriginId origin, long seq) {
        Member member = members.get(author);
        if (member == null) {
            return false;
        }
        BoundCut cut = cuts.get(origin);
        if (cut != null) {
            return cut.node().equals(author) && seq <= cut.finalSeq();
        }
        return member.standing() != Member.Standing.REMOVED;
    }

    /** The epoch of the newest key of a scope; 0 when it has none. */
    public long epoch(Bytes scope) {
        long newest = 0;
        for (KeyAnnouncement key : keys.values()) {
            if (key.scope().equals(scope)) {
                newest = Math.max(newest, key.epoch());
            }
        }
        return newest;
    }

    /** To whom a key for everybody is wrapped: those who are members, and those who are invited. */
    public Map<NodeId, Bytes> recipients(long nowMillis) {
        Map<NodeId, Bytes> recipients = new HashMap<>();
        members.forEach((node, member) -> {
            if (isActive(node, nowMillis)) {
                recipients.put(node, member.card().sealingKey());
            }
        });
        invitations.forEach((id, invited) -> {
            if (invited.isOpenAt(nowMillis)) {
                recipients.put(id, invited.invite().sealingKey());
            }
        });
        return recipients;
    }
}

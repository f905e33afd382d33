package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A state of the membership while one record changes it. Maps are copied at their first change only. */
final class MembershipDraft {
    private final Membership before;
    private Map<NodeId, Member> members;
    private Map<NodeId, Invited> invitations;
    private Map<OriginId, Membership.BoundCut> cuts;
    private Map<Bytes, KeyAnnouncement> keys;
    private List<Bytes> hubPins;
    private long lastDeparture;

    MembershipDraft(Membership before) {
        this.before = before;
        members = before.members();
        invitations = before.invitations();
        cuts = before.cuts();
        keys = before.keys();
        hubPins = before.hubPins();
        lastDeparture = before.lastDeparture();
    }

    Membership before() {
        return before;
    }

    void put(Member member) {
        members = new HashMap<>(members);
        members.put(member.card().nodeId(), member);
    }

    void put(NodeId invitation, Invited invited) {
        invitations = new HashMap<>(invitations);
        invitations.put(invitation, invited);
    }

    /** False when the origin has another end already. */
    boolean cut(NodeId node, List<Cut> more) {
        cuts = new HashMap<>(cuts);
        for (Cut cut : more) {
            Membership.BoundCut bound = new Membership.BoundCut(node, cut.finalSeq());
            Membership.BoundCut earlier = cuts.putIfAbsent(cut.origin(), bound);
            if (earlier != null && !earlier.equals(bound)) {
                return false;
            }
        }
        return true;
    }

    void announce(List<KeyAnnouncement> more) {
        keys = new HashMap<>(keys);
        more.forEach(key -> keys.put(key.commit(), key));
    }

    void hubs(List<Bytes> pins) {
        hubPins = pins;
    }

    /** Somebody who could read leaves with this record. */
    void departure(long index) {
        lastDeparture = index;
    }

    Map<NodeId, Member> members() {
        return members;
    }

    Membership after(MembershipRecord record) {
        return new Membership(
                before.database(),
                before.mode(),
                record.index(),
                record.hash(),
                record.atMillis(),
                members,
                invitations,
                cuts,
                keys,
                hubPins,
                lastDeparture);
    }
}

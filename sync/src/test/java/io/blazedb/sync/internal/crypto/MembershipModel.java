package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Draws changes of a membership, and says in the plainest way which of them count. */
final class MembershipModel {
    private final Random dice;
    private final Team team;
    private final List<NodeKeys> nodes = new ArrayList<>();
    private final List<InvitationKey> invitations = new ArrayList<>();
    private final Map<NodeId, Boolean> present = new HashMap<>(); // and whether an admin
    private final Set<NodeId> lapsed = new HashSet<>();
    private final Set<NodeId> removed = new HashSet<>();
    private final Set<NodeId> open = new HashSet<>();

    MembershipModel(Team team, long seed) {
        this.team = team;
        dice = new Random(seed);
        nodes.add(team.founder);
        present.put(team.founder.nodeId(), true);
        for (int i = 0; i < 6; i++) {
            nodes.add(NodeKeys.generate(team.random));
        }
        for (int i = 0; i < 4; i++) {
            invitations.add(InvitationKey.generate(team.random));
        }
    }

    NodeKeys node() {
        return nodes.get(dice.nextInt(nodes.size()));
    }

    private Rights rights() {
        return dice.nextInt(3) == 0 ? Team.admin() : Team.client();
    }

    /** A record on the present head, sensible or not. */
    MembershipRecord draw() {
        if (dice.nextInt(8) == 0) {
            NodeCard card = node().card("joined", 1);
            return MembershipRecord.join(team.state(), card, invitation(), team.now);
        }
        NodeKeys signer = dice.nextInt(3) > 0 ? team.founder : node();
        return MembershipRecord.next(team.state(), change(), signer, team.now);
    }

    private InvitationKey invitation() {
        return invitations.get(dice.nextInt(invitations.size()));
    }

    private MembershipChange change() {
        InvitationKey key = invitation();
        return switch (dice.nextInt(8)) {
            case 0, 1 -> new MembershipChange.Add(node().card("node", 1), rights());
            case 2 -> new MembershipChange.Remove(node().nodeId(), List.of(new Cut(team.origin(), 5)), List.of());
            case 3 -> new MembershipChange.ChangeRights(node().nodeId(), rights());
            case 4 -> new MembershipChange.Lapse(node().nodeId(), List.of(new Cut(team.origin(), 0)));
            case 5 ->
                new MembershipChange.Invite(
                        key.signatureKey(), key.sealingKey(), new Rights(Role.SERVER, false, 1L << 50), 1L << 50);
            case 6 -> new MembershipChange.Withdraw(key.id(), List.of());
            default -> new MembershipChange.Hubs(List.of(team.bytes(32)));
        };
    }

    /** Whether the record counts; if so, it has happened. */
    boolean take(MembershipRecord record) {
        if (record.change() instanceof MembershipChange.Join join) {
            NodeId node = join.card().nodeId();
            if (!open.contains(record.signer()) || present.containsKey(node) || removed.contains(node)) {
                return false;
            }
            open.remove(record.signer());
            present.put(node, false);
            return true;
        }
        NodeId signer = record.signer();
        return present.getOrDefault(signer, false) && !lapsed.contains(signer) && takeChange(record.change());
    }

    private boolean takeChange(MembershipChange change) {
        if (change instanceof MembershipChange.Add add) {
            return takeAdd(add.card().nodeId(), add.rights().admin());
        } else if (change instanceof MembershipChange.Remove remove) {
            boolean counts = present.containsKey(remove.node()) && adminWithout(remove.node());
            if (counts) {
                present.remove(remove.node());
                lapsed.remove(remove.node());
                removed.add(remove.node());
            }
            return counts;
        } else if (change instanceof MembershipChange.ChangeRights changed) {
            boolean counts = present.containsKey(changed.node())
                    && (adminWithout(changed.node()) || (changed.rights().admin() && !lapsed.contains(changed.node())));
            if (counts) {
                present.put(changed.node(), changed.rights().admin());
            }
            return counts;
        } else if (change instanceof MembershipChange.Lapse lapse) {
            boolean counts = present.containsKey(lapse.node()) && adminWithout(lapse.node());
            if (counts) {
                lapsed.add(lapse.node());
            }
            return counts;
        } else if (change instanceof MembershipChange.Invite invite) {
            return team.state().invitations().get(invite.id()) == null && open.add(invite.id());
        } else if (change instanceof MembershipChange.Withdraw withdraw) {
            return open.remove(withdraw.invitation());
        }
        return true;
    }

    private boolean takeAdd(NodeId node, boolean admin) {
        boolean counts = !removed.contains(node) && (!present.containsKey(node) || lapsed.contains(node));
        boolean governable = admin || adminWithout(node);
        if (counts && governable) {
            present.put(node, admin);
            lapsed.remove(node);
        }
        return counts && governable;
    }

    private boolean adminWithout(NodeId node) {
        return present.entrySet().stream()
                .anyMatch(
                        entry -> entry.getValue() && !entry.getKey().equals(node) && !lapsed.contains(entry.getKey()));
    }
}

package io.blazedb.internal.catalog;

import io.blazedb.sync.NodeId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which slot of numbers each node draws its identity and sequence values from, so that no two nodes draw the same one.
 *
 * <p>Claims are only ever added: a node that leaves has numbered rows that stay. Of several that claim one slot, the
 * node with the smallest id owns it. So what two databases know is joined by taking all claims, in any order.
 *
 * @param claims sorted by slot, then node; each once
 */
public record Slots(List<Claim> claims) {
    /** There are 2^20 of them, from 0 on. */
    public static final int COUNT = 1 << 20;

    public static final Slots NONE = new Slots(List.of());

    /** A node numbers, or has numbered, from a slot. */
    public record Claim(int slot, NodeId node) {
        private static final Comparator<Claim> ORDER =
                Comparator.comparingInt(Claim::slot).thenComparing(Claim::node);
    }

    public Slots {
        claims = claims.stream().distinct().sorted(Claim.ORDER).toList();
    }

    /** The slots that are a node's alone. */
    public SortedSet<Integer> ownedBy(NodeId node) {
        return claims.stream()
                .filter(claim -> claim.node().equals(node))
                .map(Claim::slot)
                .filter(slot -> owner(slot).equals(Optional.of(node)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Optional<NodeId> owner(int slot) {
        return claims.stream()
                .filter(claim -> claim.slot() == slot)
                .map(Claim::node)
                .findFirst();
    }

    public Slots with(int slot, NodeId node) {
        return new Slots(
                Stream.concat(claims.stream(), Stream.of(new Claim(slot, node))).toList());
    }

    /** With a slot for a node that has none: the preferred one unless another node has it, else the lowest free. */
    public Slots withNode(NodeId node, int preferred) {
        if (!ownedBy(node).isEmpty()) {
            return this;
        }
        Optional<NodeId> owner = owner(preferred);
        boolean free = owner.isEmpty() || owner.get().equals(node);
        return with(free ? preferred : lowestFree(Set.of()), node);
    }

    /** The lowest slot that nobody has claimed and that is not among those excluded. */
    public int lowestFree(Collection<Integer> excluded) {
        Set<Integer> taken = claims.stream().map(Claim::slot).collect(Collectors.toCollection(TreeSet::new));
        taken.addAll(excluded);
        for (int slot = 0; slot < COUNT; slot++) {
            if (!taken.contains(slot)) {
                return slot;
            }
        }
        throw new IllegalStateException("All " + COUNT + " slots of numbers are taken; expected: a free one");
    }

    /** All claims of both. */
    public Slots joined(Slots other) {
        return new Slots(Stream.concat(claims.stream(), other.claims.stream()).toList());
    }

    /** With new slots for those of the nodes that own none: the same whoever computes it. */
    public Slots settled(Collection<NodeId> nodes) {
        Slots settled = this;
        for (NodeId node : new TreeSet<>(nodes)) {
            if (settled.ownedBy(node).isEmpty()) {
                settled = settled.with(settled.lowestFree(Set.of()), node);
            }
        }
        return settled;
    }
}

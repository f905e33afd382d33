package io.blazedb.internal.node;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.catalog.Slots;
import io.blazedb.internal.schema.NumberRange;
import io.blazedb.internal.schema.TableReader;
import io.blazedb.sync.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.h2.engine.Database;
import org.h2.schema.Schema;
import org.h2.schema.Sequence;

/**
 * Keeps the sequences of this database in its slot. The slot is a fact: it stays through new origins, and a slot that
 * was left is never taken again, since nobody knows any more how far its counters were.
 *
 * <p>Sequences are moved in memory only. H2 writes one with its first number, so a crash either finds it moved or moves
 * it again before anybody can draw. Safe for use by several threads.
 */
public final class Numbering {
    private static final String FACT = "numbering";

    private final Facts facts;
    private final Database database;
    private int slot;
    private final Set<Integer> left = new TreeSet<>();
    private Slots known = Slots.NONE;

    public Numbering(Facts facts, Database database) {
        this.facts = facts;
        this.database = database;
        byte[] bytes = facts.get(FACT);
        if (bytes != null) {
            read(new RecordInput(bytes));
        }
    }

    public synchronized int slot() {
        return slot;
    }

    /** Every claim that this database has heard of. */
    public synchronized Slots known() {
        return known;
    }

    /**
     * Goes on with one of the slots that are this node's in all topologies: the same as before if it can be.
     *
     * @param seen the slots of each topology
     * @return what the topologies have to know besides; {@link Slots#NONE} when they know all
     */
    public synchronized Slots settle(NodeId self, List<Slots> seen) {
        Slots all = known;
        for (Slots one : seen) {
            all = all.joined(one);
        }
        SortedSet<Integer> owned = all.ownedBy(self);
        owned.removeAll(left);
        int next = slot;
        if (!owned.contains(slot)) {
            next = owned.isEmpty() ? all.lowestFree(left) : owned.last();
        }
        Slots claim = new Slots(List.of(new Slots.Claim(next, self)));
        boolean allKnow = seen.stream().allMatch(one -> one.claims().containsAll(claim.claims()));
        take(next, all.joined(claim));
        return allKnow ? Slots.NONE : claim;
    }

    private void take(int next, Slots all) {
        if (next != slot || !all.equals(known)) {
            if (next != slot) {
                left.add(slot);
            }
            slot = next;
            known = all;
            facts.put(FACT, toBytes());
        }
        apply();
    }

    /** Moves the sequences that are not in the slot: new ones, and all when the slot is another. */
    public synchronized void apply() {
        NumberRange range = new NumberRange(slot);
        for (Schema schema : database.getAllSchemasNoMeta()) {
            if (TableReader.isUserSchema(schema)) {
                for (Sequence sequence : schema.getAllSequences()) {
                    range.take(sequence);
                }
            }
        }
    }

    private byte[] toBytes() {
        RecordBuffer out = new RecordBuffer(64);
        out.putVarint(slot);
        out.putVarint(left.size());
        left.forEach(out::putVarint);
        out.putVarint(known.claims().size());
        for (Slots.Claim claim : known.claims()) {
            out.putVarint(claim.slot());
            out.putLong(claim.node().high());
            out.putLong(claim.node().low());
        }
        return out.toByteArray();
    }

    private void read(RecordInput in) {
        slot = (int) in.readVarint();
        for (int count = in.readCount(); count > 0; count--) {
            left.add((int) in.readVarint());
        }
        List<Slots.Claim> claims = new ArrayList<>();
        for (int count = in.readCount(); count > 0; count--) {
            claims.add(new Slots.Claim((int) in.readVarint(), new NodeId(in.readLong(), in.readLong())));
        }
        known = new Slots(claims);
    }
}

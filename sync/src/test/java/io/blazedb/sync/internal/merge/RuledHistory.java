package io.blazedb.sync.internal.merge;

import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.RuledWrite.Part;
import io.blazedb.sync.internal.merge.Write.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A random history of databases whose users write, and now and then change the merge rules, while they exchange what
 * they wrote. The seed decides everything.
 */
final class RuledHistory {
    private static final int STEPS_MAX = 24;

    private final Random random;
    private final boolean joins;
    private final List<RuledNode> nodes = new ArrayList<>();
    private final List<RuledWrite> writes = new ArrayList<>();
    private final Map<Stamp, Transaction> byStamp = new HashMap<>();

    /**
     * Plays it until every node has everything.
     *
     * @param joins whether rows also come as states, ahead of the transactions that are in them
     */
    RuledHistory(long seed, boolean joins, RowMerge merge) {
        this.random = new Random(seed);
        this.joins = joins;
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            nodes.add(new RuledNode(i, random, merge));
        }
        int steps = 6 + random.nextInt(STEPS_MAX);
        for (int i = 0; i < steps; i++) {
            step(nodes.get(random.nextInt(count)));
        }
        nodes.forEach(this::deliverRest);
    }

    private void step(RuledNode node) {
        int what = random.nextInt(10);
        if (what == 0) {
            node.changeRules(random);
        } else if (what < 6) {
            RuledWrite write = node.write(random);
            writes.add(write);
            byStamp.put(write.transaction().changeSet().stamp(), write.transaction());
        } else {
            deliverOne(node);
        }
    }

    private boolean deliverOne(RuledNode node) {
        List<RuledWrite> ready = writes.stream().filter(node::canApply).toList();
        if (ready.isEmpty()) {
            return false;
        }
        node.apply(ready.get(random.nextInt(ready.size())), this::covers);
        return true;
    }

    private void deliverRest(RuledNode node) {
        while (deliverOne(node)) {
            if (joins && random.nextInt(6) == 0) {
                node.join(nodes.get(random.nextInt(nodes.size())), this::covers);
            }
            if (random.nextInt(6) == 0) {
                List<RuledWrite> known = new ArrayList<>(writes);
                Collections.shuffle(known, random);
                known.stream().filter(node::hasSeen).limit(2).forEach(write -> node.applyAgain(write, this::covers));
            }
        }
    }

    private boolean covers(Stamp winner, Stamp loser) {
        Transaction later = byStamp.get(winner);
        Transaction earlier = byStamp.get(loser);
        return later != null && earlier != null && later.hadSeen(earlier);
    }

    List<RuledNode> nodes() {
        return nodes;
    }

    /** Every change of that row. */
    List<Part> parts(int key) {
        List<Part> parts = new ArrayList<>();
        for (RuledWrite write : writes) {
            for (RowChange change : write.transaction().changeSet().changes()) {
                if (change.key()[0] == key) {
                    parts.add(new Part(write, change));
                }
            }
        }
        return parts;
    }

    /** The change that wrote the column's version; null when none did. */
    static @Nullable Part writer(List<Part> parts, int column, ColumnVersion version) {
        for (Part part : parts) {
            for (int i = 0; i < part.change().size(); i++) {
                boolean same = part.change().column(i) == column
                        && part.incoming().version(i).equals(version);
                if (same) {
                    return part;
                }
            }
        }
        return null;
    }
}

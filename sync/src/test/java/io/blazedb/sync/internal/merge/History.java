package io.blazedb.sync.internal.merge;

import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.Write.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A random history of several databases that write and exchange what they wrote, each in an order of its own that
 * respects causes. The seed decides everything.
 */
final class History {
    private static final int STEPS_MAX = 24;

    private final Random random;
    private final List<ModelNode> nodes = new ArrayList<>();
    private final List<Transaction> transactions = new ArrayList<>();
    private final Map<Stamp, Transaction> byStamp = new HashMap<>();

    private final CausalPast past;

    /**
     * Plays the history of that seed until every node has every transaction. Towards the end some transactions come
     * twice, and some rows come as states before their transactions do.
     */
    History(long seed, Function<History, Rules> rules) {
        this(seed, rules, null);
    }

    /** Plays it with merges that are told that past instead of the true one. */
    History(long seed, Function<History, Rules> rules, @Nullable CausalPast told) {
        random = new Random(seed);
        past = told == null ? this::covers : told;
        Rules played = rules.apply(this);
        int nodeCount = 2 + random.nextInt(4);
        for (int i = 0; i < nodeCount; i++) {
            nodes.add(new ModelNode(i, random, played));
        }
        int steps = 4 + random.nextInt(STEPS_MAX);
        for (int i = 0; i < steps; i++) {
            step();
        }
        nodes.forEach(this::deliverRest);
    }

    private void step() {
        ModelNode node = nodes.get(random.nextInt(nodes.size()));
        if (random.nextBoolean()) {
            Transaction transaction = node.write(random, random.nextInt(8));
            transactions.add(transaction);
            byStamp.put(transaction.changeSet().stamp(), transaction);
        } else {
            deliverOne(node);
        }
    }

    private boolean deliverOne(ModelNode node) {
        List<Transaction> ready = transactions.stream().filter(node::canApply).toList();
        if (ready.isEmpty()) {
            return false;
        }
        Transaction chosen = ready.get(random.nextInt(ready.size()));
        node.apply(chosen, past);
        return true;
    }

    private void deliverRest(ModelNode node) {
        while (deliverOne(node)) {
            if (random.nextInt(8) == 0) {
                node.join(nodes.get(random.nextInt(nodes.size())), past);
            }
            if (random.nextInt(8) == 0) {
                List<Transaction> known = new ArrayList<>(transactions);
                Collections.shuffle(known, random);
                known.stream()
                        .filter(transaction -> node.hasSeen(transaction.changeSet()))
                        .limit(2)
                        .forEach(transaction -> node.applyAgain(transaction, past));
            }
        }
    }

    private boolean covers(Stamp winner, Stamp loser) {
        return transaction(winner).hadSeen(transaction(loser));
    }

    Transaction transaction(Stamp stamp) {
        Transaction transaction = byStamp.get(stamp);
        if (transaction == null) {
            throw new IllegalArgumentException("no transaction " + stamp);
        }
        return transaction;
    }

    List<ModelNode> nodes() {
        return nodes;
    }

    List<Transaction> transactions() {
        return transactions;
    }

    /** Everything that was written to that column. */
    List<Write> writes(int key, int column) {
        List<Write> writes = new ArrayList<>();
        for (Transaction transaction : transactions) {
            for (var change : transaction.changeSet().changes()) {
                for (int i = 0; i < change.size(); i++) {
                    if (change.key()[0] == key && change.column(i) == column) {
                        writes.add(new Write(transaction, change, i));
                    }
                }
            }
        }
        return writes;
    }
}

package io.blazedb.sync.internal.merge;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.HybridClock;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.merge.RowAuthor.Authored;
import io.blazedb.sync.internal.merge.Write.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One database of a history: writes at random, and merges what others wrote. */
final class ModelNode {
    static final int COLUMNS = 3;
    static final int KEYS = 2;

    private final Role role;
    private final OriginId origin;
    private final HybridClock clock = new HybridClock(0);
    private final ModelRow[] rows = new ModelRow[KEYS];
    private final List<Conflict> conflicts = new ArrayList<>();
    private final Rules rules;
    private VersionVector seen = VersionVector.EMPTY;

    ModelNode(int number, Random random, Rules rules) {
        this.role = random.nextInt(3) == 0 ? Role.SERVER : Role.CLIENT;
        this.origin = new OriginId(random.nextLong(), number + 1);
        this.rules = rules;
        Arrays.fill(rows, ModelRow.ABSENT);
    }

    ModelRow row(int key) {
        return rows[key];
    }

    List<Conflict> conflicts() {
        return conflicts;
    }

    /** One transaction on one or two rows. */
    Transaction write(Random random, long wallMillis) {
        VersionVector past = seen;
        Stamp stamp = new Stamp(clock.next(wallMillis), origin);
        List<RowChange> changes = new ArrayList<>();
        int first = random.nextInt(KEYS);
        int rowCount = 1 + random.nextInt(2);
        for (int i = 0; i < rowCount; i++) {
            changes.add(writeRow((first + i) % KEYS, stamp, random));
        }
        long seq = seen.seq(origin) + 1;
        seen = seen.with(origin, seq);
        ChangeSet changeSet = new ChangeSet(origin, seq, stamp.hlc(), role, past.entries(), List.of(), changes);
        return new Transaction(changeSet, past);
    }

    private RowChange writeRow(int key, Stamp stamp, Random random) {
        ModelRow row = rows[key];
        Authored authored = rules.author(new RowAuthor(role, stamp), row, new byte[] {(byte) key}, random);
        rows[key] = row.written(authored.after(), authored.change());
        return authored.change();
    }

    /** Whether everything that the transaction depends on is here, and it itself is not. */
    boolean canApply(Transaction transaction) {
        ChangeSet changeSet = transaction.changeSet();
        return seen.seq(changeSet.origin()) == changeSet.seq() - 1
                && changeSet.dependencies().stream().allMatch(seen::covers);
    }

    boolean hasSeen(ChangeSet changeSet) {
        return seen.covers(changeSet.origin(), changeSet.seq());
    }

    void apply(Transaction transaction, CausalPast past) {
        ChangeSet changeSet = transaction.changeSet();
        for (RowChange change : changeSet.changes()) {
            int key = change.key()[0];
            ModelRow row = rows[key];
            Merged merged = rules.merge().merge(row.state(), row.values(), change, changeSet.stamp(), past);
            rows[key] = row.merged(merged);
            conflicts.addAll(merged.conflicts());
        }
        clock.observe(changeSet.hlc());
        seen = seen.with(changeSet.origin(), changeSet.seq());
    }

    /** Merges the rows of another node, as from a snapshot, without counting its transactions as known. */
    void join(ModelNode other, CausalPast past) {
        for (int key = 0; key < KEYS; key++) {
            ModelRow theirs = other.rows[key];
            Merged merged =
                    rules.merge().join(rows[key].state(), rows[key].values(), theirs.state(), theirs.values(), past);
            rows[key] = rows[key].merged(merged);
            conflicts.addAll(merged.conflicts());
        }
    }

    /** Merges again what was merged already. */
    void applyAgain(Transaction transaction, CausalPast past) {
        for (RowChange change : transaction.changeSet().changes()) {
            int key = change.key()[0];
            Stamp stamp = transaction.changeSet().stamp();
            rows[key] =
                    rows[key].merged(rules.merge().merge(rows[key].state(), rows[key].values(), change, stamp, past));
        }
    }
}

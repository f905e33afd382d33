package io.blazedb.internal.apply;

import java.util.ArrayList;
import java.util.List;
import org.h2.index.Index;
import org.h2.result.Row;
import org.jspecify.annotations.Nullable;

/**
 * Collects what becomes of rows, and writes it in an order in which no unique key is held twice at any moment: rows
 * that leave, rows that pass keys on among each other, other updates, rows that come. For the applier's thread.
 */
final class RowWrites {
    private final RowStore store;
    private final List<Write> removals = new ArrayList<>();
    private final List<Write> moves = new ArrayList<>();
    private final List<Write> updates = new ArrayList<>();
    private final List<Write> inserts = new ArrayList<>();

    private record Write(
            Target target, @Nullable Row old, @Nullable Row now) {}

    RowWrites(RowStore store) {
        this.store = store;
    }

    /** The row is to be like this; null when it is not to be in its table. */
    void add(Target target, @Nullable Row now, Rules rules) {
        Row old = target.row();
        if (old == null) {
            if (now != null) {
                inserts.add(new Write(target, null, now));
            }
        } else if (now == null) {
            removals.add(new Write(target, old, null));
        } else if (target.isTakenOut()) {
            inserts.add(new Write(target, old, now));
        } else if (rules.unique().isEmpty() || !movesKey(rules, old, now)) {
            updates.add(new Write(target, old, now));
        } else {
            moves.add(new Write(target, old, now));
        }
    }

    private static boolean movesKey(Rules rules, Row old, Row now) {
        for (Index index : rules.unique()) {
            for (int i = 0; i < index.getUniqueColumnCount(); i++) {
                int column = index.getIndexColumns()[i].column.getColumnId();
                if (!old.getValue(column).equals(now.getValue(column))) {
                    return true;
                }
            }
        }
        return false;
    }

    void run() {
        removals.forEach(this::remove);
        if (moves.size() == 1) {
            moves.forEach(this::update);
        } else {
            moves.forEach(this::remove);
            moves.forEach(this::insert);
        }
        updates.forEach(this::update);
        inserts.forEach(this::insert);
    }

    private void remove(Write write) {
        if (write.old() != null && !write.target().isTakenOut()) {
            store.remove(write.target().layout(), write.old());
        }
        write.target().stored(null);
    }

    private void update(Write write) {
        if (write.old() != null && write.now() != null) {
            store.update(write.target().layout(), write.old(), write.now());
            write.target().stored(write.now());
        }
    }

    private void insert(Write write) {
        if (write.now() != null) {
            store.insert(write.target().layout(), write.now());
            write.target().stored(write.now());
        }
    }
}

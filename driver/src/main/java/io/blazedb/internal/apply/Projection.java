package io.blazedb.internal.apply;

import io.blazedb.sync.internal.merge.Claim;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides which merged rows show, after some of them have changed: first unique keys, in the order of claims; then
 * checks; then foreign keys, as the largest set of rows whose parents are all in it, so cycles stay together.
 *
 * <p>The result is a function of the merged rows alone, never of the order in which they came: it is what
 * a projection of all rows from scratch gives. Only rows are looked at that a change can reach. Decides
 * without acting; used once, by one thread.
 */
final class Projection<R> {
    /**
     * The rows, as the merge left them. What is asked of a row is about its merged values; <em>former</em> keys are
     * those that it had when the last projection was written.
     */
    interface Rows<R> {
        boolean isAlive(R row);

        Claim claim(R row);

        /** Whether checks, NOT NULL and domains allow it. */
        boolean keepsToChecks(R row);

        /** What the last projection made of it. */
        Outcome before(R row);

        /** Other live rows with one of its unique keys. */
        Collection<R> rivals(R row);

        /** Live rows with a unique key that it has no more. */
        Collection<R> formerRivals(R row);

        /** Live rows that refer to it and are not as they would be if it had shown, or have changed. */
        Collection<R> waitingFor(R row);

        /**
         * Rows in their tables that refer to a key of it, former or present.
         *
         * @param isShown whether it shows now: then only keys that it has no more count
         */
        Collection<R> relyingOn(R row, boolean isShown);

        /** Whether each row shows that it refers to by a foreign key which hides orphans. */
        boolean hasParents(R row, Predicate<R> isShown);
    }

    private final Rows<R> rows;
    private final Set<R> affected = new LinkedHashSet<>();
    private final Map<R, Boolean> admitted = new HashMap<>();
    private final Map<R, Boolean> shown = new LinkedHashMap<>();
    private final Map<R, Claim> claims = new HashMap<>();

    Projection(Rows<R> rows) {
        this.rows = rows;
    }

    /**
     * Projects.
     *
     * @param changed every row whose merged state or keys are not those of the last projection
     * @return what becomes of these and of every row that they affect
     */
    Map<R, Outcome> project(Collection<R> changed) {
        affected.addAll(changed);
        admit(new HashSet<>(changed));
        assume();
        prune();
        Map<R, Outcome> outcomes = new LinkedHashMap<>();
        affected.forEach(row -> outcomes.put(row, outcome(row)));
        shown.keySet().forEach(row -> outcomes.put(row, outcome(row)));
        return outcomes;
    }

    private Outcome outcome(R row) {
        if (!rows.isAlive(row)) {
            return Outcome.GONE;
        }
        if (!isAdmitted(row)) {
            return Outcome.UNIQUE;
        }
        if (!rows.keepsToChecks(row)) {
            return Outcome.CHECK;
        }
        return isShown(row) ? Outcome.SHOWN : Outcome.FOREIGN_KEY;
    }

    /** Earlier claims are decided first, and a decision concerns later claims only: each row is decided once. */
    private void admit(Set<R> changed) {
        PriorityQueue<R> queue = new PriorityQueue<>(Comparator.comparing(this::claim));
        Set<R> queued = new HashSet<>();
        for (R row : changed) {
            if (rows.isAlive(row) && queued.add(row)) {
                queue.add(row);
            }
            for (R rival : rows.formerRivals(row)) {
                if (queued.add(rival)) {
                    queue.add(rival);
                }
            }
        }
        for (R row = queue.poll(); row != null; row = queue.poll()) {
            Collection<R> rivals = rows.rivals(row);
            boolean now = true;
            for (R rival : rivals) {
                now &= claim(rival).compareTo(claim(row)) > 0 || !isAdmitted(rival);
            }
            admitted.put(row, now);
            if (now == rows.before(row).holdsKeys() && !changed.contains(row)) {
                continue;
            }
            affected.add(row);
            for (R rival : rivals) {
                if (claim(rival).compareTo(claim(row)) > 0 && queued.add(rival)) {
                    queue.add(rival);
                }
            }
        }
    }

    private Claim claim(R row) {
        return claims.computeIfAbsent(row, rows::claim);
    }

    private boolean isAdmitted(R row) {
        Boolean now = admitted.get(row);
        return now == null ? rows.before(row).holdsKeys() : now;
    }

    /** Assumes that everything shows that could: what changed, and what may have waited for it, however far away. */
    private void assume() {
        Deque<R> reached = new ArrayDeque<>();
        for (R row : affected) {
            if (stands(row)) {
                shown.put(row, true);
                reached.add(row);
            }
        }
        for (R row = reached.poll(); row != null; row = reached.poll()) {
            for (R child : rows.waitingFor(row)) {
                if (!shown.containsKey(child) && stands(child)) {
                    shown.put(child, true);
                    if (rows.before(child) != Outcome.SHOWN) {
                        reached.add(child);
                    }
                }
            }
        }
    }

    private boolean stands(R row) {
        return rows.isAlive(row) && isAdmitted(row) && rows.keepsToChecks(row);
    }

    /** Takes away what has a parent that does not show, until nothing has. */
    private void prune() {
        Deque<R> doubtful = new ArrayDeque<>(shown.keySet());
        for (R row : affected) {
            if (rows.before(row) == Outcome.SHOWN) {
                doubtful.addAll(rows.relyingOn(row, isShown(row)));
            }
        }
        for (R row = doubtful.poll(); row != null; row = doubtful.poll()) {
            if (!isShown(row)) {
                continue;
            }
            boolean now = rows.hasParents(row, this::isShown);
            shown.put(row, now);
            if (!now) {
                doubtful.addAll(rows.relyingOn(row, false)); // others may have passed a key to it
                for (R child : rows.waitingFor(row)) {
                    if (shown.containsKey(child)) {
                        doubtful.add(child);
                    }
                }
            }
        }
    }

    private boolean isShown(R row) {
        Boolean now = shown.get(row);
        return now != null ? now : !affected.contains(row) && rows.before(row) == Outcome.SHOWN;
    }
}

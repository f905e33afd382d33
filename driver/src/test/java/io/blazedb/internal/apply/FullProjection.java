package io.blazedb.internal.apply;

import io.blazedb.sync.internal.merge.Claim;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The projection of all rows from scratch, as it is defined: what a new constraint makes of rows that are there, and
 * what {@link Projection} is held against. Pure.
 */
final class FullProjection {
    private FullProjection() {}

    /** One live row. Keys are equal when one of two rows has to give way, or when one row refers to the other. */
    interface Row {
        Claim claim();

        /** Its unique keys that have no NULL. */
        Collection<?> uniqueKeys();

        boolean keepsToChecks();

        /** Keys by which others can refer to it. */
        Collection<?> offers();

        /** Keys of rows without which it cannot show. */
        Collection<?> needs();
    }

    /** What becomes of each of the rows, which are all live rows of their tables. */
    static <R extends Row> Map<R, Outcome> of(Collection<R> rows) {
        List<R> byClaim = new ArrayList<>(rows);
        byClaim.sort(Comparator.comparing(Row::claim));
        Set<Object> held = new HashSet<>();
        Map<R, Outcome> outcomes = new LinkedHashMap<>();
        for (R row : byClaim) {
            boolean free = row.uniqueKeys().stream().noneMatch(held::contains);
            if (free) {
                held.addAll(row.uniqueKeys());
            }
            outcomes.put(row, !free ? Outcome.UNIQUE : row.keepsToChecks() ? Outcome.SHOWN : Outcome.CHECK);
        }
        boolean again = true;
        while (again) {
            again = hideOrphans(outcomes);
        }
        return outcomes;
    }

    private static <R extends Row> boolean hideOrphans(Map<R, Outcome> outcomes) {
        Set<Object> offered = new HashSet<>();
        outcomes.forEach((row, outcome) -> {
            if (outcome == Outcome.SHOWN) {
                offered.addAll(row.offers());
            }
        });
        boolean any = false;
        for (Map.Entry<R, Outcome> entry : outcomes.entrySet()) {
            if (entry.getValue() == Outcome.SHOWN
                    && !offered.containsAll(entry.getKey().needs())) {
                entry.setValue(Outcome.FOREIGN_KEY);
                any = true;
            }
        }
        return any;
    }
}

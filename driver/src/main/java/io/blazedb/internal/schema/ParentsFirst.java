package io.blazedb.internal.schema;

import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.TableDefinition.ForeignKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order in which tables can be created and filled. */
public final class ParentsFirst {
    private record Name(String schema, String table) {}

    /**
     * A table, as one or several describe it, on the path from a child to its ancestors, and those of its parents that
     * were not looked at yet.
     */
    private record Step(List<TableDefinition> table, Iterator<ForeignKey> parents) {
        Step(List<TableDefinition> table) {
            this(
                    table,
                    table.stream()
                            .flatMap(definition -> definition.foreignKeys().stream())
                            .iterator());
        }
    }

    private ParentsFirst() {}

    /**
     * Parents before children, else as given; all definitions of one table stay together. Of tables that refer to each
     * other in a circle, one comes before one of its parents; a parent outside the collection counts for nothing.
     */
    public static List<TableDefinition> order(Collection<TableDefinition> tables) {
        Map<Name, List<TableDefinition>> byName = new LinkedHashMap<>();
        for (TableDefinition table : tables) {
            byName.computeIfAbsent(new Name(table.schema(), table.name()), name -> new ArrayList<>())
                    .add(table);
        }
        List<TableDefinition> ordered = new ArrayList<>(tables.size());
        Set<Name> seen = new HashSet<>();
        byName.forEach((name, table) -> {
            if (seen.add(name)) {
                addAfterParents(table, byName, seen, ordered);
            }
        });
        return ordered;
    }

    /** Walks up with a path of its own, since a peer could send a chain that is longer than the thread's stack. */
    private static void addAfterParents(
            List<TableDefinition> first,
            Map<Name, List<TableDefinition>> byName,
            Set<Name> seen,
            List<TableDefinition> ordered) {
        Deque<Step> path = new ArrayDeque<>();
        path.push(new Step(first));
        while (!path.isEmpty()) {
            Step step = path.element();
            if (step.parents().hasNext()) {
                ForeignKey key = step.parents().next();
                Name name = new Name(key.parentSchema(), key.parentTable());
                List<TableDefinition> parent = byName.get(name);
                if (parent != null && seen.add(name)) {
                    path.push(new Step(parent));
                }
            } else {
                ordered.addAll(path.pop().table());
            }
        }
    }
}

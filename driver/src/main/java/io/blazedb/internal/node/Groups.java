package io.blazedb.internal.node;

import io.blazedb.sync.TableDefinition;
import java.util.BitSet;
import java.util.List;

/**
 * Columns that are written together (G1): those that share a unique key, a foreign key, a check or a merge rule of
 * several columns, so that a merge can never mix the halves. Immutable.
 */
public final class Groups {
    private final BitSet[] groupOf;

    private Groups(BitSet[] groupOf) {
        this.groupOf = groupOf;
    }

    public static Groups of(TableDefinition definition) {
        BitSet[] groups = new BitSet[definition.columns().size()];
        definition.uniqueKeys().forEach(key -> join(groups, key.columns()));
        definition.foreignKeys().forEach(key -> join(groups, key.columns()));
        definition.mergeRules().forEach(rule -> join(groups, rule.columns()));
        definition.checks().forEach(check -> join(groups, columnsIn(check.conditionSql(), definition)));
        return new Groups(groups);
    }

    private static List<Integer> columnsIn(String condition, TableDefinition definition) {
        List<Integer> found = new java.util.ArrayList<>();
        for (int i = 0; i < definition.columns().size(); i++) {
            if (condition.contains('"' + definition.columns().get(i).name() + '"')) {
                found.add(i);
            }
        }
        return found;
    }

    private static void join(BitSet[] groups, List<Integer> columns) {
        if (columns.size() < 2) {
            return;
        }
        BitSet joined = new BitSet();
        for (int column : columns) {
            joined.set(column);
            if (groups[column] != null) {
                joined.or(groups[column]);
            }
        }
        joined.stream().forEach(column -> groups[column] = joined);
    }

    /** Adds to a set of written columns those that are written with them. */
    public void expand(BitSet columns) {
        for (int i = columns.nextSetBit(0); i >= 0; i = columns.nextSetBit(i + 1)) {
            BitSet group = groupOf[i];
            if (group != null) {
                columns.or(group);
            }
        }
    }
}

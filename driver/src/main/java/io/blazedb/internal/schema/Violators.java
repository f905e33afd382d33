package io.blazedb.internal.schema;

import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.TableDefinition.ForeignKey;
import io.blazedb.sync.TableDefinition.UniqueKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The queries that find the rows which break a constraint together or alone, as H2 would if it were there. Each answers
 * the H2 row numbers. Pure: for any thread.
 */
final class Violators {
    private Violators() {}

    /** Every row that shares its values with another one. */
    static String of(TableDefinition table, UniqueKey key) {
        List<String> columns =
                Names.columns(table, key.columns()).stream().map(Names::quoted).toList();
        String filter = switch (key.nulls()) {
            case DISTINCT -> " WHERE " + notNull(columns, " AND ");
            case ALL_DISTINCT -> " WHERE " + notNull(columns, " OR ");
            case NOT_DISTINCT -> "";
        };
        return "SELECT R FROM (SELECT _ROWID_ AS R, COUNT(*) OVER (PARTITION BY " + String.join(", ", columns)
                + ") AS N FROM " + Names.quoted(table) + filter + ") WHERE N > 1";
    }

    private static String notNull(List<String> columns, String between) {
        return columns.stream().map(column -> column + " IS NOT NULL").collect(Collectors.joining(between));
    }

    /**
     * Every row that the condition is false for.
     *
     * @param condition as H2 prints it
     */
    static String ofCheck(TableDefinition table, String condition) {
        return "SELECT _ROWID_ FROM " + Names.quoted(table) + " WHERE NOT (" + condition + ")";
    }

    /** Every row without the parent that it names. */
    static String of(TableDefinition table, ForeignKey key) {
        List<String> conditions = new ArrayList<>();
        List<String> children = Names.columns(table, key.columns());
        List<String> same = new ArrayList<>();
        for (int i = 0; i < children.size(); i++) {
            String child = "C." + Names.quoted(children.get(i));
            conditions.add(child + " IS NOT NULL");
            same.add("P." + Names.quoted(key.parentColumns().get(i)) + " = " + child);
        }
        return "SELECT _ROWID_ FROM " + Names.quoted(table) + " C WHERE " + String.join(" AND ", conditions)
                + " AND NOT EXISTS (SELECT 1 FROM " + Names.quoted(key.parentSchema(), key.parentTable()) + " P WHERE "
                + String.join(" AND ", same) + ")";
    }
}

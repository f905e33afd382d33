package io.blazedb.tck.sync;

import io.blazedb.tck.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Every value that was committed anywhere, and what its author had seen: all of the rounds before, and of its own round
 * what its own node wrote. So it can say which values had to be there still. For one thread.
 */
final class PromiseModel {
    /** Stands in the place of a value when the row ends; no test writes it. */
    private static final String NOTHING = "";

    /** The columns of each table that are looked at, its key first. */
    private final Map<String, List<String>> tables;

    private final List<Write> writes = new ArrayList<>();
    private final Map<String, List<Write>> byPlace = new HashMap<>();
    private int round;

    /**
     * A value that was committed in a place.
     *
     * @param value {@link #NOTHING} for the end of a row
     */
    private record Write(String table, int id, String column, String value, int node, int round, int number) {
        String place() {
            return table + '|' + id + '|' + column;
        }

        /** Whether the author of this one had seen the other. */
        boolean hadSeen(Write other) {
            return round > other.round || (round == other.round && node == other.node && number > other.number);
        }

        @Override
        public String toString() {
            return place() + '=' + value + " of node " + node + " in round " + round;
        }
    }

    /** What one node shows: the rows, the values that lost, the rows that are hidden. */
    private record Shown(Map<String, String> rows, Set<String> lost, Map<String, String> hidden) {}

    PromiseModel(Map<String, List<String>> tables) {
        this.tables = tables;
    }

    void nextRound() {
        round++;
    }

    /** A value was committed at a node. */
    void wrote(int node, String table, int id, String column, String value) {
        Write write = new Write(table, id, column, value, node, round, writes.size());
        writes.add(write);
        byPlace.computeIfAbsent(write.place(), place -> new ArrayList<>()).add(write);
    }

    /** The row was deleted at a node, or written anew as a whole by somebody who had seen all of it. */
    void ended(int node, String table, int id) {
        List<String> columns = Objects.requireNonNull(tables.get(table));
        for (String column : columns.subList(1, columns.size())) {
            wrote(node, table, id, column, NOTHING);
        }
    }

    /** The values of which nothing is left at a node: not visible, not superseded knowingly, not in BLAZE.CONFLICTS. */
    List<String> missing(Connection connection, boolean ofThisRoundOnly) throws SQLException {
        Shown shown = read(connection);
        List<String> missing = new ArrayList<>();
        for (Write write : writes) {
            boolean asked = !write.value().equals(NOTHING) && (!ofThisRoundOnly || write.round() == round);
            if (asked && !isSuperseded(write) && !isThere(write, shown)) {
                missing.add(write + ", now " + shown.rows().get(write.place()) + "; " + story(write, connection));
            }
        }
        return missing;
    }

    /** What helps to understand it: all that was written to the row, and its conflicts. */
    private String story(Write lost, Connection connection) throws SQLException {
        String row = lost.table() + '|' + lost.id() + '|';
        return "written: "
                + writes.stream().filter(write -> write.place().startsWith(row)).toList()
                + "; conflicts: "
                + Sql.rows(
                        connection,
                        "SELECT ID, COLUMN_NAME, KIND, LOCAL_VALUE, REMOTE_VALUE, WINNER, STATUS FROM BLAZE.CONFLICTS"
                                + " WHERE TABLE_NAME = '" + lost.table() + "' AND ROW_KEY = '" + lost.id() + "'");
    }

    /** Conditions on conflicts without which a value would be missing. */
    List<String> needed(Connection connection) throws SQLException {
        Shown shown = read(connection);
        List<String> needed = new ArrayList<>();
        for (Write write : writes) {
            if (!write.value().equals(NOTHING)
                    && !isSuperseded(write)
                    && !isVisible(write, shown)
                    && shown.lost().contains(write.place() + '|' + write.value())) {
                needed.add(("TABLE_NAME = '%s' AND ROW_KEY = '%d' AND COLUMN_NAME = '%s'"
                                + " AND '%s' IN (LOCAL_VALUE, REMOTE_VALUE)")
                        .formatted(write.table(), write.id(), write.column(), write.value()));
            }
        }
        return needed;
    }

    /** Who replaces an equal value in the same place has seen that value, though perhaps of another author. */
    private boolean isSuperseded(Write write) {
        List<Write> there = byPlace.getOrDefault(write.place(), List.of());
        return there.stream()
                .filter(same -> write.value().equals(same.value()))
                .anyMatch(same -> there.stream().anyMatch(other -> other.hadSeen(same)));
    }

    private static boolean isVisible(Write write, Shown shown) {
        return write.value().equals(shown.rows().get(write.place()));
    }

    private static boolean isThere(Write write, Shown shown) {
        if (isVisible(write, shown) || shown.lost().contains(write.place() + '|' + write.value())) {
            return true;
        }
        String hidden = shown.hidden().get(write.table() + '|' + write.id());
        String value = write.column() + '=' + write.value();
        return hidden != null && (hidden.contains(value + ',') || hidden.contains(value + ')'));
    }

    private Shown read(Connection connection) throws SQLException {
        Map<String, String> rows = new HashMap<>();
        for (Map.Entry<String, List<String>> table : tables.entrySet()) {
            List<String> columns = table.getValue();
            for (String row :
                    Sql.rows(connection, "SELECT " + String.join(", ", columns) + " FROM " + table.getKey())) {
                String[] values = row.split("\\|", -1);
                for (int i = 1; i < values.length; i++) {
                    rows.put(table.getKey() + '|' + values[0] + '|' + columns.get(i), values[i]);
                }
            }
        }
        Set<String> lost = new HashSet<>();
        for (String row : Sql.rows(
                connection,
                "SELECT TABLE_NAME, ROW_KEY, COLUMN_NAME, LOCAL_VALUE, REMOTE_VALUE FROM BLAZE.CONFLICTS"
                        + " WHERE COLUMN_NAME IS NOT NULL")) {
            String[] parts = row.split("\\|", -1);
            String place = parts[0] + '|' + parts[1] + '|' + parts[2] + '|';
            lost.add(place + parts[3]);
            lost.add(place + parts[4]);
        }
        Map<String, String> hidden = new HashMap<>();
        for (String row : Sql.rows(
                connection, "SELECT TABLE_NAME, ROW_KEY, REMOTE_VALUE FROM BLAZE.CONFLICTS WHERE STATUS = 'HIDDEN'")) {
            String[] parts = row.split("\\|", -1);
            hidden.put(parts[0] + '|' + parts[1], parts[2]);
        }
        return new Shown(rows, lost, hidden);
    }
}

package io.blazedb.tck.sync;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** One table's life on several nodes: what was done to it, and what has to be left of it. Used by one thread. */
final class MigrationHistory {
    private static final int IDS = 5;
    private static final List<String> NAMES = List.of("A", "B", "C", "D");

    private final String table;
    private final List<Node> nodes;
    private final Random random;
    private final List<String> steps = new ArrayList<>();
    private final List<Written> values = new ArrayList<>();
    private int last;

    /** A value that was committed, and the nodes that have dropped or replaced it since, knowing it. */
    private static final class Written {
        private final String value;
        private final int id;
        private final int round;
        private final int node;
        private final Set<Integer> dropped = new HashSet<>();
        private boolean superseded;

        Written(String value, int id, int round, int node) {
            this.value = value;
            this.id = id;
            this.round = round;
            this.node = node;
        }
    }

    MigrationHistory(String table, List<Node> nodes, Random random) throws SQLException {
        this.table = table;
        this.nodes = nodes;
        this.random = random;
        if (random.nextBoolean()) {
            execute(random.nextInt(nodes.size()), create());
        }
    }

    private String create() {
        return "CREATE TABLE IF NOT EXISTS " + table + "(ID INT PRIMARY KEY, A VARCHAR(40), B VARCHAR(40))";
    }

    /** Each node does some statements on its own. */
    void round(int round, int statements) throws SQLException {
        for (int node = 0; node < nodes.size(); node++) {
            for (int i = 0; i < statements; i++) {
                if (random.nextInt(3) == 0) {
                    migrate(round, node);
                } else {
                    write(round, node);
                }
            }
        }
    }

    private void migrate(int round, int node) throws SQLException {
        String name = any();
        switch (random.nextInt(10)) {
            case 0, 1 -> execute(node, create());
            case 2 -> execute(node, alter("ADD COLUMN IF NOT EXISTS " + name + " VARCHAR(40)"));
            case 3 -> execute(node, alter("ADD COLUMN IF NOT EXISTS " + name + " INT"));
            case 4 -> execute(node, alter("ALTER COLUMN " + name + " SET DATA TYPE VARCHAR(80)"));
            case 5 -> execute(node, "CREATE INDEX IF NOT EXISTS " + table + name + " ON " + table + "(" + name + ")");
            case 6 -> execute(node, alter("ADD CHECK (LENGTH(" + name + ") < 70)"));
            case 7 -> rename(round, node, name, any());
            case 8 -> drop(node, alter("DROP COLUMN IF EXISTS " + name));
            default -> drop(node, "DROP TABLE IF EXISTS " + table);
        }
    }

    /** What the column holds here is from now on the value of the other name too; others may have another one there. */
    private void rename(int round, int node, String from, String to) throws SQLException {
        if (execute(node, alter("ALTER COLUMN " + from + " RENAME TO " + to))) {
            List<String> ids = nodes.get(node).rows("SELECT ID FROM " + table);
            Set<String> here = visible(node);
            for (Node other : nodes) {
                if (columns(nodes.indexOf(other)).stream()
                        .anyMatch(column -> name(column).equals(to))) {
                    for (String row : other.rows("SELECT ID, " + to + " FROM " + table)) {
                        String id = row.substring(0, row.indexOf('|'));
                        values.stream()
                                .filter(written -> ids.contains(id) && row.equals(id + "|" + written.value))
                                .filter(written -> !here.contains(written.value))
                                .filter(written -> written.round < round || written.node == node)
                                .forEach(written -> written.superseded = true);
                    }
                }
            }
        }
    }

    private String any() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private String alter(String change) {
        return "ALTER TABLE " + table + " " + change;
    }

    /** What a node drops is gone there; another one may still have it. */
    private void drop(int node, String statement) throws SQLException {
        Set<String> before = visible(node);
        if (execute(node, statement)) {
            Set<String> after = visible(node);
            for (Written written : values) {
                if (before.contains(written.value) && !after.contains(written.value)) {
                    written.dropped.add(node);
                }
            }
        }
    }

    private void write(int round, int node) throws SQLException {
        int id = 1 + random.nextInt(IDS);
        Set<String> before = visible(node);
        String value = table + "." + ++last + ".";
        boolean done;
        boolean deleted = random.nextInt(6) == 0;
        if (deleted) {
            boolean known = isThere(node, id);
            done = execute(node, "DELETE FROM " + table + " WHERE ID = " + id);
            if (known && done) {
                seen(round, node, id);
            }
        } else if (random.nextBoolean()) {
            done = execute(node, "INSERT INTO " + table + "(ID, " + any() + ") VALUES(" + id + ", '" + value + "')");
            if (done) {
                // Where the table was dropped and made again, the row of the others is not to be seen; but it was.
                seen(round, node, id);
            }
        } else {
            done = execute(node, "UPDATE " + table + " SET " + any() + " = '" + value + "' WHERE ID = " + id);
        }
        Set<String> after = visible(node);
        for (Written written : values) {
            written.superseded |= before.contains(written.value) && !after.contains(written.value);
        }
        if (done && after.contains(value)) {
            values.add(new Written(value, id, round, node));
        }
    }

    private boolean isThere(int node, int id) throws SQLException {
        return !columns(node).isEmpty()
                && !nodes.get(node)
                        .rows("SELECT ID FROM " + table + " WHERE ID = " + id)
                        .isEmpty();
    }

    /** Who deletes or inserts a row knows what all had written before the last round, and what was written here. */
    private void seen(int round, int node, int id) {
        for (Written written : values) {
            written.superseded |= written.id == id && (written.round < round || written.node == node);
        }
    }

    /** Answers whether the statement could run: a table or a column may not be there. */
    private boolean execute(int node, String statement) throws SQLException {
        try {
            nodes.get(node).execute(statement);
            steps.add(nodes.get(node).name() + ": " + statement);
            return true;
        } catch (SQLException e) {
            if (e.getSQLState().startsWith("42") || e.getSQLState().startsWith("2")) {
                return false;
            }
            throw e;
        }
    }

    private List<String> columns(int node) throws SQLException {
        return nodes.get(node)
                .rows("SELECT COLUMN_NAME || ' ' || DATA_TYPE FROM INFORMATION_SCHEMA.COLUMNS"
                        + " WHERE TABLE_SCHEMA = 'PUBLIC' AND TABLE_NAME = '" + table + "' ORDER BY 1");
    }

    private Set<String> visible(int node) throws SQLException {
        Set<String> found = new TreeSet<>();
        for (String column : columns(node)) {
            found.addAll(nodes.get(node).rows("SELECT " + name(column) + " FROM " + table));
        }
        return found;
    }

    private static String name(String column) {
        return column.substring(0, column.indexOf(' '));
    }

    /** Adds what other nodes have, as a person would who tidies up. */
    void giveEveryNodeEveryColumn() throws SQLException {
        Map<String, String> all = new LinkedHashMap<>();
        for (int node = 0; node < nodes.size(); node++) {
            for (String column : columns(node)) {
                all.putIfAbsent(name(column), column.contains("INTEGER") ? "INT" : "VARCHAR(80)");
            }
        }
        for (int node = 0; node < nodes.size() && !all.isEmpty(); node++) {
            execute(node, create());
            for (Map.Entry<String, String> column : all.entrySet()) {
                execute(node, alter("ADD COLUMN IF NOT EXISTS " + column.getKey() + " " + column.getValue()));
            }
        }
    }

    /** What two nodes have in the columns that both have. */
    List<String> differences() throws SQLException {
        List<String> differences = new ArrayList<>();
        for (int one = 0; one < nodes.size(); one++) {
            for (int other = one + 1; other < nodes.size(); other++) {
                List<String> common = new ArrayList<>(columns(one));
                common.retainAll(columns(other));
                if (!common.isEmpty()) {
                    String query = "SELECT "
                            + String.join(
                                    ", ",
                                    common.stream().map(MigrationHistory::name).toList()) + " FROM " + table
                            + " ORDER BY ID";
                    List<String> first = nodes.get(one).rows(query);
                    List<String> second = nodes.get(other).rows(query);
                    if (!first.equals(second)) {
                        differences.add(common + " " + nodes.get(one).name() + " " + first + ", "
                                + nodes.get(other).name() + " " + second);
                    }
                }
            }
        }
        return differences;
    }

    /** The values that nobody replaced or dropped everywhere and that are nowhere to be found. */
    List<String> lost(String kept) throws SQLException {
        Set<String> visible = new TreeSet<>();
        for (int node = 0; node < nodes.size(); node++) {
            visible.addAll(visible(node));
        }
        return values.stream()
                .filter(written -> !written.superseded && written.dropped.size() < nodes.size())
                .filter(written -> !visible.contains(written.value) && !kept.contains(written.value))
                .map(written -> written.value + " of row " + written.id + ", written by "
                        + nodes.get(written.node).name() + " in round " + written.round)
                .toList();
    }

    @Override
    public String toString() {
        return table + "\n" + String.join("\n", steps);
    }
}

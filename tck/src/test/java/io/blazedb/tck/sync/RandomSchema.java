package io.blazedb.tck.sync;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tables with constraints of every kind, and random statements that keep to them one by one; what concurrent ones break
 * is for the merge. Every history has keys and unique values of its own, so many of them share the tables. For one
 * thread.
 */
final class RandomSchema {
    private static final int TABLES_MAX = 8;
    /** Keys and unique values of one history: few, so that they meet. */
    static final int VALUES = 3;

    private static final List<String> ACTIONS =
            List.of("", " ON DELETE CASCADE", " ON DELETE SET NULL", " ON DELETE SET DEFAULT");

    private final List<Made> tables = new ArrayList<>();
    private final Map<Made, List<String>> keys = new LinkedHashMap<>();
    private final Map<Made, List<String>> references = new LinkedHashMap<>();

    /**
     * @param keyed whether it has a primary key
     * @param pair name of the table that Q1, Q2 refer to, empty when there are no such columns
     */
    private record Made(String name, boolean keyed, String parent, String pair, boolean singly, boolean together) {}

    RandomSchema(String prefix, Random random) {
        int count = 2 + random.nextInt(TABLES_MAX - 1);
        for (int i = 0; i < count; i++) {
            String name = prefix + "T" + i;
            String parent = i == 0 || random.nextInt(4) == 0
                    ? name
                    : tables.get(random.nextInt(i)).name();
            List<String> pairs =
                    tables.stream().filter(Made::together).map(Made::name).toList();
            String pair = pairs.isEmpty() || random.nextBoolean() ? "" : pairs.get(random.nextInt(pairs.size()));
            tables.add(
                    new Made(name, random.nextInt(4) > 0, parent, pair, random.nextBoolean(), random.nextInt(3) > 0));
        }
        tables.forEach(table -> constrain(table, random));
    }

    /** The tables with all constraints. */
    List<String> creation() {
        return tables.stream()
                .map(table -> create(
                        table,
                        Stream.of(keys, references)
                                .flatMap(kind -> kind.getOrDefault(table, List.of()).stream())
                                .toList()))
                .toList();
    }

    /** The tables with no other constraint than their keys. */
    List<String> bareCreation() {
        return tables.stream().map(table -> create(table, List.of())).toList();
    }

    /** What makes of the bare tables those with all constraints. */
    List<String> constraints() {
        List<String> statements = new ArrayList<>();
        for (Map<Made, List<String>> kind : List.of(keys, references)) {
            kind.forEach((table, clauses) ->
                    clauses.forEach(clause -> statements.add("ALTER TABLE " + table.name() + " ADD " + clause)));
        }
        return statements;
    }

    private static String create(Made table, List<String> clauses) {
        return "CREATE TABLE " + table.name()
                + "(ID BIGINT " + (table.keyed() ? "PRIMARY KEY" : "NOT NULL UNIQUE")
                + ", U INT, V1 INT, V2 INT, P BIGINT, Q1 INT, Q2 INT, X INT, Y INT, N INT"
                + clauses.stream().map(clause -> ", " + clause).collect(Collectors.joining()) + ")";
    }

    private void constrain(Made table, Random random) {
        List<String> own = keys.computeIfAbsent(table, made -> new ArrayList<>());
        List<String> foreign = references.computeIfAbsent(table, made -> new ArrayList<>());
        foreign.add("FOREIGN KEY(P) REFERENCES " + table.parent() + "(ID)" + action(random));
        if (!table.pair().isEmpty()) {
            foreign.add("FOREIGN KEY(Q1, Q2) REFERENCES " + table.pair() + "(V1, V2)" + action(random));
        }
        if (table.singly()) {
            own.add("UNIQUE(U)");
        }
        if (table.together()) {
            own.add("UNIQUE(V1, V2)");
        }
        own.add("CHECK(X <= Y)");
    }

    private static String action(Random random) {
        return ACTIONS.get(random.nextInt(ACTIONS.size()));
    }

    /** One statement of a history. */
    String statement(int history, Random random) {
        Made table = near(tables.get(history % tables.size()), random);
        String where = " WHERE ID = " + value(history, random);
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> insert(table, history, random);
            case 4 -> "UPDATE " + table.name() + " SET U = " + value(history, random) + where;
            case 5 ->
                "UPDATE " + table.name() + " SET V1 = " + value(history, random) + ", V2 = " + random.nextInt(2)
                        + where;
            case 6 -> "UPDATE " + table.name() + " SET P = " + value(history, random) + where;
            case 7 -> "UPDATE " + table.name() + " SET P = NULL, Q1 = NULL" + where;
            case 8 ->
                "UPDATE " + table.name() + " SET Q1 = " + value(history, random) + ", Q2 = " + random.nextInt(2)
                        + where;
            case 9 -> "UPDATE " + table.name() + " SET X = " + random.nextInt(5) + where;
            case 10 ->
                "UPDATE " + table.name() + " SET N = " + random.nextInt(100) + ", Y = " + random.nextInt(5) + where;
            default -> "DELETE FROM " + table.name() + where;
        };
    }

    /** A table or one that it refers to: rows of a history are close together, so that they get in each other's way. */
    private Made near(Made table, Random random) {
        String name = switch (random.nextInt(4)) {
            case 0 -> table.parent();
            case 1 -> table.pair();
            default -> table.name();
        };
        return tables.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElse(table);
    }

    private static String insert(Made table, int history, Random random) {
        return "INSERT INTO %s VALUES(%d, %s, %s, %d, %s, %s, %d, %d, %d, 0)"
                .formatted(
                        table.name(),
                        value(history, random),
                        orNull(value(history, random), random),
                        orNull(value(history, random), random),
                        random.nextInt(2),
                        orNull(value(history, random), random),
                        table.pair().isEmpty() ? "NULL" : orNull(value(history, random), random),
                        random.nextInt(2),
                        random.nextInt(3),
                        2 + random.nextInt(3));
    }

    private static int value(int history, Random random) {
        return history * VALUES + random.nextInt(VALUES);
    }

    private static String orNull(int value, Random random) {
        return random.nextInt(5) == 0 ? "NULL" : String.valueOf(value);
    }

    /** Queries that find rows which break a constraint: nothing, when all is well. */
    List<String> violations() {
        List<String> queries = new ArrayList<>();
        for (Made table : tables) {
            String name = table.name();
            queries.add("SELECT C.* FROM " + name + " C WHERE P IS NOT NULL AND NOT EXISTS(SELECT 1 FROM "
                    + table.parent() + " A WHERE A.ID = C.P)");
            if (!table.pair().isEmpty()) {
                queries.add("SELECT C.* FROM " + name + " C WHERE Q1 IS NOT NULL AND Q2 IS NOT NULL AND NOT EXISTS("
                        + "SELECT 1 FROM " + table.pair() + " A WHERE A.V1 = C.Q1 AND A.V2 = C.Q2)");
            }
            if (table.singly()) {
                queries.add("SELECT U FROM " + name + " WHERE U IS NOT NULL GROUP BY U HAVING COUNT(*) > 1");
            }
            if (table.together()) {
                queries.add("SELECT V1, V2 FROM " + name
                        + " WHERE V1 IS NOT NULL AND V2 IS NOT NULL GROUP BY V1, V2 HAVING COUNT(*) > 1");
            }
            queries.add("SELECT * FROM " + name + " WHERE X > Y");
        }
        return queries;
    }

    /** The rows of a history as a node has them, table by table. */
    List<String> rows(Node node, int history) throws SQLException {
        List<String> all = new ArrayList<>();
        for (Made table : tables) {
            for (String row : node.rows("SELECT * FROM " + table.name() + " WHERE ID BETWEEN " + history * VALUES
                    + " AND " + (history * VALUES + VALUES - 1) + " ORDER BY ID")) {
                all.add(table.name() + "(" + row + ")");
            }
        }
        return all;
    }
}

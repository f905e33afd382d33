package io.blazedb.tck.sync;

import io.blazedb.tck.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A process that changes the schema of one of two synced databases, without end, until it is killed. The other one is
 * written to meanwhile, in the table that is altered and in one that is not.
 */
public final class MigrationChild {
    private static final int READY_ROUNDS = 2;

    private MigrationChild() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int run = Integer.parseInt(arguments[1]);
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            Thread writer = new Thread(() -> write(west), "west");
            writer.setDaemon(true);
            writer.start();
            for (int i = 0; ; i++) {
                migrate(east, "%d_%d".formatted(run, i));
                if (i == READY_ROUNDS) {
                    System.out.println("ready");
                }
            }
        }
    }

    private static void migrate(Node east, String name) throws SQLException {
        List<String> statements = List.of(
                "ALTER TABLE T ADD COLUMN C%s VARCHAR(20) DEFAULT 'c'",
                "ALTER TABLE T ADD COLUMN U%s UUID DEFAULT RANDOM_UUID()",
                "CREATE INDEX I%s ON T(C%1$s)",
                "UPDATE T SET C%s = 'new' WHERE ID < 5",
                "CREATE TABLE T%s(ID INT PRIMARY KEY, N INT)",
                "INSERT INTO T%s SELECT X, X FROM SYSTEM_RANGE(1, 20)",
                "ALTER TABLE T%s ALTER COLUMN N RENAME TO M",
                "ALTER TABLE T ALTER COLUMN C%s SET DATA TYPE VARCHAR(40)",
                "ALTER TABLE T DROP COLUMN U%s",
                "DROP INDEX IF EXISTS I%s",
                "ALTER TABLE T DROP COLUMN C%s");
        for (String statement : statements) {
            execute(east.connection(), statement.formatted(name));
        }
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        for (boolean done = false; !done; ) {
            try {
                Sql.execute(connection, statement);
                done = true;
            } catch (SQLException e) {
                if (!Retry.isInTheWay(e)) {
                    throw e;
                }
            }
        }
    }

    private static void write(Node west) {
        try {
            for (int i = 0; ; i++) {
                execute(west.connection(), "UPDATE W SET NOTE = 'w%d' WHERE ID = %d".formatted(i, 1 + i % 50));
                execute(west.connection(), "UPDATE T SET NOTE = 't%d' WHERE ID = %d".formatted(i, 101 + i % 50));
            }
        } catch (SQLException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}

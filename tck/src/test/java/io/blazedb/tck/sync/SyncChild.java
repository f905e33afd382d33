package io.blazedb.tck.sync;

import io.blazedb.tck.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/**
 * A process that has both databases open: {@code write} writes to both until it is killed, {@code number} takes keys
 * from an identity column until then, {@code hold} only holds them, {@code ddl} and {@code lost} do what the options of
 * their JVM make hard, say {@code done} and end.
 *
 * <p>Arguments: what to do, folder, file for the notes that were committed, number of the run.
 */
final class SyncChild {
    private static final int READY_ROUNDS = 150;
    private static final long WAIT_SECONDS_MAX = 20;

    private SyncChild() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            switch (arguments[0]) {
                case "write" -> write(east, west, Path.of(arguments[2]), Integer.parseInt(arguments[3]));
                case "number" -> number(west, Path.of(arguments[2]));
                case "hold" -> hold();
                case "ddl" -> ddl(east, west);
                case "lost" -> lost(east, west);
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
        System.out.println("done");
    }

    private static void hold() throws InterruptedException {
        System.out.println("ready");
        Thread.currentThread().join();
    }

    private static void write(Node east, Node west, Path progress, int run) throws Exception {
        Thread writer = new Thread(() -> forever(west, run), "west");
        writer.setDaemon(true);
        writer.start();
        for (int i = 0; ; i++) {
            String note = "e%d.%d".formatted(run, i);
            int id = 100 + run * 1_000_000 + i;
            east.execute("INSERT INTO T VALUES(%d, '%s')".formatted(id, note));
            Files.writeString(
                    progress,
                    note + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            east.execute("UPDATE T SET NOTE = 'r%d' WHERE ID = 1".formatted(i));
            if (i == READY_ROUNDS) {
                System.out.println("ready");
            }
        }
    }

    private static void number(Node west, Path progress) throws SQLException, IOException {
        try (PreparedStatement insert = west.connection()
                .prepareStatement("INSERT INTO T(NOTE) VALUES('x')", Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; ; i++) {
                insert.executeUpdate();
                try (ResultSet key = insert.getGeneratedKeys()) {
                    key.next();
                    Files.writeString(
                            progress,
                            key.getLong(1) + "\n",
                            StandardCharsets.UTF_8,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                }
                if (i == READY_ROUNDS) {
                    System.out.println("ready");
                }
            }
        }
    }

    private static void forever(Node west, int run) {
        try {
            for (int i = 0; ; i++) {
                try {
                    west.execute("MERGE INTO T VALUES(%d, 'w%d.%d')".formatted(2 + i % 50, run, i));
                } catch (SQLException e) {
                    if (!Retry.isInTheWay(e)) {
                        throw e;
                    }
                }
            }
        } catch (SQLException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    /** One thread has a transaction open on one connection, and changes the schema on another one. */
    private static void ddl(Node east, Node west) throws SQLException {
        System.out.println("ready");
        try (Connection other = east.another()) {
            for (int i = 0; i < 20; i++) {
                other.setAutoCommit(false);
                Sql.execute(other, "INSERT INTO T VALUES(%d, 'open')".formatted(1000 + i));
                east.execute("CREATE TABLE D%d(ID INT PRIMARY KEY)".formatted(i));
                east.execute("INSERT INTO D%d VALUES(1)".formatted(i));
                other.commit();
                east.execute("ALTER TABLE D%d ADD COLUMN N INT DEFAULT 3".formatted(i));
            }
            east.sync();
        }
        for (int i = 0; i < 20; i++) {
            expect("1|3", west.value("SELECT * FROM D" + i));
        }
        expect("20", west.value("SELECT COUNT(*) FROM T WHERE NOTE = 'open'"));
    }

    /** No SYNC here: it would ask. */
    private static void lost(Node east, Node west) throws SQLException, InterruptedException {
        System.out.println("ready");
        for (int i = 0; i < 3; i++) {
            east.execute("INSERT INTO T VALUES(%d, 'lost')".formatted(1000 + i));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
            while (west.rows("SELECT 1 FROM T WHERE ID = " + (1000 + i)).isEmpty()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("row " + i + " did not come within " + WAIT_SECONDS_MAX + " s");
                }
                Thread.onSpinWait();
            }
        }
    }

    private static void expect(String expected, String found) {
        if (!expected.equals(found)) {
            throw new IllegalStateException(found + " (expected: " + expected + ")");
        }
    }
}

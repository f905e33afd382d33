package io.blazedb.tck.sync;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;

/**
 * A process that writes rows to a table without a key of two synced databases, each row twice but for every third,
 * which loses its twin again, and alters the table now and then, until it is killed.
 *
 * <p>Arguments: folder, file for the notes that were committed and how many rows have them, beginning of the notes.
 */
final class NoKeyChild {
    private static final int READY_ROUNDS = 6;
    private static final int ALTERED_EVERY = 5;

    private NoKeyChild() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path progress = Path.of(arguments[1]);
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            for (int i = 0; ; i++) {
                String note = arguments[2] + "." + i;
                Node node = i % 2 == 0 ? east : west;
                write(node, "INSERT INTO T(N, NOTE) VALUES(%d, '%2$s'), (%1$d, '%2$s')".formatted(i, note));
                if (i % 3 == 0) {
                    node.sync();
                    write(node == east ? west : east, "DELETE FROM T WHERE NOTE = '" + note + "' FETCH FIRST ROW ONLY");
                }
                if (i % ALTERED_EVERY == 0) {
                    east.sync();
                    alter(east, west, arguments[2] + "_" + i);
                }
                Files.writeString(
                        progress,
                        note + "|" + (i % 3 == 0 ? 1 : 2) + "\n",
                        StandardCharsets.UTF_8,
                        StandardOpenOption.APPEND);
                if (i == READY_ROUNDS) {
                    System.out.println("ready");
                }
            }
        }
    }

    /** H2 loses what is written to a table while it is altered, so both have to have done it. */
    private static void alter(Node east, Node west, String column) throws SQLException {
        write(east, "ALTER TABLE T ADD COLUMN " + column + " INT DEFAULT 3");
        while (west.rows("SELECT 1 FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'T' AND COLUMN_NAME = UPPER('"
                        + column + "')")
                .isEmpty()) {
            Thread.onSpinWait();
        }
        write(east, "ALTER TABLE T DROP COLUMN " + column);
    }

    private static void write(Node node, String sql) throws SQLException {
        for (boolean done = false; !done; ) {
            try {
                node.execute(sql);
                done = true;
            } catch (SQLException e) {
                if (!Retry.isInTheWay(e)) {
                    throw e;
                }
            }
        }
    }
}

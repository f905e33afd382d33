package io.blazedb.testing;

import io.blazedb.internal.link.Lines;
import io.blazedb.sync.NodeId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Lets a test cut and delay what flows between two synced databases of its own process, as a bad network would.
 *
 * <p>Databases are named by any open connection to them. A cut line shows as {@code OFFLINE} in BLAZE.CONNECTIONS, and
 * {@code SYNC} over it times out; whatever is written meanwhile flows when the line is healed. For tests only: the
 * state is the process's, so tests that use it on the same databases must not run side by side. Safe for use by several
 * threads.
 */
public final class SyncLines {
    /** Longest delay. */
    public static final Duration DELAY_MAX = Duration.ofMinutes(10);

    private SyncLines() {}

    /** Nothing flows between the two any more, in neither direction. What is being applied at this moment still is. */
    public static void cut(Connection one, Connection other) throws SQLException {
        cutOneWay(one, other);
        cutOneWay(other, one);
    }

    /** Nothing flows from the one to the other any more; the way back is as it was. */
    public static void cutOneWay(Connection source, Connection target) throws SQLException {
        Lines.set(nodeOf(source), nodeOf(target), new Lines.Line(true, 0));
    }

    /**
     * Everything between the two arrives later by so much, in both directions; a cut line is joined again.
     *
     * @param delay 0 to {@link #DELAY_MAX}
     */
    public static void delay(Connection one, Connection other, Duration delay) throws SQLException {
        if (delay.isNegative() || delay.compareTo(DELAY_MAX) > 0) {
            throw new IllegalArgumentException("a delay of " + delay + " (expected: 0 to " + DELAY_MAX + ")");
        }
        Lines.Line line = new Lines.Line(false, delay.toMillis());
        Lines.set(nodeOf(one), nodeOf(other), line);
        Lines.set(nodeOf(other), nodeOf(one), line);
    }

    /** All lines of this process are whole and without delay. */
    public static void heal() {
        Lines.heal();
    }

    private static NodeId nodeOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT NODE_ID FROM BLAZE.STATUS")) {
            String id = row.next() ? row.getString(1) : null;
            if (id == null) {
                throw new IllegalArgumentException(
                        "The database of " + connection.getMetaData().getURL()
                                + " is no node yet (expected: one that is connected). Remedy: CONNECT TO ... first.");
            }
            return NodeId.parse(id);
        }
    }
}

package io.blazedb.tck;

import io.blazedb.tck.sync.TableComparison;
import io.blazedb.testing.SyncLines;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Synced databases and the lines between them, for tests of applications; see {@link SyncNetwork}. Numbers of databases
 * begin with 1. For one thread at a time.
 */
public final class SyncedDatabases implements AutoCloseable {
    /** Most databases of a network. */
    public static final int DATABASES_MAX = 16;

    private static final String HIDDEN =
            "SELECT TABLE_NAME, ROW_KEY, KIND FROM BLAZE.CONFLICTS WHERE STATUS = 'HIDDEN'";

    private final List<SyncedDatabase> all = new ArrayList<>();

    private SyncedDatabases() {}

    static SyncedDatabases open(Path folder, SyncNetwork wanted) throws SQLException {
        if (wanted.databases() < 2 || wanted.databases() > DATABASES_MAX) {
            throw new IllegalArgumentException(
                    wanted.databases() + " databases (expected: 2 to " + DATABASES_MAX + ")");
        }
        SyncedDatabases databases = new SyncedDatabases();
        try {
            for (int i = 1; i <= wanted.databases(); i++) {
                String name = "N" + i;
                databases.all.add(new SyncedDatabase(name, "jdbc:blaze:" + folder.resolve(name), wanted.settings()));
            }
            databases.connect(wanted);
            return databases;
        } catch (SQLException | RuntimeException e) {
            databases.close();
            throw e;
        }
    }

    private void connect(SyncNetwork wanted) throws SQLException {
        SyncedDatabase first = all.get(0);
        first.execute(wanted.schema());
        String[] words = wanted.pattern().split("\\s+HUB\\s+(?=\\S+$)", 2);
        first.execute("CREATE TOPOLOGY NET PATTERN CUSTOM");
        for (SyncedDatabase database : all) {
            int number = all.indexOf(database) + 1;
            boolean server = Arrays.stream(wanted.servers()).anyMatch(one -> one == number);
            String place = database == first ? "CURRENT DATABASE" : "AT '" + database.url() + "'";
            first.execute("ALTER TOPOLOGY NET ADD NODE " + database.name() + " " + place
                    + (server ? " ROLE SERVER" : " ROLE CLIENT"));
        }
        first.execute("ALTER TOPOLOGY NET SET PATTERN " + words[0] + (words.length == 2 ? " HUB " + words[1] : ""));
        sync();
    }

    /** The database of a number, from 1. */
    public SyncedDatabase at(int number) {
        return all.get(number - 1);
    }

    public List<SyncedDatabase> all() {
        return List.copyOf(all);
    }

    /** Nothing flows between these two any more, until {@link #heal}. */
    public void cut(int one, int other) throws SQLException {
        SyncLines.cut(at(one).connection(), at(other).connection());
    }

    /** Nothing flows from the one to the other any more, until {@link #heal}. */
    public void cutOneWay(int source, int target) throws SQLException {
        SyncLines.cutOneWay(at(source).connection(), at(target).connection());
    }

    /** Cuts one database off from all others. */
    public void isolate(int number) throws SQLException {
        for (int other = 1; other <= all.size(); other++) {
            if (other != number) {
                cut(number, other);
            }
        }
    }

    /** What flows between these two comes later by so much, until {@link #heal}. */
    public void delay(int one, int other, Duration delay) throws SQLException {
        SyncLines.delay(at(one).connection(), at(other).connection(), delay);
    }

    /** All lines are whole and fast again. */
    public void heal() {
        SyncLines.heal();
    }

    /** Waits until what was committed before is everywhere it can go. Cut lines make it time out. */
    public void sync() throws SQLException {
        for (int i = 1; i < all.size(); i++) { // a change may have to go from one end of a chain to the other
            for (SyncedDatabase database : all) {
                database.execute("SYNC");
            }
        }
    }

    /**
     * Waits until all have the same, and fails with what differs if they do not. Heals no line: do that before.
     *
     * @throws AssertionError with the tables and rows that differ, and what each database hides
     */
    public void assertConverged() throws SQLException {
        sync();
        StringBuilder problems = new StringBuilder();
        for (SyncedDatabase other : all.subList(1, all.size())) {
            for (String difference : TableComparison.differences(all.get(0).connection(), other.connection())) {
                problems.append("N1 and ")
                        .append(other.name())
                        .append(": ")
                        .append(difference)
                        .append('\n');
            }
        }
        if (!problems.isEmpty()) {
            for (SyncedDatabase database : all) {
                problems.append(database.name())
                        .append(" hides ")
                        .append(database.rows(HIDDEN))
                        .append('\n');
            }
            throw new AssertionError("The databases differ:\n" + problems);
        }
    }

    @Override
    public void close() throws SQLException {
        SyncLines.heal();
        for (SyncedDatabase database : all) {
            database.close();
        }
    }
}

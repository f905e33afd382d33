package io.blazedb.tck.crash;

import io.blazedb.BlazeConnection;
import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import io.blazedb.tck.sync.TableComparison;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The linked databases of one folder, all opened in this process: EAST and WEST, which write, and NORTH once it has
 * joined. One thread.
 */
final class LinkedNodes implements AutoCloseable {
    private static final String NORTH = "north";
    private static final List<String> AUTHORS = List.of("east", "west");

    private final Path folder;
    private final List<Connection> connections = new ArrayList<>();

    private LinkedNodes(Path folder) {
        this.folder = folder;
    }

    /** Makes the two that write. */
    static LinkedNodes create(Path folder) throws SQLException {
        LinkedNodes nodes = new LinkedNodes(folder);
        nodes.openAuthors();
        SharedTables.setUp(nodes.author(0));
        nodes.connect("west");
        Sql.execute(nodes.author(0), "SYNC");
        return nodes;
    }

    /** Opens all that are there, whatever was done to them. */
    static LinkedNodes open(Path folder) throws SQLException {
        LinkedNodes nodes = new LinkedNodes(folder);
        nodes.openAuthors();
        if (nodes.hasNorth()) {
            nodes.connections.add(Target.connect(nodes.url(NORTH)));
            if (!nodes.isNorthConnected()) {
                nodes.connect(NORTH); // the process died before the statement was done
            }
        }
        return nodes;
    }

    private void openAuthors() throws SQLException {
        for (String name : AUTHORS) {
            connections.add(Target.connect(url(name)));
        }
    }

    private String url(String name) {
        return Target.BLAZE_FILE.url(folder.resolve(name));
    }

    private boolean hasNorth() {
        return Files.exists(folder.resolve(NORTH + ".mv.db"));
    }

    private boolean isNorthConnected() throws SQLException {
        return !Sql.rows(author(0), "SELECT 1 FROM BLAZE.CONNECTIONS WHERE 'NORTH' IN (SOURCE, TARGET)")
                .isEmpty();
    }

    private void connect(String name) throws SQLException {
        Sql.execute(author(0), "CONNECT TO '" + url(name) + "' WITH (INTERVAL 1)");
    }

    /** NORTH gets its first copy from EAST while both authors write. */
    void joinNorth() throws SQLException {
        if (!hasNorth()) {
            connect(NORTH);
        }
    }

    Connection author(int author) {
        return connections.get(author);
    }

    /** Another connection to the database of an author. */
    Connection another(int author) throws SQLException {
        return Target.connect(url(AUTHORS.get(author)));
    }

    /** What these databases broke of their promises to their authors, who may not be writing. */
    List<String> faultsAtAuthors(Progress progress) throws SQLException {
        List<String> faults = new ArrayList<>();
        for (int author = 0; author < SharedTables.AUTHORS; author++) {
            Progress.Bounds bounds = progress.writer(author).bounds();
            long own = SharedCheck.ledger(author(author), author);
            if (own < bounds.acknowledged() || own > bounds.attempted()) {
                faults.add("%s has its own transactions up to %d (expected: %d to %d)"
                        .formatted(AUTHORS.get(author), own, bounds.acknowledged(), bounds.attempted()));
            }
            add(faults, "before SYNC, author " + author, SharedCheck.torn(author(author)));
            add(faults, "before SYNC, author " + author, SharedCheck.broken(author(author)));
        }
        return faults;
    }

    /** The same, and what they broke of their promises to each other: has them agree first. */
    List<String> faults(Progress progress) throws SQLException {
        List<String> faults = new ArrayList<>(faultsAtAuthors(progress));
        List<Long> last = new ArrayList<>();
        for (int author = 0; author < SharedTables.AUTHORS; author++) {
            last.add(SharedCheck.ledger(author(author), author));
        }
        for (int round = 1; round < connections.size(); round++) {
            for (Connection connection : connections) {
                Sql.execute(connection, "SYNC");
            }
        }
        faults.addAll(faultsAfterSync(last));
        return faults;
    }

    private List<String> faultsAfterSync(List<Long> last) throws SQLException {
        List<String> faults = new ArrayList<>();
        for (int node = 0; node < connections.size(); node++) {
            Connection connection = connections.get(node);
            String which = "after SYNC, node " + node;
            for (int author = 0; author < SharedTables.AUTHORS; author++) {
                long found = SharedCheck.ledger(connection, author);
                if (found != last.get(author)) {
                    faults.add(which + ": author " + author + " at " + found + " (expected: " + last.get(author) + ")");
                }
            }
            add(faults, which, SharedCheck.torn(connection));
            add(faults, which, SharedCheck.broken(connection));
            add(faults, which, SharedCheck.miscounted(connection));
            add(faults, which, TableComparison.differences(connections.get(0), connection));
            long repaired = connection.unwrap(BlazeConnection.class).divergenceRepaired();
            if (repaired != 0) {
                faults.add(which + ": " + repaired + " rows differed though nothing was on its way");
            }
        }
        return faults;
    }

    private static void add(List<String> faults, String which, List<String> found) {
        found.forEach(fault -> faults.add(which + ": " + fault));
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}

package io.blazedb.internal.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a database remembers of topologies, nodes and connections, in its schema BLAZE. The schema is made by the first
 * write; until then there is nothing to read. Every write is one transaction. Safe for use by several threads, as long
 * as nothing else uses the connection.
 */
public final class Catalog {
    /** Takes conflicts one by one. */
    public interface ConflictVisitor {
        void conflict(ConflictEntry conflict) throws SQLException;
    }

    private final Connection connection;
    private final WriteGuard guard;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean created;

    /** Reads and writes through a connection with H2's ADMIN right that is used for nothing else. */
    public Catalog(Connection engineConnection) {
        this(engineConnection, WriteGuard.NONE);
    }

    public Catalog(Connection engineConnection, WriteGuard guard) {
        this.connection = engineConnection;
        this.guard = guard;
    }

    /** Makes the schema BLAZE with its tables and views, or what is missing of it. */
    public static void create(Connection engineConnection) throws SQLException {
        BlazeSchema.create(engineConnection);
    }

    /** As {@link #create}, when it is not there yet. */
    public void createIfAbsent() throws SQLException {
        boolean absent;
        lock.lock();
        try {
            absent = !isCreated();
        } finally {
            lock.unlock();
        }
        if (absent) {
            write(() -> {});
        }
    }

    /** In the order of their names. */
    public List<Topology> topologies() throws SQLException {
        lock.lock();
        try {
            return isCreated() ? new TopologyRows(connection).read() : List.of();
        } finally {
            lock.unlock();
        }
    }

    public Optional<Topology> topology(String name) throws SQLException {
        return topologies().stream()
                .filter(topology -> Names.same(topology.name(), name))
                .findFirst();
    }

    /** The nodes of all topologies. */
    public List<NodeEntry> nodes() throws SQLException {
        return topologies().stream()
                .flatMap(topology -> topology.nodes().stream())
                .toList();
    }

    /** The connections of all topologies. */
    public List<ConnectionEntry> connections() throws SQLException {
        return topologies().stream()
                .flatMap(topology -> topology.connections().stream())
                .toList();
    }

    /** Puts a topology in the place of the one with its name, if there is one. */
    public void store(Topology topology) throws SQLException {
        write(() -> inTransaction(rows -> {
            rows.delete(topology.name());
            rows.insert(topology);
        }));
    }

    /** Forgets a topology; that there is none of this name is no error. */
    public void remove(String name) throws SQLException {
        write(() -> inTransaction(rows -> rows.delete(name)));
    }

    /**
     * Learns what another database knows of a topology that this one takes part in.
     *
     * @return whether that was new: then the links have to follow
     */
    public boolean adopt(Topology theirs) throws SQLException {
        if (isKnown(theirs)) {
            return false;
        }
        write(() -> inTransaction(rows -> {
            Topology merged = joined(theirs);
            rows.delete(merged.name());
            rows.insert(merged);
        }));
        return true;
    }

    private boolean isKnown(Topology theirs) throws SQLException {
        Optional<Topology> ours = topology(theirs.name());
        return ours.isPresent() && ours.get().mergedWith(theirs).equals(ours.get());
    }

    private Topology joined(Topology theirs) throws SQLException {
        return topology(theirs.name()).map(ours -> ours.mergedWith(theirs)).orElse(theirs);
    }

    /** Visits the conflicts, oldest first. The visitor must not call the catalogue. */
    public void conflicts(ConflictVisitor visitor) throws SQLException {
        lock.lock();
        try {
            if (!isCreated()) {
                return;
            }
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT * FROM BLAZE.BZ_CONFLICT ORDER BY ID")) {
                while (row.next()) {
                    visitor.conflict(conflict(row));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many conflicts nobody has resolved. */
    public long conflictsOpen() throws SQLException {
        lock.lock();
        try {
            if (!isCreated()) {
                return 0;
            }
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT COUNT(*) FROM BLAZE.BZ_CONFLICT WHERE STATUS <> 'RESOLVED'")) {
                row.next();
                return row.getLong(1);
            }
        } finally {
            lock.unlock();
        }
    }

    private static ConflictEntry conflict(ResultSet row) throws SQLException {
        return new ConflictEntry(
                row.getLong("ID"),
                row.getString("TABLE_SCHEMA"),
                row.getString("TABLE_NAME"),
                row.getString("ROW_KEY"),
                row.getString("COLUMN_NAME"),
                row.getString("KIND"),
                row.getString("LOCAL_VALUE"),
                row.getString("REMOTE_VALUE"),
                row.getString("WINNER"),
                row.getString("LOCAL_NODE"),
                row.getString("REMOTE_NODE"),
                row.getObject("DETECTED_AT", OffsetDateTime.class),
                row.getString("STATUS"));
    }

    private boolean isCreated() throws SQLException {
        created = created || BlazeSchema.exists(connection);
        return created;
    }

    private interface Work {
        void run() throws SQLException;
    }

    private interface RowWork {
        void run(TopologyRows rows) throws SQLException;
    }

    /**
     * Every write goes through here, and the first one makes the schema. The guard comes before the lock: it may wait
     * for a transaction of the application, which may be waiting to read here.
     */
    private void write(Work work) throws SQLException {
        guard.before();
        try {
            lock.lock();
            try {
                if (!isCreated()) {
                    BlazeSchema.create(connection);
                    created = true;
                }
                work.run();
            } finally {
                lock.unlock();
            }
        } finally {
            guard.after();
        }
    }

    private void inTransaction(RowWork work) throws SQLException {
        connection.setAutoCommit(false);
        boolean done = false;
        try {
            work.run(new TopologyRows(connection));
            connection.commit();
            done = true;
        } finally {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }
}

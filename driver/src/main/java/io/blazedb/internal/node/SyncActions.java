package io.blazedb.internal.node;

import io.blazedb.internal.catalog.Catalog;
import io.blazedb.internal.catalog.SyncMode;
import io.blazedb.sync.TableDefinition;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** What the statements of BlazeDB's language ask of one open database. Safe for use by several threads. */
public interface SyncActions {
    /** Who this database is. The first call makes it a node: identity, log, schema BLAZE. */
    NodeIdentity identity() throws SQLException;

    /** What this database remembers of topologies; reads and writes go through the engine's own connection. */
    Catalog catalog() throws SQLException;

    /**
     * Opens another database of this machine in this process, creating it when it is not there and the location does
     * not say {@code IFEXISTS=TRUE}.
     *
     * @throws SQLException ZB1xx when the location is malformed, cannot be created, is held by another process, refuses
     *     the user, or is this database itself
     */
    SyncPeer open(String location, Credentials credentials) throws SQLException;

    /**
     * Checks that the tables of both can be synced.
     *
     * @throws SQLException ZB403 naming table, column and both sides of the first difference
     */
    void checkTables(SyncPeer other, SyncMode mode) throws SQLException;

    /** Keeps how to sign in at a node's database, for the next time that it has to be opened. */
    void remember(String location, Credentials credentials) throws SQLException;

    /** What {@link #remember} kept for a location. */
    Optional<Credentials> remembered(String location) throws SQLException;

    /** Starts, stops, pauses and resumes links until they are what the catalogue says. Returns without waiting. */
    void catalogChanged() throws SQLException;

    /**
     * Waits until what was committed here before is applied at the peers, and what they had is applied here.
     *
     * @param node one peer, or all
     * @return nodes that were not waited for because they are paused
     * @throws SQLException ZB310 naming each node and what is missing
     */
    List<String> sync(Optional<String> node, Duration timeout) throws SQLException;

    /**
     * Compares tables with peers row by row, and repairs what differs when told so.
     *
     * @param tables answers for a schema and a table whether it is meant
     * @param node one peer, or all
     * @return what was found, by peer; a peer that could not be compared with has a reason instead
     */
    Map<String, PeerComparison> compare(
            BiPredicate<String, String> tables, Optional<String> node, boolean repair, Duration timeout)
            throws SQLException;

    /**
     * What comparing with one peer has found.
     *
     * @param notDone why it could not be compared with
     */
    record PeerComparison(List<TableComparison> tables, Optional<String> notDone) {}

    /**
     * Settles a conflict: a new write where one is needed, which travels.
     *
     * @param local whether the value of this database is to hold, or the one that came
     * @throws SQLException ZB404 when there is no such conflict, it is resolved, or what it is about is gone
     */
    void resolve(long conflict, boolean local) throws SQLException;

    /** The tables of applications as peers have them described, with their merge rules; those without a key, too. */
    List<TableDefinition> definitions() throws SQLException;

    /** Puts rules in the place of those that a table has. Works, and is remembered, before there is a connection. */
    void mergeRules(String schema, String table, List<MergeRules.Rule> rules) throws SQLException;

    /** How the links of this database are doing now. */
    List<LinkStatus> links();

    /** Each user table, and whether it is synced. */
    List<TableStatus> tables() throws SQLException;

    /** How this database as a whole is doing. */
    NodeStatus status() throws SQLException;

    /** Visits the operations in the log, oldest first. */
    void operations(OperationVisitor visitor) throws SQLException;

    /** Change sets that wait for others. */
    List<ParkedStatus> parked();

    /** A row of BLAZE.OPERATIONS. */
    interface OperationVisitor {
        void operation(OperationStatus operation) throws SQLException;
    }
}

package io.blazedb;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection of BlazeDB's driver: {@code connection.unwrap(BlazeConnection.class)}. As with any JDBC connection, one
 * thread uses it at a time.
 */
public interface BlazeConnection extends Connection {
    /**
     * How many rows were different from a peer's although both had seen the same, and were repaired: by {@code REPAIR
     * SYNC}, or by the comparison in the background. Counted for each connection between nodes since it was last
     * started, here added up. Whenever it is not 0, something wrote without BlazeDB, or there is a fault.
     */
    long divergenceRepaired() throws SQLException;

    /**
     * From now on the listener hears of what peers change in this database and of new conflicts, until it is removed or
     * this connection closes. Adding it again changes nothing.
     *
     * @throws SQLException when the connection is closed, or the database cannot be written
     */
    void addSyncListener(SyncListener listener) throws SQLException;

    /** The listener is not called again; a call under way ends by itself. One that was not added is no error. */
    void removeSyncListener(SyncListener listener) throws SQLException;

    /**
     * From now on the listener hears of what connections to this database commit, this one and others, until it is
     * removed or this connection closes. Adding it again changes nothing.
     *
     * @throws SQLException when the connection is closed, or the database cannot be written
     */
    void addChangeListener(ChangeListener listener) throws SQLException;

    /** The listener is not called again; a call under way ends by itself. One that was not added is no error. */
    void removeChangeListener(ChangeListener listener) throws SQLException;
}

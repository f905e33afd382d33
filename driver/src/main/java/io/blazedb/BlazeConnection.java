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
}

package io.blazedb;

import java.sql.Connection;

/**
 * A connection of BlazeDB's driver: {@code connection.unwrap(BlazeConnection.class)}. As with any JDBC connection, one
 * thread uses it at a time.
 */
public interface BlazeConnection extends Connection {}

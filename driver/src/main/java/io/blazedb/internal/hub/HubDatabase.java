package io.blazedb.internal.hub;

import io.blazedb.sync.internal.crypto.DatabaseMode;
import java.sql.SQLException;

/** A database of a hub while it is open. */
public sealed interface HubDatabase extends AutoCloseable permits BlindDatabase, SmartDatabase {
    String name();

    DatabaseMode mode();

    /** What it takes on the disk, in bytes. */
    long bytes() throws SQLException;

    @Override
    void close() throws SQLException;
}

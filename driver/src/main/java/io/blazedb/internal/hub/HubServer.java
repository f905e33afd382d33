package io.blazedb.internal.hub;

import java.net.URI;
import java.sql.SQLException;

/** The side of a running hub that clients see. Closing it says goodbye to them and takes no more. */
public interface HubServer extends AutoCloseable {
    /** Where it listens: {@code wss://host:port}. */
    URI address();

    @Override
    void close() throws SQLException;

    /** Begins to listen. */
    interface Factory {
        /**
         * Returns when clients can connect.
         *
         * @param port 0: any that is free
         */
        HubServer start(Hub hub, int port) throws SQLException;
    }
}

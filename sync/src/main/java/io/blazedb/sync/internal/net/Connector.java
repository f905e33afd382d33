package io.blazedb.sync.internal.net;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Makes one attempt to connect to a hub. */
@FunctionalInterface
public interface Connector {
    /**
     * Starts an attempt, and returns without waiting for it.
     *
     * @param opened who listens to the connection; called on a network thread once there is one, and may send at once
     * @return the connection after {@code opened} returned, or a failure that says why there is none
     */
    CompletableFuture<Connection> connect(HubAddress hub, Function<Connection, ConnectionListener> opened);
}

package io.blazedb.sync.internal.channel;

import io.blazedb.sync.internal.net.Connection;
import io.blazedb.sync.internal.net.ConnectionListener;
import io.blazedb.sync.internal.net.Endpoint;
import io.blazedb.sync.internal.net.HubAddress;
import io.blazedb.sync.internal.net.WebSocketServer;
import java.util.Queue;

/** A hub without channels: says what the test says. */
record RawEndpoint(Queue<RawPeer> accepted) implements Endpoint {
    static HubAddress address(WebSocketServer server) {
        return new HubAddress(true, "localhost", server.address().getPort(), "orders");
    }

    @Override
    public boolean serves(String database) {
        return true;
    }

    @Override
    public ConnectionListener accept(String database, Connection connection) {
        RawPeer peer = new RawPeer(connection);
        accepted.add(peer);
        return peer;
    }

    @Override
    public boolean isHealthy() {
        return true;
    }

    @Override
    public boolean isReady() {
        return true;
    }
}

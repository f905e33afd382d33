package io.blazedb.sync.internal.channel;

import io.blazedb.sync.internal.net.Connection;
import io.blazedb.sync.internal.net.ConnectionListener;
import io.blazedb.sync.internal.net.Endpoint;
import io.blazedb.sync.internal.net.NetLimits;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * Makes channels of a server's connections: what a {@link io.blazedb.sync.internal.net.WebSocketServer} gets as its
 * endpoint. Handshakes run on threads of their own, within the limits' number and queue. To be closed after the server.
 * Any thread may call it.
 */
public final class ChannelServer implements Endpoint, AutoCloseable {
    private final ChannelHost host;
    private final NetLimits limits;
    private final Clock wallClock;
    private final SecureRandom random;
    private final HandshakeThreads threads;

    /** @param wallClock against which tokens and memberships end */
    public ChannelServer(ChannelHost host, NetLimits limits, Clock wallClock, SecureRandom random) {
        this.host = host;
        this.limits = limits;
        this.wallClock = wallClock;
        this.random = random;
        threads = new HandshakeThreads(limits);
    }

    @Override
    public boolean serves(String database) {
        return host.database(database).isPresent();
    }

    @Override
    public ConnectionListener accept(String database, Connection connection) {
        ServedDatabase served = host.database(database)
                .orElseThrow(() -> new IllegalStateException("database " + database + " is not served any more"));
        var handshake = new ServerHandshake(
                served,
                connection,
                limits,
                threads,
                wallClock,
                random,
                why -> host.refused(database, connection.remoteAddress(), why));
        handshake.start();
        return handshake;
    }

    @Override
    public boolean isHealthy() {
        return host.isHealthy();
    }

    @Override
    public boolean isReady() {
        return host.isReady();
    }

    @Override
    public void close() {
        threads.close();
    }
}

package io.blazedb.sync.internal.channel;

import io.blazedb.sync.internal.net.Connection;
import io.blazedb.sync.internal.net.ConnectionListener;
import io.blazedb.sync.internal.net.Endpoint;
import io.blazedb.sync.internal.net.NetLimit;
import io.blazedb.sync.internal.net.NetLimits;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Makes channels of a server's connections: what a {@link io.blazedb.sync.internal.net.WebSocketServer} gets as its
 * endpoint. Handshakes run on threads of their own, within the limits' number and queue. To be closed after the server,
 * and before what handshakes ask: {@link #close} waits for those at work, {@link NetLimit#CLOSE_MILLIS_MAX} at most.
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
        this(host, limits, wallClock, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), random);
    }

    ChannelServer(ChannelHost host, NetLimits limits, Clock wallClock, LongSupplier nowMillis, SecureRandom random) {
        this.host = host;
        this.limits = limits;
        this.wallClock = wallClock;
        this.random = random;
        threads = new HandshakeThreads(limits, nowMillis);
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

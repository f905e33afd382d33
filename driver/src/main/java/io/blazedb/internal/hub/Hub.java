package io.blazedb.internal.hub;

import io.blazedb.SqlState;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The running hub: owns its directory, has all its databases open, and takes commands at its socket, until closed. What
 * clients see of it is a {@link HubServer}. Safe for several threads.
 */
public final class Hub implements AutoCloseable {
    private final HubDirectory directory;
    private final HubLock lock;
    private final Administration administration;
    private @Nullable ControlSocket control;
    private @Nullable HubServer server;
    private boolean closed;

    private Hub(HubDirectory directory, HubLock lock, Administration administration) {
        this.directory = directory;
        this.lock = lock;
        this.administration = administration;
    }

    /** Starts a hub that takes commands, and that no client can reach yet. */
    public static Hub start(Path data, HubContext context) throws SQLException {
        HubDirectory directory = HubDirectory.open(data);
        HubLock lock = HubLock.tryTake(directory).orElse(null);
        if (lock == null) {
            throw SqlState.DATABASE_HELD.error("The hub in " + directory.root() + " is held by "
                    + HubLock.holder(directory) + " (expected: nobody). Remedy: end that process first");
        }
        @Nullable Administration administration = null;
        boolean done = false;
        try {
            administration = Administration.open(directory, context);
            administration.openAll();
            Hub hub = new Hub(directory, lock, administration);
            hub.takeCommands();
            done = true;
            return hub;
        } finally {
            if (!done) {
                closeAfterFailure(administration, lock);
            }
        }
    }

    private static void closeAfterFailure(@Nullable Administration administration, HubLock lock) throws SQLException {
        try (lock) {
            if (administration != null) {
                administration.close();
            }
        }
    }

    private void takeCommands() throws SQLException {
        control = ControlSocket.open(directory, (request, output) -> administration.run(request, state(), output));
    }

    private synchronized String state() {
        return address().map(address -> "running " + address).orElse("running, this machine alone");
    }

    /** Lets clients in. */
    public synchronized URI listen(HubServer.Factory factory, int port) throws SQLException {
        if (closed || server != null) {
            throw new IllegalStateException("listen on a hub that listens or is closed");
        }
        HubServer started = factory.start(this, port);
        server = started;
        return started.address();
    }

    /** Where clients reach it. */
    public synchronized Optional<URI> address() {
        return Optional.ofNullable(server).map(HubServer::address);
    }

    public HubDirectory directory() {
        return directory;
    }

    public HubSettings settings() {
        return administration.settings();
    }

    public HubKeys keys() {
        return administration.keys();
    }

    public HubDatabases databases() {
        return administration.databases();
    }

    public TokenBook tokens() {
        return administration.tokens();
    }

    /** Says goodbye to clients, takes no more commands, and closes the databases; each step whatever the others do. */
    @Override
    public void close() throws SQLException {
        HubServer listening;
        ControlSocket socket;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            listening = server;
            socket = control;
        }
        try (lock;
                administration;
                socket;
                listening) {
            server = null;
        }
    }
}

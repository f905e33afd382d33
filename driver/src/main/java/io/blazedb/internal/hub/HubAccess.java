package io.blazedb.internal.hub;

import io.blazedb.SqlState;
import io.blazedb.sync.internal.wire.MalformedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How a command reaches a hub: through its socket while it runs, else by owning the directory itself for a moment. */
public final class HubAccess {
    private static final long WAIT_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_MILLIS = 20;

    private HubAccess() {}

    /**
     * Makes a new hub, and returns its pin.
     *
     * @param host the name by which clients will reach it
     * @param certificate its own, if it has one; otherwise the hub makes one when it listens
     */
    public static String init(Path data, String host, Optional<HubCertificate> certificate, HubContext context)
            throws SQLException {
        byte[] settings = HubSettings.fresh(host);
        HubDirectory directory = HubDirectory.make(data);
        HubLock lock = HubLock.tryTake(directory).orElseThrow(() -> held(directory));
        try (lock) {
            if (certificate.isPresent()) {
                certificate.get().install(directory);
            }
            HubKeys keys = context.keys().make(directory);
            TokenBook.open(directory.tokens(), 1).close();
            PrivateFiles.write(directory.settingsFile(), settings);
            return keys.pin();
        } catch (IOException e) {
            throw directory.failed(directory.settingsFile(), e);
        }
    }

    /** Has the request done by whoever owns the directory. */
    public static void run(Path data, HubRequest request, HubContext context, HubOutput output) throws SQLException {
        HubDirectory directory = HubDirectory.open(data);
        int bytes = ControlMessages.bytes(request);
        if (bytes > ControlMessages.MESSAGE_BYTES_MAX) {
            throw SqlState.BAD_ARGUMENT.error("The command has " + bytes + " bytes (expected: <= "
                    + ControlMessages.MESSAGE_BYTES_MAX + "). Nothing was done. Remedy: give the SQL in pieces");
        }
        long end = System.nanoTime() + WAIT_NANOS_MAX;
        while (true) {
            Optional<HubLock> own = HubLock.tryTake(directory);
            if (own.isPresent()) {
                runAlone(own.get(), directory, request, context, output);
                return;
            }
            if (ask(directory, request, output)) {
                return;
            }
            if (System.nanoTime() > end) {
                throw held(directory);
            }
            pause();
        }
    }

    private static void runAlone(
            HubLock lock, HubDirectory directory, HubRequest request, HubContext context, HubOutput output)
            throws SQLException {
        try (lock;
                Administration administration = Administration.open(directory, context)) {
            administration.run(request, "stopped", output);
        }
    }

    private static SQLException held(HubDirectory directory) {
        String holder;
        try {
            holder = HubLock.holder(directory);
        } catch (SQLException e) {
            holder = "another process";
        }
        return SqlState.DATABASE_HELD.error("The hub in " + directory.root() + " is held by " + holder
                + ", which takes no commands (expected: a running hub, or nobody). Remedy: wait until it is done");
    }

    private static void pause() throws SQLException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlState.HUB.error("The command was interrupted while it waited for the hub; nothing was done", e);
        }
    }

    /** Whether a hub was there to do it. */
    private static boolean ask(HubDirectory directory, HubRequest request, HubOutput output) throws SQLException {
        if (!Files.exists(directory.socket())) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            try {
                channel.connect(UnixDomainSocketAddress.of(directory.socket()));
            } catch (ConnectException e) {
                return false;
            }
            ControlMessages.sendRequest(channel, request);
            print(channel, output);
            return true;
        } catch (IOException | MalformedException e) {
            throw SqlState.NETWORK.error(
                    "The hub in " + directory.root() + " did not answer to the end: " + e.getMessage()
                            + ". Whether it did what was asked is not known. Remedy: hub status, and look",
                    e);
        }
    }

    private static void print(SocketChannel channel, HubOutput output)
            throws IOException, MalformedException, SQLException {
        while (true) {
            ControlMessages.Answer answer = ControlMessages.receiveAnswer(channel);
            switch (answer.kind()) {
                case OUT -> output.out().print(answer.text());
                case ERR -> output.err().print(answer.text());
                case DONE -> {
                    output.out().flush();
                    output.err().flush();
                    return;
                }
                case FAILED -> {
                    output.out().flush();
                    throw new SQLException(answer.text(), answer.state());
                }
            }
        }
    }
}

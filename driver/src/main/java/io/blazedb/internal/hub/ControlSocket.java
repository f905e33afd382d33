package io.blazedb.internal.hub;

import io.blazedb.SqlState;
import io.blazedb.sync.internal.wire.MalformedException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.UserPrincipal;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;

/**
 * The Unix socket {@code hub.sock}, where the running hub takes commands. Only one process at a time owns the directory
 * and writes in it: with a hub running it is the hub, and commands come to it. The alternative, a lock for each change
 * and both sides reading the files again, does not carry SQL, which needs the one open database, and would have two
 * writers for every file.
 *
 * <p>The socket lies in a directory that its owner alone may enter; beyond that the system tells who connects, and only
 * the directory's owner and root are served. At most {@value #COMMANDS_MAX} commands run at a time. A thread waits for
 * commands, and one more runs each.
 */
final class ControlSocket implements AutoCloseable {
    static final int COMMANDS_MAX = 16;
    private static final String ROOT = "root";

    private final HubDirectory directory;
    private final Handler handler;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> commands = ConcurrentHashMap.newKeySet();
    private final Thread accepting;

    /** Runs one request; what it throws is told to the command. */
    @FunctionalInterface
    interface Handler {
        void run(HubRequest request, HubOutput output) throws SQLException;
    }

    private ControlSocket(HubDirectory directory, Handler handler, ServerSocketChannel server) {
        this.directory = directory;
        this.handler = handler;
        this.server = server;
        this.accepting = new Thread(this::accept, "blaze-hub-control");
        accepting.setDaemon(true);
    }

    /** Of a directory that this process owns: a socket that is there was left by a hub that was killed. */
    static ControlSocket open(HubDirectory directory, Handler handler) throws SQLException {
        try {
            Files.deleteIfExists(directory.socket());
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            boolean done = false;
            try {
                server.bind(UnixDomainSocketAddress.of(directory.socket()));
                ControlSocket socket = new ControlSocket(directory, handler, server);
                socket.accepting.start();
                done = true;
                return socket;
            } finally {
                if (!done) {
                    server.close();
                }
            }
        } catch (IOException e) {
            throw directory.failed(directory.socket(), e);
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel command = server.accept();
                commands.add(command);
                Thread thread = new Thread(() -> serve(command), "blaze-hub-command");
                thread.setDaemon(true);
                thread.start();
            } catch (AsynchronousCloseException e) {
                return;
            } catch (IOException e) {
                System.err.println("The hub takes no more commands at " + directory.socket() + ": " + e.getMessage()
                        + ". Remedy: start it again");
                return;
            }
        }
    }

    /** A command that goes away takes its answer with it; whatever it asked for is done or not, as if it had waited. */
    private void serve(SocketChannel command) {
        try (command) {
            ControlMessages.sendAnswer(command, answer(command));
        } catch (IOException gone) {
            // Nobody is there to be told.
        } finally {
            commands.remove(command);
        }
    }

    private ControlMessages.Answer answer(SocketChannel command) throws IOException {
        if (!isAllowed(command)) {
            return failure(SqlState.NO_RIGHT.error(
                    "Another user's command (expected: of the owner of " + directory.root() + ", or root)"));
        }
        if (commands.size() > COMMANDS_MAX) {
            return failure(SqlState.HUB.error("The hub runs " + COMMANDS_MAX + " commands (expected: fewer). Remedy:"
                    + " wait until one of them is done"));
        }
        PrintWriter out = writer(command, ControlMessages.Kind.OUT);
        PrintWriter err = writer(command, ControlMessages.Kind.ERR);
        try {
            handler.run(ControlMessages.receiveRequest(command), new HubOutput(out, err));
            return new ControlMessages.Answer(ControlMessages.Kind.DONE, "", "");
        } catch (MalformedException e) {
            return failure(SqlState.HUB.error("The hub does not understand the command: " + e.getMessage(), e));
        } catch (SQLException e) {
            return failure(e);
        } catch (RuntimeException e) {
            e.printStackTrace();
            return failure(SqlState.HUB.error("The hub failed: " + e + ". Remedy: see its log", e));
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static PrintWriter writer(SocketChannel command, ControlMessages.Kind kind) {
        return new PrintWriter(new BufferedWriter(new AnswerWriter(command, kind)), false);
    }

    private static ControlMessages.Answer failure(SQLException failure) {
        return new ControlMessages.Answer(
                ControlMessages.Kind.FAILED,
                Objects.requireNonNullElse(failure.getSQLState(), SqlState.HUB.code()),
                String.valueOf(failure.getMessage()));
    }

    private boolean isAllowed(SocketChannel command) throws IOException {
        if (!command.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return true;
        }
        UserPrincipal user =
                command.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        return user.getName().equals(ROOT) || user.equals(Files.getOwner(directory.root()));
    }

    @Override
    public void close() throws SQLException {
        try {
            server.close();
            for (SocketChannel command : commands) {
                command.close();
            }
            Files.deleteIfExists(directory.socket());
        } catch (IOException e) {
            throw directory.failed(directory.socket(), e);
        }
    }
}

package io.blazedb.sync.internal.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Stands between a client and a server on this machine, and does to their bytes what networks do. What it does in one
 * direction is said by that direction's {@link Way}; it holds for connections that are there and for new ones. Any
 * thread may call it.
 */
public final class ChaosProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InetSocketAddress target;
    private final ServerSocket listening;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Way toServer = new Way();
    private final Way toClient = new Way();
    private volatile boolean refusing;

    /** What happens to bytes in one direction; as long as nothing is said, they pass. */
    public static final class Way {
        private long latencyMillis;
        private int pieceBytes = BUFFER_BYTES;
        private long budgetBytes = Long.MAX_VALUE;
        private boolean swallowing;
        private boolean swallowed;
        private long passedBytes;

        /** Every piece arrives this much later. */
        public synchronized void delay(long millis) {
            latencyMillis = millis;
        }

        /** Bytes leave in pieces of at most this size, each in a packet of its own. */
        public synchronized void cutIntoPiecesOf(int bytes) {
            pieceBytes = bytes;
        }

        /** So many more bytes pass, then none: neither lost nor read, so that the sender is slowed down. */
        public synchronized void stallAfter(long bytes) {
            budgetBytes = bytes;
            notifyAll();
        }

        /** Bytes pass again. */
        public void flow() {
            stallAfter(Long.MAX_VALUE);
        }

        /** Bytes vanish from here on, and nobody is told: the connection is half open. */
        public synchronized void swallow() {
            swallowing = true;
            budgetBytes = Long.MAX_VALUE;
            notifyAll();
        }

        /** How many bytes came through so far. */
        public synchronized long passedBytes() {
            return passedBytes;
        }

        /** Whether the leave that {@link #stallAfter} gave is used up, or none is needed. */
        public synchronized boolean isDry() {
            return budgetBytes == 0 || budgetBytes == Long.MAX_VALUE;
        }

        private synchronized boolean heal() {
            boolean lost = swallowed;
            latencyMillis = 0;
            pieceBytes = BUFFER_BYTES;
            budgetBytes = Long.MAX_VALUE;
            swallowing = false;
            swallowed = false;
            notifyAll();
            return lost;
        }

        /** Waits for leave to pass on, and says how many bytes may. */
        private synchronized int take(int bytes, Link link) throws InterruptedException {
            while (budgetBytes == 0 && link.open) {
                wait();
            }
            int taken = (int) Math.min(Math.min(bytes, pieceBytes), budgetBytes);
            budgetBytes -= budgetBytes == Long.MAX_VALUE ? 0 : taken;
            return taken;
        }

        /** Waits out the latency; false if the bytes are lost. */
        private synchronized boolean arrives(int bytes, Link link) throws InterruptedException {
            long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(latencyMillis);
            for (long left = due - System.nanoTime(); left > 0 && link.open; left = due - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            swallowed |= swallowing;
            passedBytes += swallowing ? 0 : bytes;
            return !swallowing;
        }

        /** Whether the end of a connection vanishes like its bytes. */
        private synchronized boolean swallowsEnd() {
            swallowed |= swallowing;
            return swallowing;
        }

        private synchronized void wake() {
            notifyAll();
        }
    }

    /** One connection through the proxy: two sockets and a thread each way. */
    private final class Link {
        private final Socket client;
        private final Socket server;
        private volatile boolean open = true;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void start() {
            start("chaos-to-server", client, server, toServer);
            start("chaos-to-client", server, client, toClient);
        }

        private void start(String name, Socket from, Socket to, Way way) {
            Thread thread = new Thread(() -> pump(from, to, way), name);
            thread.setDaemon(true);
            thread.start();
        }

        private void pump(Socket from, Socket to, Way way) {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    for (int at = 0; at < read && open; ) {
                        int bytes = way.take(read - at, this);
                        if (way.arrives(bytes, this)) {
                            out.write(buffer, at, bytes);
                        }
                        at += bytes;
                    }
                }
                if (!way.swallowsEnd()) {
                    to.shutdownOutput();
                }
            } catch (IOException e) {
                if (!open || !way.swallowsEnd()) {
                    end(true); // One side reset or closed: so does the proxy towards the other.
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                end(true);
            }
        }

        /** With a reset both ends get an error, else an end of the stream. */
        void end(boolean reset) {
            open = false;
            links.remove(this);
            toServer.wake();
            toClient.wake();
            for (Socket socket : List.of(client, server)) {
                closeQuietly(socket, reset);
            }
        }
    }

    /** Starts to listen on a free port, and connects to the target for each connection it gets. */
    public ChaosProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "chaos-accept");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return listening.getLocalPort();
    }

    public Way toServer() {
        return toServer;
    }

    public Way toClient() {
        return toClient;
    }

    /** How many connections pass through now. */
    public int links() {
        return links.size();
    }

    /** Breaks all connections: both ends get a reset. New ones pass. */
    public void reset() {
        List.copyOf(links).forEach(link -> link.end(true));
    }

    /** The network is gone: bytes vanish both ways, and who connects gets a reset. */
    public void cut() {
        refusing = true;
        toServer.swallow();
        toClient.swallow();
    }

    /** All is well again; connections that lost bytes are reset, as TCP does when it cannot repair them. */
    public void heal() {
        boolean lostToServer = toServer.heal();
        boolean lostToClient = toClient.heal();
        if (lostToServer || lostToClient) {
            reset();
        }
        refusing = false;
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                if (refusing) {
                    closeQuietly(client, true);
                } else {
                    connect(client);
                }
            }
        } catch (IOException e) {
            List.copyOf(links).forEach(link -> link.end(true)); // The proxy was closed.
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        try {
            server.connect(target);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
        } catch (IOException e) {
            closeQuietly(server, true);
            closeQuietly(client, true); // There is no server: the client sees as much.
            return;
        }
        Link link = new Link(client, server);
        links.add(link);
        link.start();
    }

    private static void closeQuietly(Socket socket, boolean reset) {
        try {
            if (reset) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            // It was closed: what was wanted.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        List<Link> all = new ArrayList<>(links);
        all.forEach(link -> link.end(true));
    }
}

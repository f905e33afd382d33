package io.blazedb.sync.internal.channel;

import io.blazedb.sync.internal.net.CloseReason;
import io.blazedb.sync.internal.net.Connection;
import io.blazedb.sync.internal.net.ConnectionListener;
import io.blazedb.sync.internal.net.Connector;
import io.blazedb.sync.internal.net.HubAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Somebody inside the TLS of a node's connections: sees every message, and may put others in its place. */
final class Tap implements Connector {
    /** What somebody does to messages. */
    @FunctionalInterface
    interface Fault {
        /**
         * What goes on in place of a message.
         *
         * @param number from 1, of this direction of this connection
         */
        List<byte[]> insteadOf(byte[] message, int number);
    }

    static final Fault NONE = (message, number) -> List.of(message);

    private final Connector network;
    volatile Fault up = NONE;
    volatile Fault down = NONE;
    /** Whether connections after the first are left alone. */
    volatile boolean firstOnly;
    /** Messages of all connections, as the two ends sent them. */
    final AtomicInteger sentUp = new AtomicInteger();

    final AtomicInteger sentDown = new AtomicInteger();

    private final AtomicInteger connections = new AtomicInteger();

    Tap(Connector network) {
        this.network = network;
    }

    @Override
    public CompletableFuture<Connection> connect(HubAddress hub, Function<Connection, ConnectionListener> opened) {
        return network.connect(hub, connection -> {
            boolean faulty = connections.incrementAndGet() == 1 || !firstOnly;
            return new Down(opened.apply(new Up(connection, faulty)), faulty);
        });
    }

    private final class Up implements Connection {
        private final Connection connection;
        private final boolean faulty;
        private int number;

        Up(Connection connection, boolean faulty) {
            this.connection = connection;
            this.faulty = faulty;
        }

        @Override
        public synchronized boolean send(byte[] message) {
            sentUp.incrementAndGet();
            boolean taken = true;
            for (byte[] next : (faulty ? up : NONE).insteadOf(message, ++number)) {
                taken &= connection.send(next);
            }
            return taken;
        }

        @Override
        public boolean isWritable() {
            return connection.isWritable();
        }

        @Override
        public long backlogBytes() {
            return connection.backlogBytes();
        }

        @Override
        public int messageBytesMax() {
            return connection.messageBytesMax();
        }

        @Override
        public void admit() {
            connection.admit();
        }

        @Override
        public void pause() {
            connection.pause();
        }

        @Override
        public void resume() {
            connection.resume();
        }

        @Override
        public void close(CloseReason reason) {
            connection.close(reason);
        }

        @Override
        public String remoteAddress() {
            return connection.remoteAddress();
        }

        @Override
        public byte[] tlsBinding() {
            return connection.tlsBinding();
        }
    }

    private final class Down implements ConnectionListener {
        private final ConnectionListener listener;
        private final boolean faulty;
        private int number;

        Down(ConnectionListener listener, boolean faulty) {
            this.listener = listener;
            this.faulty = faulty;
        }

        @Override
        public void received(byte[] message) {
            sentDown.incrementAndGet();
            (faulty ? down : NONE).insteadOf(message, ++number).forEach(listener::received);
        }

        @Override
        public void writable() {
            listener.writable();
        }

        @Override
        public void stopping() {
            listener.stopping();
        }

        @Override
        public void closed(CloseReason reason, String detail) {
            listener.closed(reason, detail);
        }
    }
}

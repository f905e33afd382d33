package io.blazedb.sync.internal.channel;

import io.blazedb.sync.internal.net.CloseReason;
import io.blazedb.sync.internal.net.Connection;
import io.blazedb.sync.internal.net.ConnectionListener;
import io.blazedb.sync.internal.net.Connector;
import io.blazedb.sync.internal.net.HubAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One end of a connection without a channel, so that it can say anything; keeps what it gets. */
final class RawPeer implements ConnectionListener {
    final Connection connection;
    final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    RawPeer(Connection connection) {
        this.connection = connection;
    }

    static RawPeer connect(Connector network, HubAddress hub) throws Exception {
        RawPeer[] peer = new RawPeer[1];
        var unused = network.connect(hub, connection -> peer[0] = new RawPeer(connection))
                .get(Await.SECONDS_MAX, TimeUnit.SECONDS);
        return peer[0];
    }

    void send(byte[] message) {
        if (!connection.send(message)) {
            throw new AssertionError("not sent");
        }
    }

    byte[] message() throws InterruptedException {
        return Await.next("a message", messages);
    }

    /** How the connection ended, as the wire said it. */
    String end() throws Exception {
        return end.get(Await.SECONDS_MAX, TimeUnit.SECONDS);
    }

    @Override
    public void received(byte[] message) {
        messages.add(message);
    }

    @Override
    public void writable() {}

    @Override
    public void stopping() {}

    @Override
    public void closed(CloseReason reason, String detail) {
        end.complete(reason + ": " + detail);
    }
}

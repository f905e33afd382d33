package io.blazedb.sync.internal.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Servers and connections on this machine. */
final class TestNet {
    private TestNet() {}

    static TlsIdentity identity() {
        return SelfSignedCertificate.create(List.of("hub.example"), Instant.now(), new SecureRandom());
    }

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    static WebSocketServer serve(NetLimits limits, Endpoint endpoint) throws NetException {
        return WebSocketServer.start(limits, anyPort(), Optional.of(identity()), endpoint);
    }

    static WebSocketServer servePlain(NetLimits limits, Endpoint endpoint) throws NetException {
        return WebSocketServer.start(limits, anyPort(), Optional.empty(), endpoint);
    }

    static HubAddress hub(WebSocketServer server, String database) {
        return new HubAddress(true, "localhost", server.address().getPort(), database);
    }

    static HubAddress plainHub(int port, String database) {
        return new HubAddress(false, "127.0.0.1", port, database);
    }

    /** Connects and waits until both ends know. */
    static Recorder connect(Connector client, HubAddress hub)
            throws InterruptedException, ExecutionException, TimeoutException {
        Recorder[] recorder = new Recorder[1];
        var unused = client.connect(hub, connection -> recorder[0] = new Recorder(hub.database(), connection))
                .get(Await.SECONDS_MAX, TimeUnit.SECONDS);
        return recorder[0];
    }

    static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("blazedb-server")
                        || thread.getName().startsWith("blazedb-client"))
                .count();
    }
}

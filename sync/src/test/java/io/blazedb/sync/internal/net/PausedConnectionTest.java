package io.blazedb.sync.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that one side does not read from for longer than a silent peer would be borne. */
class PausedConnectionTest {
    private static final NetLimits LIMITS = NetLimits.defaults()
            .with(NetLimit.PING_MILLIS, 40)
            .with(NetLimit.CLOSE_MILLIS_MAX, 200)
            .with(NetLimit.SHUTDOWN_MILLIS_MAX, 50);

    private final TestEndpoint endpoint = new TestEndpoint();
    private final WebSocketServer server;
    private final WebSocketClient client;
    private final ChaosProxy proxy;

    PausedConnectionTest() throws IOException {
        server = TestNet.serve(LIMITS, endpoint);
        client = new WebSocketClient(LIMITS, Trust.pinnedAbove());
        proxy = new ChaosProxy(server.address());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
        server.close();
    }

    /** Both ends of a connection through the proxy, the server's paused. */
    private record Ends(Recorder here, Recorder there) {}

    private Ends paused() throws Exception {
        Recorder here = TestNet.connect(client, new HubAddress(true, "localhost", proxy.port(), "orders"));
        Recorder there = endpoint.next();
        here.connection.send(new byte[1]);
        there.message();
        there.connection.pause();
        return new Ends(here, there);
    }

    @Test
    void pausedSideNoticesThatItsPeerIsGone() throws Exception {
        Recorder there = paused().there();

        client.close();

        assertThat(there.reason()).isEqualTo(CloseReason.LOST);
    }

    @Test
    void pausedSideNoticesAPeerThatIsGoneAndLeftBytesUnread() throws Exception {
        Ends ends = paused();
        for (int i = 0; i < 100; i++) {
            Await.until("room", () -> ends.here().connection.send(new byte[10_000]));
        }
        assertThat(ends.there().messages).hasSizeLessThan(100);

        client.close();

        assertThat(ends.there().reason()).isEqualTo(CloseReason.LOST);
    }

    @Test
    void pausedSideIsNotTakenForSilent() throws Exception {
        try (RawClient clock = RawClient.tls(server.address().getPort(), "TLSv1.3")) {
            Ends ends = paused();
            clock.upgraded("orders");
            clock.send(true, RawClient.BINARY, 1);
            endpoint.next().connection.pause();
            for (int i = 0; i < 4 * LIMITS.of(NetLimit.MISSED_PINGS_MAX); i++) {
                assertThat(clock.read(RawClient.PING)).isPresent();
            }

            ends.there().connection.resume();

            ends.here().connection.send(new byte[2]);
            assertThat(ends.there().message()).hasSize(2);
            assertThat(ends.here().ending).isNotDone();
        }
    }
}

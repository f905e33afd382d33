package io.blazedb.sync.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections through a network that does what networks do. */
class ChaosTest {
    private static final NetLimits LIMITS = NetLimits.defaults()
            .with(NetLimit.BACKLOG_BYTES_MAX, 140_000)
            .with(NetLimit.CLOSE_MILLIS_MAX, 50)
            .with(NetLimit.SHUTDOWN_MILLIS_MAX, 50);

    /** Gives a silent peer up after 0.6 s. */
    private static final NetLimits IMPATIENT = LIMITS.with(NetLimit.PING_MILLIS, 150);

    private final TestEndpoint endpoint = new TestEndpoint();
    private final WebSocketServer server;
    private final WebSocketClient client;
    private final WebSocketClient impatient;
    private final ChaosProxy proxy;

    ChaosTest() throws IOException {
        server = TestNet.serve(LIMITS, endpoint);
        client = new WebSocketClient(LIMITS, Trust.pinnedAbove());
        impatient = new WebSocketClient(IMPATIENT, Trust.pinnedAbove());
        proxy = new ChaosProxy(server.address());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        impatient.close();
        proxy.close();
        server.close();
    }

    private HubAddress throughProxy() {
        return new HubAddress(true, "localhost", proxy.port(), "orders");
    }

    static Stream<Named<Consumer<ChaosProxy>>> weathers() {
        return Stream.of(
                Named.of("calm", proxy -> {}),
                Named.of("slow", proxy -> {
                    proxy.toServer().delay(3);
                    proxy.toClient().delay(3);
                }),
                Named.of("asymmetric", proxy -> {
                    proxy.toServer().delay(5);
                    proxy.toServer().cutIntoPiecesOf(1_000);
                }),
                Named.of("pieces", proxy -> {
                    proxy.toServer().cutIntoPiecesOf(7);
                    proxy.toClient().cutIntoPiecesOf(13);
                }),
                Named.of("stalls", proxy -> {
                    proxy.toServer().stallAfter(5_000);
                    proxy.toClient().stallAfter(10_000);
                }));
    }

    @ParameterizedTest
    @MethodSource("weathers")
    void thousandsOfMessagesKeepTheirOrder(Consumer<ChaosProxy> weather) throws Exception {
        Recorder here = TestNet.connect(client, throughProxy());
        Recorder there = endpoint.next();
        int messages = 3_000;
        weather.accept(proxy);

        Thread up = sender(here.connection, messages);
        Thread down = sender(there.connection, messages);
        Thread healer = new Thread(() -> {
            Await.until("the stall is felt", () -> proxy.toServer().isDry());
            Await.until("the other too", () -> proxy.toClient().isDry());
            proxy.heal();
        });
        healer.start();

        for (int i = 0; i < messages; i++) {
            assertThat(ByteBuffer.wrap(there.message()).getInt()).isEqualTo(i);
            assertThat(ByteBuffer.wrap(here.message()).getInt()).isEqualTo(i);
        }
        up.join();
        down.join();
        healer.join();
        assertThat(here.ending).isNotDone();
    }

    private static Thread sender(Connection connection, int messages) {
        Thread thread = new Thread(() -> {
            for (int i = 0; i < messages; i++) {
                byte[] message = ByteBuffer.allocate(4 + i % 50).putInt(0, i).array();
                Await.until("room", () -> connection.send(message));
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void singleBytesMakeWholeMessages() throws Exception {
        proxy.toServer().cutIntoPiecesOf(1);
        proxy.toClient().cutIntoPiecesOf(1);

        Recorder here = TestNet.connect(client, throughProxy());
        Recorder there = endpoint.next();
        for (int i = 0; i < 100; i++) {
            here.connection.send(ByteBuffer.allocate(4 + i).putInt(0, i).array());
        }

        for (int i = 0; i < 100; i++) {
            byte[] message = there.message();
            assertThat(message).hasSize(4 + i);
            assertThat(ByteBuffer.wrap(message).getInt()).isEqualTo(i);
        }
    }

    @Test
    void resetIsSeenAtBothEnds() throws Exception {
        Recorder here = TestNet.connect(client, throughProxy());
        Recorder there = endpoint.next();

        proxy.reset();

        assertThat(here.reason()).isEqualTo(CloseReason.LOST);
        assertThat(there.reason()).isEqualTo(CloseReason.LOST);
        Await.until("nothing is left", () -> server.connections() == 0 && proxy.links() == 0);
    }

    @Test
    void halfOpenConnectionIsNoticedAtBothEnds() throws Exception {
        Recorder here = TestNet.connect(impatient, throughProxy());
        Recorder there = endpoint.next();
        here.connection.send(new byte[1]);
        there.message();

        proxy.toClient().swallow(); // The other way still works.

        assertThat(here.reason()).isEqualTo(CloseReason.SILENT);
        assertThat(there.reason()).isEqualTo(CloseReason.LOST); // The client ended it.
    }

    @Test
    void connectingIntoNothingEnds() throws Exception {
        proxy.toClient().swallow();

        try (WebSocketClient hasty =
                new WebSocketClient(LIMITS.with(NetLimit.CONNECT_MILLIS_MAX, 200), Trust.pinnedAbove())) {
            var attempt = hasty.connect(throughProxy(), connection -> new Recorder("orders", connection));

            assertThatThrownBy(() -> attempt.get(Await.SECONDS_MAX, TimeUnit.SECONDS))
                    .hasMessageContaining("No connection to wss://localhost:")
                    .hasMessageContaining("within 200 ms");
        }
        proxy.heal();
        Await.until("nothing is left", () -> server.connections() == 0);
    }

    /** What the dialer reports: connections, and pauses. */
    private static final class Calls implements DialerListener {
        private final BlockingQueue<Recorder> opened = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> pauses = new LinkedBlockingQueue<>();

        @Override
        public ConnectionListener opened(HubAddress hub, Connection connection) {
            Recorder recorder = new Recorder(hub.database(), connection);
            opened.add(recorder);
            connection.send(new byte[] {1});
            return recorder;
        }

        @Override
        public void waiting(HubAddress hub, String reason, long millis) {
            pauses.add(hub.port() + " " + reason);
        }

        Recorder next() throws InterruptedException {
            Recorder recorder = opened.poll(Await.SECONDS_MAX, TimeUnit.SECONDS);
            if (recorder == null) {
                throw new AssertionError("No connection; pauses: " + pauses);
            }
            return recorder;
        }
    }

    @Test
    void dialerComesBackWhenTheNetworkDoes() throws Exception {
        Calls calls = new Calls();
        try (Dialer dialer = new Dialer(List.of(throughProxy()), impatient, calls, impatient.timer(), new Random(1))) {
            dialer.start();
            calls.next();
            assertThat(endpoint.next().message()).hasSize(1);

            proxy.cut();
            assertThat(calls.pauses.poll(Await.SECONDS_MAX, TimeUnit.SECONDS)).contains("SILENT");
            assertThat(calls.pauses.poll(Await.SECONDS_MAX, TimeUnit.SECONDS)).contains("No connection to");
            proxy.heal();

            calls.next();
            assertThat(endpoint.next().message()).hasSize(1);
        }
    }

    @Test
    void dialerMovesOnToTheNextHub() throws Exception {
        Calls calls = new Calls();
        WebSocketServer second = TestNet.serve(LIMITS, endpoint);
        List<HubAddress> hubs = List.of(throughProxy(), TestNet.hub(second, "orders"));
        try (second;
                Dialer dialer = new Dialer(hubs, impatient, calls, impatient.timer(), new Random(1))) {
            dialer.start();
            calls.next();
            endpoint.next();
            assertThat(second.connections()).isZero();

            proxy.cut();

            calls.next();
            assertThat(endpoint.next().message()).hasSize(1);
            assertThat(second.connections()).isEqualTo(1);
        }
    }
}

package io.blazedb.sync.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many may come, how long they may take, and what they may send before anybody knows them. */
class ServerLimitsTest {
    private static final NetLimits LIMITS =
            NetLimits.defaults().with(NetLimit.CLOSE_MILLIS_MAX, 50).with(NetLimit.SHUTDOWN_MILLIS_MAX, 50);

    private final TestEndpoint endpoint = new TestEndpoint();
    private final List<RawClient> clients = new ArrayList<>();
    private WebSocketServer server = start(LIMITS);

    private WebSocketServer start(NetLimits limits) {
        try {
            return TestNet.servePlain(limits, endpoint);
        } catch (NetException e) {
            throw new AssertionError(e);
        }
    }

    private void restart(NetLimits limits) {
        server.close();
        server = start(limits);
    }

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        server.close();
    }

    private RawClient connect() throws IOException {
        RawClient client = RawClient.plain(server.address().getPort());
        clients.add(client);
        return client;
    }

    private RawClient connectFrom(String address) throws IOException {
        RawClient client = RawClient.plainFrom(address, server.address().getPort());
        clients.add(client);
        return client;
    }

    /** A client that is let in, and has sent its first message. */
    private RawClient established() throws IOException, InterruptedException {
        RawClient client = connect().upgraded("orders");
        client.send(true, RawClient.BINARY, 1);
        endpoint.next().message();
        return client;
    }

    private void assertRefused(RawClient client) {
        assertThatThrownBy(() -> client.upgraded("orders")).isInstanceOf(IOException.class);
    }

    @Test
    void connectionsAreLimited() throws Exception {
        restart(LIMITS.with(NetLimit.CONNECTIONS_MAX, 3));
        RawClient first = established();
        established();
        established();

        assertRefused(connectFrom("127.0.0.2"));

        first.close();
        Await.until("one left", () -> server.connections() == 2);
        established();
    }

    @Test
    void connectionsOfOneAddressAreLimited() throws Exception {
        restart(LIMITS.with(NetLimit.ADDRESS_CONNECTIONS_MAX, 2));
        RawClient first = established();
        established();

        assertRefused(connect());
        connectFrom("127.0.0.2").upgraded("orders");
        endpoint.next();

        first.close();
        Await.until("one left", () -> server.connections() == 2);
        established();
        assertRefused(connect());
    }

    @Test
    void connectionsOfOneAddressInATimeAreLimited() throws Exception {
        restart(LIMITS.with(NetLimit.ADDRESS_CONNECTIONS_MAX, 1).with(NetLimit.ADDRESS_CONNECTS_PER_MINUTE_MAX, 1));
        for (int i = 0; i < 2; i++) {
            RawClient client = established();
            client.close();
            Await.until("it is gone", () -> server.connections() == 0);
        }

        assertRefused(connect());
        connectFrom("127.0.0.2").upgraded("orders");
    }

    @Test
    void halfOpenConnectionsAreLimited() throws Exception {
        restart(LIMITS.with(NetLimit.HALF_OPEN_MAX, 2));
        established();
        RawClient first = connect();
        RawClient second = connect().upgraded("orders");
        Await.until("both are counted", () -> server.halfOpen() == 2);

        assertRefused(connect());

        second.send(true, RawClient.BINARY, 1);
        Await.until("one is established", () -> server.halfOpen() == 1);
        connect().upgraded("orders");
        first.close();
        Await.until("it is no longer counted", () -> server.halfOpen() == 1 && server.connections() == 3);
    }

    @Test
    void halfOpenConnectionIsClosedWhenItsTimeIsUp() throws Exception {
        restart(LIMITS.with(NetLimit.FIRST_MESSAGE_MILLIS_MAX, 1_000));
        RawClient established = established();
        RawClient silent = connect();
        RawClient asking = connect();
        asking.write("GET /orders HTTP/1.1\r\n");
        RawClient mute = connect().upgraded("orders");
        RawClient stuttering = connect().upgraded("orders");
        stuttering.send(false, RawClient.BINARY, 1);
        stuttering.send(true, RawClient.PING, 0);

        assertThat(silent.read()).isEmpty();
        assertThat(asking.read()).isEmpty();
        assertThat(mute.read(RawClient.BINARY)).isEmpty();
        assertThat(stuttering.read(RawClient.BINARY)).isEmpty();
        Await.until("all four are gone", () -> server.connections() == 1);
        established.send(true, RawClient.PING, 0);
        assertThat(established.read(RawClient.PONG)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_023, 1_024})
    void handshakeUpToTheLimitIsRead(int bytes) throws Exception {
        restart(LIMITS.with(NetLimit.HANDSHAKE_BYTES_MAX, 1_024));

        assertThat(connect().ask(healthRequest(bytes))).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void handshakeBeyondTheLimitIsClosed() throws Exception {
        restart(LIMITS.with(NetLimit.HANDSHAKE_BYTES_MAX, 1_024));
        RawClient client = connect();
        client.write(healthRequest(1_025));

        assertThat(client.read()).isEmpty();
        Await.until("it is gone", () -> server.connections() == 0);
    }

    /** The request, then a message whose header has six bytes up to a payload of 125, and eight above. */
    @ParameterizedTest
    @ValueSource(ints = {1_024, 1_025})
    void strangerMaySayAsMuchAsTheLimitInAll(int bytes) throws Exception {
        restart(LIMITS.with(NetLimit.HANDSHAKE_BYTES_MAX, 1_024));
        endpoint.admitting = false;
        RawClient client = connect().upgraded("orders");
        int left = bytes
                - RawClient.upgradeRequest("/orders", ServerUpgrade.SUBPROTOCOL).length();

        client.send(true, RawClient.BINARY, 100);
        client.send(true, RawClient.BINARY, left - 106 - 8);

        Recorder there = endpoint.next();
        assertThat(there.message()).hasSize(100);
        if (bytes <= 1_024) {
            assertThat(there.message()).hasSize(left - 106 - 8);
            there.connection.admit();
            client.send(true, RawClient.BINARY, 20_000);
            assertThat(there.message()).hasSize(20_000);
        } else {
            assertThat(there.reason()).isEqualTo(CloseReason.LOST);
            assertThat(there.messages).isEmpty();
        }
    }

    private static String healthRequest(int bytes) {
        String head = "GET /health HTTP/1.1\r\nX: ";
        return head + "x".repeat(bytes - head.length() - 4) + "\r\n\r\n";
    }

    @Test
    void silentPeerIsGivenUp() throws Exception {
        restart(LIMITS.with(NetLimit.PING_MILLIS, 40));
        RawClient client = connect().upgraded("orders");
        client.send(true, RawClient.BINARY, 1);
        Recorder recorder = endpoint.next();

        int pings = 0;
        while (client.read(RawClient.PING).isPresent()) {
            pings++;
        }

        assertThat(pings).isEqualTo(LIMITS.of(NetLimit.MISSED_PINGS_MAX));
        assertThat(recorder.reason()).isEqualTo(CloseReason.SILENT);
    }

    @Test
    void peerThatAnswersPingsIsKept() throws Exception {
        restart(LIMITS.with(NetLimit.PING_MILLIS, 100));
        RawClient client = connect().upgraded("orders");
        client.send(true, RawClient.BINARY, 1);

        for (int i = 0; i < 2 * LIMITS.of(NetLimit.MISSED_PINGS_MAX); i++) {
            assertThat(client.read(RawClient.PING)).isPresent();
            client.send(true, RawClient.PONG, 0);
        }

        assertThat(server.connections()).isEqualTo(1);
    }
}

package io.blazedb.sync.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server lets in, and what it answers to everything else. */
class WebSocketServerTest {
    private static final String NOT_FOUND = "HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    private static final NetLimits LIMITS = NetLimits.defaults();

    private final TestEndpoint endpoint = new TestEndpoint();
    private WebSocketServer server = start(LIMITS);

    private WebSocketServer start(NetLimits limits) {
        try {
            return TestNet.serve(limits, endpoint);
        } catch (NetException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void nobodyIsThere() {
        assertThat(server.connections()).isZero();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawClient tls() throws Exception {
        return RawClient.tls(server.address().getPort(), "TLSv1.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "/%6Frders", "/or%64er%73"})
    void databaseIsTheDecodedPath(String path) throws Exception {
        try (RawClient client = tls()) {
            String head = client.upgrade(path, "other, blazedb.v1");

            assertThat(head).startsWith("HTTP/1.1 101 ").contains("sec-websocket-protocol: blazedb.v1");
            assertThat(endpoint.next().database).isEqualTo("orders");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/absent",
                "/",
                "//orders",
                "/orders/",
                "/orders?x=1",
                "/..",
                "/%2e%2e",
                "/a%2Fb",
                "/a%00b",
                "/a%ZZ",
                "/a%4",
                "/%C3%28",
                "/%E2%82",
                "/e%CC%81",
                "/a b",
                "http://localhost/orders",
                "/health",
                "/-a"
            })
    void otherPathIsNotThere(String path) throws Exception {
        boolean health = path.equals("/health");
        try (RawClient client = tls()) {
            String answer = client.ask(RawClient.upgradeRequest(path, "blazedb.v1"));

            assertThat(answer).startsWith(health ? "HTTP/1.1 200 " : NOT_FOUND);
            assertThat(endpoint.waiting()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "blazedb.v2", "blazedb.v10", "BLAZEDB.V1"})
    void otherSubprotocolIsNotThere(String subprotocol) throws Exception {
        try (RawClient client = tls()) {
            assertThat(client.ask(RawClient.upgradeRequest("/orders", subprotocol)))
                    .isEqualTo(NOT_FOUND);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /orders HTTP/1.1\r\n\r\n",
                "GET /health HTTP/1.0\r\n\r\n",
                "POST /health HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
                "GET /health HTTP/1.1\r\nContent-Length: 1\r\n\r\nx",
                "GET /health HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "GET  HTTP/1.1\r\n\r\n",
                "\u0001\u0002\u0003\r\n\r\n"
            })
    void otherRequestIsNotThere(String request) throws Exception {
        try (RawClient client = tls()) {
            assertThat(client.ask(request)).isEqualTo(NOT_FOUND);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-WebSocket-Version: 13, Sec-WebSocket-Version: 8",
        "Sec-WebSocket-Key, X-Key",
        "Connection: Upgrade, Connection: close",
        "Upgrade: websocket, Upgrade: h2c"
    })
    void otherUpgradeIsNotThere(String part, String instead) throws Exception {
        String request = RawClient.upgradeRequest("/orders", "blazedb.v1");
        assertThat(request).contains(part);
        try (RawClient client = tls()) {
            assertThat(client.ask(request.replace(part, instead))).isEqualTo(NOT_FOUND);
        }
    }

    @Test
    void healthAndReadinessAreTheOwners() throws Exception {
        assertThat(get("/health")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n{\"healthy\":true}\n");
        assertThat(get("/ready")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n{\"ready\":true}\n");

        endpoint.healthy = false;
        endpoint.ready = false;

        assertThat(get("/health")).startsWith("HTTP/1.1 503 ").endsWith("\r\n\r\n{\"healthy\":false}\n");
        assertThat(get("/ready"))
                .startsWith("HTTP/1.1 503 ")
                .contains("content-type: application/json")
                .endsWith("\r\n\r\n{\"ready\":false}\n");
    }

    private String get(String path) throws Exception {
        try (RawClient client = tls()) {
            return client.ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
    }

    @Test
    void olderTlsIsRefused() {
        assertThatThrownBy(() -> RawClient.tls(server.address().getPort(), "TLSv1.2"))
                .isInstanceOf(SSLException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /health HTTP/1.1\r\n\r\n", "\u0016\u0003\u0001\u00ff\u00ff garbage", "x"})
    void whatIsNoTlsIsClosed(String bytes) throws Exception {
        server.close();
        server = start(LIMITS.with(NetLimit.FIRST_MESSAGE_MILLIS_MAX, 300));
        try (RawClient client = RawClient.plain(server.address().getPort())) {
            client.write(bytes);

            while (client.read().isPresent()) {} // At most an alert of TLS.
        }
        Await.until("it is gone", () -> server.connections() == 0);
    }

    @Test
    void plainServerIsForThisMachine() {
        assertThatThrownBy(() ->
                        WebSocketServer.start(LIMITS, new InetSocketAddress("0.0.0.0", 0), Optional.empty(), endpoint))
                .isInstanceOf(NetException.class)
                .hasMessageStartingWith("Without TLS at 0.0.0.0:0 (expected: a certificate");
    }

    @Test
    void portInUseIsSaid() {
        assertThatThrownBy(() -> WebSocketServer.start(LIMITS, server.address(), Optional.empty(), endpoint))
                .isInstanceOf(NetException.class)
                .hasMessageContaining(
                        "Cannot listen at 127.0.0.1:" + server.address().getPort());
    }

    @Test
    void stoppedServerIsNotReadyAndTakesNobody() throws Exception {
        int port = server.address().getPort();

        server.stopAccepting();

        assertThat(server.isReady()).isFalse();
        assertThatThrownBy(() -> RawClient.tls(port, "TLSv1.3").upgraded("orders"))
                .isInstanceOf(IOException.class);
    }
}

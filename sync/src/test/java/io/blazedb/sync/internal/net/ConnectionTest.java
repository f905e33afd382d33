package io.blazedb.sync.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client and a server that talk over TLS, from the first message to the last call. */
class ConnectionTest {
    private static final NetLimits LIMITS =
            NetLimits.defaults().with(NetLimit.CLOSE_MILLIS_MAX, 500).with(NetLimit.SHUTDOWN_MILLIS_MAX, 200);
    private static final int MESSAGE_BYTES = LIMITS.of(NetLimit.MESSAGE_BYTES_MAX);

    private final TestEndpoint endpoint = new TestEndpoint();
    private final WebSocketServer server;
    private final WebSocketClient client;

    ConnectionTest() throws NetException {
        server = TestNet.serve(LIMITS, endpoint);
        client = new WebSocketClient(LIMITS, Trust.pinnedAbove());
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private Recorder connect() throws Exception {
        return TestNet.connect(client, TestNet.hub(server, "orders"));
    }

    private static byte[] numbered(int number, int bytes) {
        return ByteBuffer.allocate(bytes).putInt(0, number).array();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 65_535, 66_559, 66_560})
    void messagesPassBothWays(int bytes) throws Exception {
        Recorder here = connect();
        Recorder there = endpoint.next();
        byte[] question = new byte[bytes];
        byte[] answer = new byte[bytes];
        Arrays.fill(question, (byte) 7);

        assertThat(here.connection.send(question.clone())).isTrue();
        assertThat(there.message()).isEqualTo(question);
        assertThat(there.connection.send(answer)).isTrue();
        assertThat(here.message()).isEqualTo(answer);
    }

    @Test
    void longerMessageIsNotTaken() throws Exception {
        Connection connection = connect().connection;

        assertThat(connection.messageBytesMax()).isEqualTo(MESSAGE_BYTES);
        assertThatThrownBy(() -> connection.send(new byte[MESSAGE_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A message of 66561 bytes (allowed: 66560)");
    }

    @Test
    void messagesOfSeveralThreadsKeepTheirOrder() throws Exception {
        Recorder here = connect();
        Recorder there = endpoint.next();
        int each = 2_000;

        Thread[] senders = new Thread[3];
        for (int sender = 0; sender < senders.length; sender++) {
            int base = sender * each;
            senders[sender] = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    byte[] message = numbered(base + i, 20);
                    Await.until("room", () -> here.connection.send(message));
                }
            });
            senders[sender].start();
        }

        int[] last = {-1, each - 1, 2 * each - 1};
        for (int i = 0; i < senders.length * each; i++) {
            int number = ByteBuffer.wrap(there.message()).getInt();
            assertThat(number).isEqualTo(++last[number / each]);
        }
        for (Thread sender : senders) {
            sender.join();
        }
    }

    @Test
    void bindingIsTheServersKeyAtBothEnds() throws Exception {
        Recorder here = connect();
        Recorder there = endpoint.next();

        assertThat(here.connection.tlsBinding()).hasSize(32).isEqualTo(there.connection.tlsBinding());
        assertThat(here.connection.tlsBinding()).isNotEqualTo(new byte[32]);
    }

    @Test
    void bindingDiffersThroughATerminator() throws Exception {
        try (TlsTerminator terminator = new TlsTerminator(server.address().getPort(), "TLSv1.3")) {
            Recorder here = TestNet.connect(client, new HubAddress(true, "localhost", terminator.port(), "orders"));
            Recorder there = endpoint.next();
            here.connection.send(new byte[] {1});

            assertThat(there.message()).isEqualTo(new byte[] {1}); // It is in the middle, and passes things on.
            assertThat(here.connection.tlsBinding())
                    .isEqualTo(terminator.spkiHash())
                    .isNotEqualTo(there.connection.tlsBinding());
        }
    }

    @Test
    void serverOfAnOlderTlsIsRefused() throws Exception {
        try (TlsTerminator old = new TlsTerminator(server.address().getPort(), "TLSv1.2")) {
            var attempt = client.connect(
                    new HubAddress(true, "localhost", old.port(), "orders"),
                    connection -> new Recorder("orders", connection));

            assertThatThrownBy(() -> attempt.get(Await.SECONDS_MAX, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(SSLException.class);
        }
    }

    @Test
    void bindingIsZerosWithoutTls() throws Exception {
        try (WebSocketServer plain = TestNet.servePlain(LIMITS, endpoint)) {
            Recorder here =
                    TestNet.connect(client, TestNet.plainHub(plain.address().getPort(), "orders"));

            assertThat(here.connection.tlsBinding()).isEqualTo(new byte[32]);
            assertThat(endpoint.next().connection.tlsBinding()).isEqualTo(new byte[32]);
            here.connection.close(CloseReason.NORMAL);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NORMAL", "GOING_AWAY", "REFUSED", "INTERNAL"})
    void closeSendsWhatWasTakenAndSaysWhy(CloseReason reason) throws Exception {
        Recorder here = connect();
        Recorder there = endpoint.next();
        for (int i = 0; i < 10; i++) {
            there.connection.send(numbered(i, MESSAGE_BYTES));
        }

        there.connection.close(reason);

        assertThat(here.reason()).isEqualTo(reason);
        assertThat(there.reason()).isEqualTo(reason);
        assertThat(here.messages).hasSize(10);
        assertThat(there.connection.send(new byte[1])).isFalse();
        assertThat(there.connection.isWritable()).isFalse();
    }

    @Test
    void nothingIsReceivedAfterClose() throws Exception {
        Recorder here = connect();
        Recorder there = endpoint.next();

        there.connection.close(CloseReason.NORMAL);
        here.connection.send(new byte[1]);

        there.reason();
        assertThat(there.messages).isEmpty();
    }

    @Test
    void serverThatClosesLetsItsOwnersSayGoodbye() throws Exception {
        TestEndpoint polite = new TestEndpoint((database, connection) -> new Recorder(database, connection) {
            @Override
            public void stopping() {
                connection.send(new byte[] {42});
                connection.close(CloseReason.GOING_AWAY);
            }
        });
        Recorder here;
        try (WebSocketServer other = TestNet.serve(LIMITS.with(NetLimit.SHUTDOWN_MILLIS_MAX, 60_000), polite)) {
            here = TestNet.connect(client, TestNet.hub(other, "orders"));
        }

        assertThat(here.message()).isEqualTo(new byte[] {42});
        assertThat(here.reason()).isEqualTo(CloseReason.GOING_AWAY);
    }

    @Test
    void serverThatClosesDoesNotWaitForEver() throws Exception {
        Recorder here = connect();
        Recorder there = endpoint.next();

        server.close();

        assertThat(there.stopping).isCompleted();
        assertThat(here.reason()).isEqualTo(CloseReason.GOING_AWAY);
        assertThat(there.reason()).isEqualTo(CloseReason.GOING_AWAY);
        assertThat(server.connections()).isZero();
    }

    @Test
    void serverClosesThoughAClientDoesNotRead() throws Exception {
        WebSocketServer plain = TestNet.servePlain(LIMITS, endpoint);
        try (RawClient raw = RawClient.plainAndSlow(plain.address().getPort()).upgraded("orders")) {
            Recorder there = endpoint.next();
            try (plain) {
                while (there.connection.isWritable()) {
                    there.connection.send(new byte[MESSAGE_BYTES]);
                }
            }

            assertThat(there.reason()).isEqualTo(CloseReason.GOING_AWAY);
            assertThat(plain.connections()).isZero();
            assertThat(raw.read()).isPresent();
        }
    }

    @Test
    void noThreadIsLeft() throws Exception {
        connect();
        endpoint.next();
        assertThat(TestNet.threads()).isPositive();

        client.close();
        server.close();

        Await.until("all threads ended", () -> TestNet.threads() == 0);
        assertThat(server.connections()).isZero();
    }
}

package io.blazedb.sync.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From frames to messages, and what ends a connection. */
class FrameTest {
    private static final int MESSAGE_BYTES = 2_000;
    private static final NetLimits LIMITS =
            NetLimits.defaults().with(NetLimit.MESSAGE_BYTES_MAX, MESSAGE_BYTES).with(NetLimit.CLOSE_MILLIS_MAX, 50);

    private final TestEndpoint endpoint = new TestEndpoint();
    private WebSocketServer server = start(LIMITS);

    private WebSocketServer start(NetLimits limits) {
        try {
            return TestNet.servePlain(limits, endpoint);
        } catch (NetException e) {
            throw new AssertionError(e);
        }
    }

    private RawClient connect() throws Exception {
        return RawClient.plain(server.address().getPort()).upgraded("orders");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, MESSAGE_BYTES - 1, MESSAGE_BYTES})
    void messageUpToTheLimitComesWhole(int length) throws Exception {
        try (RawClient client = connect()) {
            client.send(true, RawClient.BINARY, length);

            assertThat(endpoint.next().message()).hasSize(length);
        }
    }

    @Test
    void messageBeyondTheLimitEndsTheConnection() throws Exception {
        try (RawClient client = connect()) {
            client.send(true, RawClient.BINARY, MESSAGE_BYTES + 1);

            assertEnd(client, CloseReason.TOO_LARGE);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1000, 999", "1000, 1000", "0, 2000", "2000, 0"})
    void fragmentsUpToTheLimitAreOneMessage(int first, int second) throws Exception {
        try (RawClient client = connect()) {
            client.send(false, RawClient.BINARY, first);
            client.send(true, RawClient.PING, 3); // May stand between fragments.
            client.send(true, RawClient.CONTINUATION, second);
            client.send(true, RawClient.BINARY, 7);

            Recorder recorder = endpoint.next();
            assertThat(recorder.message()).hasSize(first + second);
            assertThat(recorder.message()).hasSize(7);
            assertThat(client.read(RawClient.PONG).orElseThrow().length()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, 1001", "2000, 1", "1, 2000"})
    void fragmentsBeyondTheLimitEndTheConnection(int first, int second) throws Exception {
        try (RawClient client = connect()) {
            client.send(false, RawClient.BINARY, first);
            client.send(false, RawClient.CONTINUATION, second);

            assertEnd(client, CloseReason.TOO_LARGE);
        }
    }

    @Test
    void textIsRefused() throws Exception {
        try (RawClient client = connect()) {
            client.send(true, RawClient.TEXT, 1);

            assertEnd(client, CloseReason.NOT_BINARY);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "82 01 00", // not masked
                "C2 81 01 02 03 04 00", // a reserved bit
                "83 81 01 02 03 04 00", // an unknown kind of data
                "8B 81 01 02 03 04 00", // an unknown kind of control
                "80 81 01 02 03 04 00", // continues nothing
                "02 81 01 02 03 04 00 82 81 01 02 03 04 00", // begins another in the midst of one
                "09 80 01 02 03 04", // a ping in parts
                "89 FE 00 80 01 02 03 04", // a ping too long
                "82 FF FF FF FF FF FF FF FF FF 01 02 03 04", // a negative length
                "88 81 01 02 03 04 00" // a farewell with half a code
            })
    void brokenFrameEndsTheConnection(String hex) throws Exception {
        try (RawClient client = connect()) {
            client.write(HexFormat.ofDelimiter(" ").parseHex(hex));

            Recorder recorder = endpoint.next();
            assertThat(recorder.reason()).isIn(CloseReason.PROTOCOL, CloseReason.TOO_LARGE);
            assertThat(recorder.messages).isEmpty();
            assertThat(client.read(RawClient.CLOSE).orElseThrow().closeCode()).isIn(1002, 1009);
        }
    }

    @Test
    void farewellIsAnswered() throws Exception {
        try (RawClient client = connect()) {
            client.write(new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xE9}); // 1001

            assertThat(client.read(RawClient.CLOSE)).isPresent();
            assertThat(client.read()).isEmpty();
            assertThat(endpoint.next().reason()).isEqualTo(CloseReason.GOING_AWAY);
        }
    }

    @Test
    void brokenConnectionIsLost() throws Exception {
        Recorder recorder;
        try (RawClient client = connect()) {
            client.send(true, RawClient.BINARY, 1);
            recorder = endpoint.next();
            recorder.message();
        }

        assertThat(recorder.reason()).isEqualTo(CloseReason.LOST);
    }

    @Test
    void listenerThatFailsEndsTheConnection() throws Exception {
        TestEndpoint failing = new TestEndpoint((database, connection) -> new Recorder(database, connection) {
            @Override
            public void received(byte[] message) {
                throw new IllegalStateException("of a secret nature");
            }
        });
        try (WebSocketServer other = TestNet.servePlain(LIMITS, failing);
                RawClient client = RawClient.plain(other.address().getPort()).upgraded("orders")) {
            client.send(true, RawClient.BINARY, 1);

            RawClient.Frame farewell = client.read(RawClient.CLOSE).orElseThrow();
            assertThat(farewell.closeCode()).isEqualTo(1011);
            assertThat(farewell.text()).endsWith("INTERNAL");
            assertThat(failing.next()
                            .ending
                            .get(Await.SECONDS_MAX, TimeUnit.SECONDS)
                            .detail())
                    .contains("of a secret nature");
        }
    }

    private void assertEnd(RawClient client, CloseReason reason) throws Exception {
        Recorder recorder = endpoint.next();
        assertThat(client.read(RawClient.CLOSE).orElseThrow().closeCode()).isEqualTo(reason.code());
        assertThat(recorder.reason()).isEqualTo(reason);
        assertThat(recorder.messages).isEmpty();
    }
}

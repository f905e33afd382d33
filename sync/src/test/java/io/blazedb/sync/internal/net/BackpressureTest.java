package io.blazedb.sync.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer that does not read slows its sender down, and costs no memory beyond the limit. */
class BackpressureTest {
    private static final int BACKLOG_BYTES = 300_000;
    private static final int MESSAGE_BYTES = 10_000;
    /** What the system keeps in the buffers of both sockets, at most: Linux grows them up to some megabytes. */
    private static final int SYSTEM_MESSAGES_MAX = (32 << 20) / MESSAGE_BYTES;

    private static final NetLimits LIMITS = NetLimits.defaults()
            .with(NetLimit.BACKLOG_BYTES_MAX, BACKLOG_BYTES)
            .with(NetLimit.CLOSE_MILLIS_MAX, 100)
            .with(NetLimit.SHUTDOWN_MILLIS_MAX, 100);

    private final TestEndpoint endpoint = new TestEndpoint();
    private final WebSocketServer server;
    private final WebSocketClient client;

    BackpressureTest() throws NetException {
        server = TestNet.servePlain(LIMITS, endpoint);
        client = new WebSocketClient(LIMITS, Trust.pinnedAbove());
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static byte[] numbered(int number) {
        return ByteBuffer.allocate(MESSAGE_BYTES).putInt(0, number).array();
    }

    /** Sends until nothing is taken and nothing moves any more; returns how many messages were taken. */
    private static int fill(Connection connection, int from) {
        int number = from;
        while (true) {
            assertThat(connection.backlogBytes()).isLessThanOrEqualTo(BACKLOG_BYTES);
            if (connection.send(numbered(number))) {
                number++;
                continue;
            }
            long before = connection.backlogBytes();
            if (!connection.isWritable() && connection.backlogBytes() == before && !connection.send(numbered(number))) {
                return number;
            }
        }
    }

    @Test
    void readerThatStopsIsWaitedFor() throws Exception {
        try (RawClient reader =
                RawClient.plainAndSlow(server.address().getPort()).upgraded("orders")) {
            Recorder sender = endpoint.next();
            int taken = fill(sender.connection, 0);

            assertThat(taken).isBetween(BACKLOG_BYTES / MESSAGE_BYTES - 1, SYSTEM_MESSAGES_MAX);
            int told = sender.writables.get();

            for (int number = 0; number < taken; number++) {
                RawClient.Frame frame = reader.read().orElseThrow();
                assertThat(frame.opcode()).isEqualTo(RawClient.BINARY);
                assertThat(frame.number()).isEqualTo(number);
            }
            Await.until("told of room", () -> sender.writables.get() > told);
            assertThat(sender.connection.isWritable()).isTrue();
            Await.until("all is sent", () -> sender.connection.backlogBytes() == 0);
        }
    }

    @Test
    void pausedListenerSlowsTheSender() throws Exception {
        Recorder reader =
                TestNet.connect(client, TestNet.plainHub(server.address().getPort(), "orders"));
        Recorder sender = endpoint.next();

        reader.connection.pause();
        int taken = fill(sender.connection, 0);
        int before = reader.messages.size();
        reader.connection.resume();

        assertThat(before).isLessThan(taken);
        for (int number = 0; number < taken; number++) {
            assertThat(ByteBuffer.wrap(reader.message()).getInt()).isEqualTo(number);
        }
        Await.until("told of room", () -> sender.writables.get() > 0);
    }

    @Test
    void pingsAreNotAnsweredBeyondWhatIsRead() throws Exception {
        int pings = 100_000;
        try (RawClient flood =
                RawClient.plainAndSlow(server.address().getPort()).upgraded("orders")) {
            byte[] hundred = new byte[100 * RawClient.frame(true, RawClient.PING, 125).length];
            for (int i = 0; i < 100; i++) {
                byte[] ping = RawClient.frame(true, RawClient.PING, 125);
                System.arraycopy(ping, 0, hundred, i * ping.length, ping.length);
            }
            for (int i = 0; i < pings / 100; i++) {
                flood.write(hundred);
            }
            flood.send(true, RawClient.BINARY, 1);

            Recorder recorder = endpoint.next();
            assertThat(recorder.message()).hasSize(1); // All pings before it were seen.
            recorder.connection.send(new byte[] {1});
            int pongs = 0;
            RawClient.Frame frame = flood.read().orElseThrow();
            for (; frame.opcode() == RawClient.PONG; frame = flood.read().orElseThrow()) {
                pongs++;
            }
            assertThat(frame.opcode()).isEqualTo(RawClient.BINARY);
            assertThat(pongs).isBetween(1, pings - 1);
        }
    }
}

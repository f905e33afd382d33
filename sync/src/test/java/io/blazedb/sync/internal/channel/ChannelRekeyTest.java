package io.blazedb.sync.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.internal.net.CloseReason;
import io.blazedb.sync.internal.net.NetLimit;
import io.blazedb.sync.internal.net.NetLimits;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Channels that live longer than their first keys. */
class ChannelRekeyTest {
    private static final NetLimits LIMITS =
            NetLimits.defaults().with(NetLimit.SHUTDOWN_MILLIS_MAX, 50).with(NetLimit.CLOSE_MILLIS_MAX, 500);
    private static final long KEY_MILLIS = Duration.ofMinutes(15).toMillis();

    private final TestHub hub;
    private final TestNode node;
    private final Recorder here;
    private final Recorder there;

    ChannelRekeyTest() throws Exception {
        hub = new TestHub(LIMITS);
        node = new TestNode(LIMITS, hub.trust()).with(hub.token());
        var unused = node.dial(hub.address());
        here = node.next();
        there = hub.next();
    }

    @AfterEach
    void close() {
        node.close();
        hub.close();
    }

    /** How many messages a frame of one byte takes. */
    private int up(int length) throws Exception {
        int before = node.tap.sentUp.get();
        assertThat(here.channel().send(20, new byte[length])).isTrue();
        assertThat(there.frame().payload()).hasSize(length);
        return node.tap.sentUp.get() - before;
    }

    private int down(int length) throws Exception {
        int before = node.tap.sentDown.get();
        assertThat(there.channel().send(20, new byte[length])).isTrue();
        assertThat(here.frame().payload()).hasSize(length);
        return node.tap.sentDown.get() - before;
    }

    @Test
    void eachDirectionReplacesItsKeyWhenItsTimeIsUp() throws Exception {
        var unused = here.channel();
        assertThat(up(1)).isEqualTo(1);
        assertThat(down(1)).isEqualTo(1);

        for (int key = 1; key <= 3; key++) {
            node.aheadMillis.addAndGet(KEY_MILLIS);
            assertThat(up(1)).as("with the end of a key before it").isEqualTo(2);
            assertThat(up(200_000)).isEqualTo(4);
            assertThat(down(1)).as("the other direction has its own key").isEqualTo(1);
        }
        for (int key = 1; key <= 3; key++) {
            hub.aheadMillis.addAndGet(KEY_MILLIS);
            assertThat(down(1)).isEqualTo(2);
            assertThat(down(200_000)).isEqualTo(4);
            assertThat(up(1)).isEqualTo(1);
        }

        here.channel().close(CloseReason.NORMAL);
        assertThat(there.end().inOrder()).isTrue();
    }

    @Test
    void keyServesUntilItsTimeIsUp() throws Exception {
        node.aheadMillis.addAndGet(KEY_MILLIS - Duration.ofMinutes(1).toMillis());

        assertThat(up(1)).isEqualTo(1);
    }
}

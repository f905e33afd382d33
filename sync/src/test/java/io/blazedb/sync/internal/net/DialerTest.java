package io.blazedb.sync.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hub is tried when, on a time that the test moves. */
class DialerTest {
    private static final List<HubAddress> HUBS = List.of(
            HubAddress.parse("wss://one.example/orders"),
            HubAddress.parse("wss://two.example/orders"),
            HubAddress.parse("wss://three.example/orders"));

    private final ManualTimer timer = new ManualTimer();
    private final List<HubAddress> tried = new ArrayList<>();
    private final List<Long> pauses = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<EndedConnection> opened = new ArrayList<>();
    /** Whether the network is there. */
    private boolean reachable;

    /** Attempts whose outcome the test decides later. */
    private boolean held;

    private final List<Runnable> outcomes = new ArrayList<>();
    private Dialer dialer = dialer(1);

    /** A connection of which only the end matters. */
    private static final class EndedConnection implements Connection {
        private final Function<Connection, ConnectionListener> opening;
        private final List<CloseReason> closes = new ArrayList<>();
        private final List<ConnectionListener> listeners = new ArrayList<>();

        EndedConnection(Function<Connection, ConnectionListener> opening) {
            this.opening = opening;
        }

        EndedConnection open() {
            listeners.add(opening.apply(this));
            return this;
        }

        void end(CloseReason reason) {
            listeners.get(0).closed(reason, "by the test");
        }

        @Override
        public boolean send(byte[] message) {
            return false;
        }

        @Override
        public boolean isWritable() {
            return false;
        }

        @Override
        public long backlogBytes() {
            return 0;
        }

        @Override
        public int messageBytesMax() {
            return 0;
        }

        @Override
        public void admit() {}

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void close(CloseReason reason) {
            closes.add(reason);
        }

        @Override
        public String remoteAddress() {
            return "test";
        }

        @Override
        public byte[] tlsBinding() {
            return new byte[32];
        }
    }

    private Dialer dialer(long seed) {
        return new Dialer(
                HUBS,
                this::connect,
                new DialerListener() {
                    @Override
                    public ConnectionListener opened(HubAddress hub, Connection connection) {
                        return new Recorder(hub.host(), connection);
                    }

                    @Override
                    public void waiting(HubAddress hub, String reason, long millis) {
                        pauses.add(millis);
                        reasons.add(reason);
                    }
                },
                timer,
                new Random(seed));
    }

    private CompletableFuture<Connection> connect(HubAddress hub, Function<Connection, ConnectionListener> opening) {
        tried.add(hub);
        CompletableFuture<Connection> result = new CompletableFuture<>();
        Runnable outcome = () -> {
            if (reachable) {
                EndedConnection connection = new EndedConnection(opening).open();
                opened.add(connection);
                result.complete(connection);
            } else {
                result.completeExceptionally(new NetException("not reachable"));
            }
        };
        if (held) {
            outcomes.add(outcome);
        } else {
            outcome.run();
        }
        return result;
    }

    @Test
    void hubsAreTriedInTheirOrderAgainAndAgain() {
        dialer.start();
        for (int i = 0; i < 6; i++) {
            assertThat(timer.tasks()).isEqualTo(1);
            timer.runNext();
        }

        assertThat(tried)
                .containsExactly(
                        HUBS.get(0), HUBS.get(1), HUBS.get(2), HUBS.get(0), HUBS.get(1), HUBS.get(2), HUBS.get(0));
        assertThat(reasons).hasSize(7).allMatch("not reachable"::equals);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void pausesGrowFromAFifthOfASecondToThirty(long seed) {
        dialer = dialer(seed);
        dialer.start();
        for (int i = 0; i < 300; i++) {
            timer.runNext();
        }

        long before = 200;
        for (long pause : pauses) {
            assertThat(pause).as("seed %d", seed).isBetween(200L, Math.min(30_000, 3 * before));
            before = pause;
        }
        assertThat(pauses).as("seed %d", seed).anyMatch(pause -> pause > 20_000);
        assertThat(pauses.stream().distinct().count()).as("seed %d", seed).isGreaterThan(250);
    }

    @Test
    void clientsThatLostOneHubDoNotComeBackTogether() {
        dialer.start();
        dialer(2).start();

        assertThat(pauses).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(longs = {29_999, 30_000})
    void connectionThatHeldMakesPausesShortAgain(long held) {
        dialer.start();
        while (pauses.get(pauses.size() - 1) < 5_000) {
            timer.runNext();
        }
        long before = pauses.get(pauses.size() - 1);
        reachable = true;
        timer.runNext();
        timer.pass(held);

        pauses.clear();
        boolean settled = held >= Dialer.SETTLED_MILLIS;
        opened.get(0).end(CloseReason.SILENT);

        assertThat(reasons.get(reasons.size() - 1)).isEqualTo("SILENT: by the test");
        assertThat(pauses.get(0)).isBetween(200L, settled ? 600 : Math.min(30_000, 3 * before));
        if (!settled) {
            assertThat(pauses.get(0)).isGreaterThan(600); // With this seed.
        }
    }

    @Test
    void lostConnectionIsReplacedAtTheNextHub() {
        reachable = true;
        dialer.start();
        assertThat(timer.tasks()).isZero();

        opened.get(0).end(CloseReason.SILENT);
        timer.runNext();

        assertThat(tried).containsExactly(HUBS.get(0), HUBS.get(1));
        assertThat(opened).hasSize(2);
        assertThat(timer.tasks()).isZero();
    }

    @Test
    void secondStartDoesNothing() {
        reachable = true;
        dialer.start();
        dialer.start();

        assertThat(tried).hasSize(1);
    }

    @Test
    void closedDialerTriesNoMore() {
        dialer.start();
        dialer.close();

        assertThat(timer.tasks()).isZero();
    }

    @Test
    void closedDialerClosesItsConnectionAndMakesNoOther() {
        reachable = true;
        dialer.start();
        dialer.close();
        opened.get(0).end(CloseReason.GOING_AWAY);

        assertThat(opened.get(0).closes).containsExactly(CloseReason.GOING_AWAY);
        assertThat(timer.tasks()).isZero();
        assertThat(pauses).isEmpty();
    }

    @Test
    void connectionThatComesAfterCloseIsClosed() {
        reachable = true;
        held = true;
        dialer.start();
        dialer.close();
        outcomes.get(0).run();

        assertThat(opened.get(0).closes).containsExactly(CloseReason.GOING_AWAY);
    }

    @Test
    void noHubIsRefused() {
        assertThatThrownBy(() -> new Dialer(
                        List.of(),
                        this::connect,
                        new DialerListener() {
                            @Override
                            public ConnectionListener opened(HubAddress hub, Connection connection) {
                                throw new AssertionError("no hub");
                            }

                            @Override
                            public void waiting(HubAddress hub, String reason, long millis) {
                                throw new AssertionError("no hub");
                            }
                        },
                        timer,
                        new Random(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No hub to connect to (expected: at least one)");
    }
}

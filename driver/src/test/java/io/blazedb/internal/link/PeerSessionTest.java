package io.blazedb.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.internal.log.LogTrimmedException;
import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.api.ErrorCode;
import org.h2.message.DbException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerSessionTest {
    private static final int SECONDS_MAX = 30;

    private final MemoryWires wires = new MemoryWires();
    private final Answers answers = new Answers();
    private PeerSession asking;
    private PeerSession answering;

    /** A number is answered with its double; what is thrown can be set. */
    private static final class Answers implements PeerSession.Answering {
        private final CompletableFuture<String> ended = new CompletableFuture<>();
        private final CountDownLatch pulling = new CountDownLatch(1);
        private final CountDownLatch mayGoOn = new CountDownLatch(1);
        private volatile @Nullable Exception failure;

        @Override
        public void answer(PeerRequest request, ByteReader in, ByteWriter out) throws Exception {
            if (request == PeerRequest.PULL) {
                pulling.countDown();
                mayGoOn.await();
            }
            Exception toThrow = failure;
            if (toThrow != null) {
                throw toThrow;
            }
            out.u64(2 * in.u64("number"));
        }

        @Override
        public void coming(PeerRequest request) {}

        @Override
        public void close(PeerRequest.Lane lane) {}

        @Override
        public void ended() {
            mayGoOn.countDown();
            ended.complete("ended");
        }
    }

    @BeforeEach
    void open() {
        asking = new PeerSession("asking", wires.one(), new Answers());
        answering = new PeerSession("answering", wires.other(), answers);
        wires.start(asking.receiver(), answering.receiver());
    }

    @AfterEach
    void close() {
        asking.close();
        answering.close();
    }

    private long ask(PeerRequest request, long number) {
        return asking.ask(request, out -> out.u64(number), in -> in.u64("number"));
    }

    private void assertThatOtherEndEnds() throws Exception {
        assertThat(answers.ended.get(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo("ended");
    }

    @Test
    void eachRequestGetsItsOwnAnswer() {
        for (long number = 0; number < 100; number++) {
            assertThat(ask(PeerRequest.EXACT_CLOCK, number)).isEqualTo(2 * number);
        }
    }

    /** A pull waits for news: what else is asked must not wait behind it. */
    @Test
    void aRequestThatTakesLongHoldsUpNoOther() throws Exception {
        CompletableFuture<byte[]> pull = asking.send(PeerRequest.PULL, out -> out.u64(1));
        assertThat(answers.pulling.await(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();

        assertThat(ask(PeerRequest.STANDING, 4)).isEqualTo(8);
        assertThat(ask(PeerRequest.PERFORM, 5)).isEqualTo(10);
        assertThat(pull).isNotDone();

        answers.mayGoOn.countDown();
        long pulled = asking.read(pull.get(SECONDS_MAX, TimeUnit.SECONDS), in -> in.u64("number"));
        assertThat(pulled).isEqualTo(2);
    }

    @Test
    void aFailureSaysWhatTheOtherOneHasToKnowAndNoMore() {
        answers.failure = new LogTrimmedException(3, 9);
        assertThatThrownBy(() -> ask(PeerRequest.STANDING, 1)).isInstanceOf(LogTrimmedException.class);

        answers.failure = DbException.get(ErrorCode.LOCK_TIMEOUT_1, "SECRET");
        assertThatThrownBy(() -> ask(PeerRequest.STANDING, 1))
                .isInstanceOfSatisfying(
                        DbException.class, e -> assertThat(Blocked.is(e)).isTrue())
                .hasMessageNotContaining("SECRET");

        answers.failure = new IllegalStateException("SECRET");
        assertThatThrownBy(() -> ask(PeerRequest.STANDING, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("SECRET")
                .hasMessageContaining("its log");

        answers.failure = null;
        assertThat(ask(PeerRequest.STANDING, 1)).isEqualTo(2);
    }

    @Test
    void whoeverWaitsIsToldWhenTheWireEnds() throws Exception {
        CompletableFuture<byte[]> pull = asking.send(PeerRequest.PULL, out -> out.u64(1));
        assertThat(answers.pulling.await(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();

        answering.close();

        assertThatThrownBy(() -> pull.get(SECONDS_MAX, TimeUnit.SECONDS)).hasCauseInstanceOf(PeerLostException.class);
        assertThatThrownBy(() -> ask(PeerRequest.STANDING, 1)).isInstanceOf(PeerLostException.class);
        assertThatOtherEndEnds();
    }

    @Test
    void aRequestThatThereIsNotEndsTheSession() throws Exception {
        wires.one().send(new ByteWriter().u8(1).varint(1).u8(99).toByteArray());
        assertThatOtherEndEnds();
    }

    @Test
    void bytesThatFollowARequestEndTheSession() throws Exception {
        wires.one()
                .send(new ByteWriter()
                        .u8(1)
                        .varint(1)
                        .u8(PeerRequest.STANDING.code())
                        .u64(1)
                        .u8(0)
                        .toByteArray());
        assertThatOtherEndEnds();
    }

    @Test
    void aMessageOfNoKindEndsTheSession() throws Exception {
        wires.one().send(new byte[] {7, 1});
        assertThatOtherEndEnds();
    }

    @Test
    void anAnswerThatNobodyAskedForIsLeftAlone() {
        wires.other().send(new ByteWriter().u8(2).varint(77).u64(1).toByteArray());
        assertThat(ask(PeerRequest.STANDING, 21)).isEqualTo(42);
    }

    @Test
    void anAnswerThatCannotBeReadEndsTheSession() throws Exception {
        assertThatThrownBy(() -> asking.ask(PeerRequest.STANDING, out -> out.u64(1), in -> in.u8("byte")))
                .isInstanceOf(PeerLostException.class)
                .hasMessageContaining("7 bytes too many");
        assertThatOtherEndEnds();
    }
}

package io.blazedb.internal.link;

import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Requests and answers of two nodes over a {@link Wire}, in both directions at once. Safe for use by several threads.
 *
 * <pre>
 * message := kind u8 | number varint | ...
 * request  (kind 1) := code u8 | body
 * answer   (kind 2) := body
 * failure  (kind 3) := failure u8
 * </pre>
 */
final class PeerSession implements AutoCloseable {
    private static final int REQUEST = 1;
    private static final int ANSWER = 2;
    private static final int FAILURE = 3;
    private static final System.Logger LOGGER = System.getLogger("io.blazedb");

    private final Wire wire;
    private final Answering answering;
    private final Map<PeerRequest.Lane, ExecutorService> lanes = new EnumMap<>(PeerRequest.Lane.class);
    private final Map<Long, CompletableFuture<byte[]>> asked = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile @Nullable String closed;

    /** Answers the requests of the other end. */
    interface Answering {
        /** On the thread of the request's lane. */
        void answer(PeerRequest request, ByteReader in, ByteWriter out) throws Exception;

        /** A request has come and waits for its turn; on the wire's thread. */
        void coming(PeerRequest request);

        /** The last call on the thread of a lane. */
        void close(PeerRequest.Lane lane);

        /** No more requests come. */
        void ended();
    }

    PeerSession(String name, Wire wire, Answering answering) {
        this.wire = wire;
        this.answering = answering;
        for (PeerRequest.Lane lane : PeerRequest.Lane.values()) {
            lanes.put(lane, Executors.newSingleThreadExecutor(work -> {
                Thread thread = new Thread(work, "blazedb-peer-" + name + "-" + lane);
                thread.setDaemon(true);
                return thread;
            }));
        }
    }

    /** Who takes what the wire brings. */
    Wire.Receiver receiver() {
        return new Wire.Receiver() {
            @Override
            public void received(byte[] message) {
                try {
                    take(new ByteReader(ByteBuffer.wrap(message)));
                } catch (MalformedException e) {
                    LOGGER.log(System.Logger.Level.WARNING, "A peer sent what cannot be read: {0}", e.getMessage());
                    close();
                }
            }

            @Override
            public void closed(String reason) {
                end(reason);
            }
        };
    }

    /** Reads an answer. */
    interface Reading<T> {
        T read(ByteReader in) throws MalformedException;
    }

    /** Writes the body of a request. */
    interface Writing {
        void write(ByteWriter out);
    }

    /**
     * Asks, and waits for the answer, however long that takes: whether the other end is still there is the wire's
     * business.
     *
     * @throws PeerLostException when none comes, since the wire ended
     */
    <T> T ask(PeerRequest request, Writing body, Reading<T> reading) {
        CompletableFuture<byte[]> answer = send(request, body);
        try {
            return read(answer.get(), reading);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerLostException("interrupted while waiting for an answer to " + request, e);
        }
    }

    /** The answer's meaning. */
    <T> T read(byte[] answer, Reading<T> reading) {
        try {
            ByteReader in = new ByteReader(ByteBuffer.wrap(answer));
            T value = reading.read(in);
            in.end("answer");
            return value;
        } catch (MalformedException e) {
            close();
            throw new PeerLostException("the peer's answer cannot be read: " + e.getMessage(), e);
        }
    }

    /** What a failed answer throws. */
    static RuntimeException failure(@Nullable Throwable cause) {
        return cause instanceof RuntimeException known
                ? known
                : new PeerLostException("the peer's answer could not be taken", cause);
    }

    /** Asks, and goes on. */
    CompletableFuture<byte[]> send(PeerRequest request, Writing body) {
        long number = numbers.incrementAndGet();
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        asked.put(number, answer);
        ByteWriter out = new ByteWriter().u8(REQUEST).varint(number).u8(request.code());
        body.write(out);
        if (closed != null) {
            asked.remove(number);
            throw new PeerLostException("the connection is closed: " + closed, null);
        }
        wire.send(out.toByteArray());
        return answer;
    }

    private void take(ByteReader in) throws MalformedException {
        int kind = in.u8("kind of a message");
        long number = in.varint("number of a message");
        switch (kind) {
            case REQUEST -> {
                PeerRequest request = PeerRequest.of(in.u8("request"));
                answering.coming(request);
                try {
                    lane(request).execute(() -> answer(number, request, in));
                } catch (RejectedExecutionException e) {
                    LOGGER.log(System.Logger.Level.DEBUG, "A request came while the session ended", e);
                }
            }
            case ANSWER -> {
                CompletableFuture<byte[]> waiting = asked.remove(number);
                if (waiting != null) {
                    waiting.complete(in.raw(in.remaining(), "answer"));
                }
            }
            case FAILURE -> {
                CompletableFuture<byte[]> waiting = asked.remove(number);
                RuntimeException failure = PeerFailure.of(in.u8("failure")).toException();
                if (waiting != null) {
                    waiting.completeExceptionally(failure);
                }
            }
            default -> throw new MalformedException("message of kind " + kind + " (expected: 1 to 3)");
        }
    }

    @SuppressWarnings("NullAway") // each lane has one
    private ExecutorService lane(PeerRequest request) {
        return lanes.get(request.lane());
    }

    private void answer(long number, PeerRequest request, ByteReader in) {
        try {
            ByteWriter out = new ByteWriter().u8(ANSWER).varint(number);
            answering.answer(request, in, out);
            in.end("request");
            wire.send(out.toByteArray());
        } catch (MalformedException e) {
            LOGGER.log(System.Logger.Level.WARNING, "A peer''s request cannot be read: {0}", e.getMessage());
            close();
        } catch (PeerLostException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "A peer went away while it was answered", e);
        } catch (Exception e) {
            LOGGER.log(System.Logger.Level.DEBUG, "A peer could not be answered", e);
            fail(number, PeerFailure.of(e));
        }
    }

    private void fail(long number, PeerFailure failure) {
        try {
            wire.send(new ByteWriter()
                    .u8(FAILURE)
                    .varint(number)
                    .u8(failure.code())
                    .toByteArray());
        } catch (PeerLostException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "A peer went away while it was answered", e);
        }
    }

    private void end(String reason) {
        closed = reason;
        answering.ended();
        lanes.forEach((lane, thread) -> {
            thread.execute(() -> answering.close(lane));
            thread.shutdown();
        });
        PeerLostException lost = new PeerLostException("the connection is closed: " + reason, null);
        asked.values().forEach(answer -> answer.completeExceptionally(lost));
        asked.clear();
    }

    boolean isClosed() {
        return closed != null;
    }

    @Override
    public void close() {
        wire.close();
    }
}

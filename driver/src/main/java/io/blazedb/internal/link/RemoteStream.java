package io.blazedb.internal.link;

import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.MalformedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a peer has to tell, pulled piece by piece. A pull waits at the other end until there is something, so what is
 * committed there is on its way at once. For one thread.
 */
final class RemoteStream implements ItemStream {
    /** How long a pull waits at the other end. */
    static final int WAIT_MILLIS_MAX = 20_000;

    private final RemotePeer peer;
    private final PeerSession session;
    private final RemotePeer.Waiting waiting;
    private final boolean withOwn;
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private long position;
    private long pulled;
    private boolean more = true;
    private @Nullable CompletableFuture<byte[]> pull;

    /** What one record said. */
    private record Piece(long end, List<Item> items) {}

    RemoteStream(RemotePeer peer, PeerSession session, RemotePeer.Waiting waiting, long from, boolean withOwn) {
        this.peer = peer;
        this.session = session;
        this.waiting = waiting;
        this.withOwn = withOwn;
        this.position = from;
        this.pulled = from;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public @Nullable List<Item> next() {
        if (pieces.isEmpty() && pull != null && pull.isDone()) {
            take();
        }
        if (pieces.isEmpty() && more && pull == null) {
            pull(0);
            take();
        }
        Piece piece = pieces.poll();
        if (piece == null) {
            return null;
        }
        position = piece.end();
        return piece.items();
    }

    @Override
    public boolean await(long nanos, BooleanSupplier asked) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        while (pieces.isEmpty()) {
            long calls = waiting.calls();
            if (asked.getAsBoolean()) {
                return true;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            if (pull == null) {
                pull(WAIT_MILLIS_MAX);
            }
            if (pull != null && pull.isDone()) {
                take();
            } else {
                waiting.await(calls, left);
            }
        }
        return true;
    }

    @Override
    public boolean hasMore() {
        return !pieces.isEmpty() || more || (pull != null && pull.isDone());
    }

    /** Who is woken has to find it done: so it is the answer itself that is looked at, and not what follows on it. */
    private void pull(int waitMillis) {
        CompletableFuture<byte[]> sent = session.send(
                PeerRequest.PULL, out -> out.u64(pulled).u8(withOwn ? 1 : 0).varint(waitMillis));
        pull = sent;
        var unused = sent.whenComplete((answer, failure) -> waiting.wake());
    }

    private void take() {
        CompletableFuture<byte[]> sent = pull;
        pull = null;
        if (sent == null) {
            return;
        }
        try {
            session.read(sent.join(), this::readPieces);
        } catch (CompletionException e) {
            throw PeerSession.failure(e.getCause());
        }
    }

    private boolean readPieces(ByteReader in) throws MalformedException {
        int count = in.count(2, Integer.MAX_VALUE, "records");
        for (int i = 0; i < count; i++) {
            long end = in.u64("position");
            List<Item> items = new ArrayList<>(PeerValues.readAll(in, 1, PeerRows::readItem));
            pieces.add(new Piece(end, items));
            pulled = end;
        }
        more = in.u8("whether there is more") == 1;
        peer.stands(PeerValues.readStanding(in));
        return true;
    }

    @Override
    public void close() {
        pieces.clear();
    }
}

package io.blazedb.internal.link;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.internal.wire.ByteWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log for a peer that pulls. Nothing leaves the process before it is durable. For the thread of the pulls;
 * others may ask how far the peer is.
 */
final class ServedStream implements Outgoing {
    private static final int PIECES_MAX = 1_000;
    private static final int BYTES_MAX = 1 << 20;

    /** Writers wait for a peer that has pulled within this time; another one takes nothing now. */
    private static final long PULLING_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);

    private final LinkedNode node;
    private final NodeId peer;
    private final Supplier<Peer> back;
    private final Object moved = new Object();
    private @Nullable ItemStream stream;
    private boolean withOwn;
    private volatile long pulls;
    private volatile long pulledAt;
    private long begun;
    private volatile long position;
    private volatile long taken = -1;

    /** @param back the peer, as the node sees it */
    ServedStream(LinkedNode node, NodeId peer, Supplier<Peer> back) {
        this.node = node;
        this.peer = peer;
        this.back = back;
        this.position = node.log().endLsn();
    }

    /** A pull has come: one that waits gives way to it. May be called by any thread. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // on the wire's thread only
    void coming() {
        pulls++;
        pulledAt = System.nanoTime();
        node.log().wakeReaders();
    }

    /** Answers one pull. */
    void answer(long from, boolean own, long waitMillis, ByteWriter out) throws InterruptedException {
        long pull = ++begun;
        ItemStream reading = reading(from, own);
        moved(from);
        if (!reading.hasMore() && waitMillis > 0) {
            reading.await(TimeUnit.MILLISECONDS.toNanos(waitMillis), () -> pulls > pull);
        }
        ByteWriter pieces = new ByteWriter();
        int count = 0;
        List<Item> items = pieces.size() < BYTES_MAX ? reading.next() : null;
        while (items != null) {
            pieces.u64(reading.position());
            PeerValues.writeAll(pieces, items, PeerRows::writeItem);
            items = ++count < PIECES_MAX && pieces.size() < BYTES_MAX ? reading.next() : null;
        }
        if (count > 0 && node.log().durableEnd() < reading.position()) {
            node.log().force(reading.position() - 1);
        }
        out.varint(count).raw(pieces.toByteArray());
        out.u8(reading.hasMore() ? 1 : 0);
        PeerValues.writeStanding(out, Standing.of(node));
    }

    private ItemStream reading(long from, boolean own) {
        ItemStream reading = stream;
        if (reading == null || reading.position() != from || own != withOwn) {
            close();
            reading = new OperationStream(node, from, own ? null : peer);
            stream = reading;
            withOwn = own;
        }
        return reading;
    }

    private void moved(long to) {
        synchronized (moved) {
            position = to;
            moved.notifyAll();
        }
    }

    /** Up to here the peer does not need the log any more. */
    void taken(long upTo) {
        taken = upTo;
    }

    @Override
    public Peer peer() {
        return back.get();
    }

    @Override
    public void keepCursor() {
        if (taken >= 0) {
            Cursors.move(node, peer, taken);
        }
    }

    @Override
    public long waiting() {
        boolean isPulling = pulls > 0 && System.nanoTime() - pulledAt < PULLING_NANOS_MAX;
        return isPulling ? node.log().endLsn() - position : 0;
    }

    @Override
    public void awaitBacklog(long bytes, int waitMillis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        synchronized (moved) {
            try {
                for (long left = waitMillis; left > 0 && waiting() > bytes; ) {
                    moved.wait(left);
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void close() {
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }
}

package io.blazedb.internal.link;

import java.util.concurrent.CompletableFuture;

/**
 * Two databases of this process that see each other over a wire, as those of two machines do: for tests, which run
 * everything once more this way.
 */
final class WiredPeers implements AutoCloseable {
    /** Whether all databases of this process see each other so. */
    static final boolean ON = Boolean.getBoolean("blazedb.test.wired");

    private final PeerSession atOne;
    private final PeerSession atOther;
    private final Peer one;
    private final Peer other;

    WiredPeers(LinkedNode one, LinkedNode other) {
        MemoryWires wires = new MemoryWires();
        CompletableFuture<Peer> seenFromOne = new CompletableFuture<>();
        CompletableFuture<Peer> seenFromOther = new CompletableFuture<>();
        atOne = new PeerSession("one", wires.one(), new RemoteService(one, peer -> seenFromOne.join()));
        atOther = new PeerSession("other", wires.other(), new RemoteService(other, peer -> seenFromOther.join()));
        wires.start(atOne.receiver(), atOther.receiver());
        this.other = new RemotePeer(one, atOne);
        seenFromOne.complete(this.other);
        this.one = new RemotePeer(other, atOther);
        seenFromOther.complete(this.one);
    }

    /** The first database, as the second one sees it. */
    Peer one() {
        return one;
    }

    /** The second database, as the first one sees it. */
    Peer other() {
        return other;
    }

    @Override
    public void close() {
        atOne.close();
        atOther.close();
    }
}

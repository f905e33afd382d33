package io.blazedb.internal.link;

import io.blazedb.sync.NodeId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The links that run from and to one node. Safe for use by several threads. */
final class Links {
    /** Log that may wait for a connected peer. */
    private static final long BACKLOG_BYTES_MAX = 64L * 1024 * 1024;

    private static final int BACKLOG_WAIT_MILLIS_MAX = 1_000;

    private final List<Outgoing> outgoing = new CopyOnWriteArrayList<>();
    private final List<Link> incoming = new CopyOnWriteArrayList<>();

    void addOutgoing(Outgoing link) {
        outgoing.add(link);
    }

    void removeOutgoing(Outgoing link) {
        outgoing.remove(link);
    }

    void addIncoming(Link link) {
        incoming.add(link);
    }

    void removeIncoming(Link link) {
        incoming.remove(link);
    }

    /** Those that lead here. */
    List<Link> incoming() {
        return incoming;
    }

    /** The nodes at the other ends. */
    Collection<Peer> peers() {
        Map<NodeId, Peer> peers = new LinkedHashMap<>();
        incoming.forEach(link -> peers.putIfAbsent(link.source().nodeId(), link.source()));
        outgoing.forEach(link -> peers.putIfAbsent(link.peer().nodeId(), link.peer()));
        return peers.values();
    }

    /**
     * Waits while a connected peer is too far behind, so that what waits for it stays bounded; but no longer than
     * {@value #BACKLOG_WAIT_MILLIS_MAX} ms a write.
     */
    void awaitPeers() {
        for (Outgoing link : outgoing) {
            if (link.waiting() > BACKLOG_BYTES_MAX) {
                link.awaitBacklog(BACKLOG_BYTES_MAX, BACKLOG_WAIT_MILLIS_MAX);
            }
        }
    }

    void keepCursors() {
        outgoing.forEach(Outgoing::keepCursor);
    }

    /** Has the links that lead here look at once for what they should bring. */
    void look() {
        incoming.forEach(Link::look);
    }
}

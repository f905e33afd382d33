package io.blazedb.internal.link;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The links that run from and to one node. Safe for use by several threads. */
final class Links {
    /** Log that may wait for a connected peer. */
    private static final long BACKLOG_BYTES_MAX = 64L * 1024 * 1024;

    private static final int BACKLOG_WAIT_MILLIS_MAX = 1_000;

    private final List<Link> outgoing = new CopyOnWriteArrayList<>();
    private final List<Link> incoming = new CopyOnWriteArrayList<>();

    void addOutgoing(Link link) {
        outgoing.add(link);
    }

    void removeOutgoing(Link link) {
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
    Set<LinkedNode> peers() {
        Set<LinkedNode> peers = new LinkedHashSet<>();
        incoming.forEach(link -> peers.add(link.source()));
        outgoing.forEach(link -> peers.add(link.target()));
        return peers;
    }

    /**
     * Waits while a connected peer is too far behind, so that what waits for it stays bounded; but no longer than
     * {@value #BACKLOG_WAIT_MILLIS_MAX} ms a write.
     */
    void awaitPeers() {
        for (Link link : outgoing) {
            long waiting = link.source().log().endLsn() - link.progress().position();
            if (waiting > BACKLOG_BYTES_MAX) {
                link.awaitBacklog(BACKLOG_BYTES_MAX, BACKLOG_WAIT_MILLIS_MAX);
            }
        }
    }

    void keepCursors() {
        outgoing.forEach(Link::keepCursor);
    }

    /** Has the links that lead here look at once for what they should bring. */
    void look() {
        incoming.forEach(Link::look);
    }
}

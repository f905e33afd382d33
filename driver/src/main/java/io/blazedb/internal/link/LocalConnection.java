package io.blazedb.internal.link;

import io.blazedb.internal.catalog.ConnectionEntry;
import io.blazedb.internal.catalog.SyncMode;
import io.blazedb.internal.node.LinkStatus;
import io.blazedb.internal.node.LinkStatus.State;
import io.blazedb.internal.node.ParkedStatus;
import io.blazedb.internal.node.TableComparison;
import io.blazedb.sync.NodeId;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** A connection between two databases that are open in this process: one link for each direction that its mode has. */
public final class LocalConnection {
    private final ConnectionEntry entry;
    private final LinkedNode source;
    private final LinkedNode target;
    private final Peer to;
    private final @Nullable WiredPeers wired;
    private final @Nullable Link forward;
    private final @Nullable Link backward;
    private final BackgroundComparison background;
    private final byte[] digestKey;
    private final AtomicLong divergenceRepaired = new AtomicLong();

    public LocalConnection(ConnectionEntry entry, LinkedNode source, LinkedNode target) {
        this.entry = entry;
        this.source = source;
        this.target = target;
        this.digestKey = ("blz1/digest " + entry.topology()).getBytes(StandardCharsets.UTF_8);
        this.background = new BackgroundComparison(this, entry.source() + "-" + entry.target());
        String name = entry.source() + "-" + entry.target();
        int interval = entry.intervalSeconds();
        boolean bothWays = entry.mode() != SyncMode.WRITE_ONLY && entry.mode() != SyncMode.READ_ONLY;
        wired = WiredPeers.ON ? new WiredPeers(source, target) : null;
        Peer from = wired == null ? LocalPeer.of(source, target) : wired.one();
        to = wired == null ? LocalPeer.of(target, source) : wired.other();
        forward = entry.mode() == SyncMode.WRITE_ONLY ? null : new Link(name, from, target, interval, bothWays);
        backward = entry.mode() == SyncMode.READ_ONLY
                ? null
                : new Link(entry.target() + "-" + entry.source(), to, source, interval, bothWays);
    }

    /** Nothing flows before both know whether the files of one of them were put back. */
    public void start() throws SQLException {
        boolean started = false;
        try {
            Heads.meet(source, to);
            links().forEach(Link::start);
            background.start();
            started = true;
        } finally {
            if (!started) {
                stop();
            }
        }
    }

    /** Stops both directions and waits until they have. */
    public void stop() {
        background.stop();
        if (wired != null) {
            wired.close();
        }
        links().forEach(Link::stop);
    }

    /** Whether it was stopped, as a change of the topology may do; another one may run in its place. */
    public boolean isStopped() {
        return links().stream().anyMatch(Link::isStopped);
    }

    private List<Link> links() {
        List<Link> links = new ArrayList<>();
        if (forward != null) {
            links.add(forward);
        }
        if (backward != null) {
            links.add(backward);
        }
        return links;
    }

    public ConnectionEntry entry() {
        return entry;
    }

    /** Whether the catalogue still wants this connection as it is. */
    public boolean fits(ConnectionEntry other) {
        return entry.mode() == other.mode()
                && entry.source().equalsIgnoreCase(other.source())
                && entry.target().equalsIgnoreCase(other.target())
                && entry.intervalSeconds() == other.intervalSeconds();
    }

    public LinkedNode source() {
        return source;
    }

    public LinkedNode target() {
        return target;
    }

    public boolean touches(LinkedNode node) {
        return source == node || target == node;
    }

    public LinkedNode peerOf(LinkedNode node) {
        return source == node ? target : source;
    }

    /** What has to be reached so that everything committed up to now is on both sides. */
    public List<Goal> goals() {
        return links().stream()
                .map(link -> new Goal(link, link.source().standing().end()))
                .toList();
    }

    /** A position that a link has to reach. */
    public record Goal(Link link, long position) {
        /** Waits for it, no longer than the link runs. Answers whether it was reached in time. */
        public boolean await(long millis) throws InterruptedException {
            link.progress().await(millis, () -> link.isStopped() || link.isBeyond(position));
            return link.isBeyond(position);
        }

        public NodeId from() {
            return link.source().nodeId();
        }

        /** What is missing, in words. */
        public String missing() {
            String error = link.progress().error();
            return link.pending() + " operations, "
                    + Math.max(0, position - link.progress().position()) + " bytes of log"
                    + (error == null ? "" : ", last error: " + error);
        }
    }

    /** Whether nothing is on its way in either direction. */
    boolean isIdle() {
        return links().stream().allMatch(Link::isIdle);
    }

    /**
     * Compares the two nodes, and brings what differs to the other one, in the directions that the mode has.
     *
     * @param self the node that rows are counted at first
     * @param waitMillis how long to wait for a moment at which both have seen the same
     * @return empty when there was no such moment
     */
    public Optional<List<TableComparison>> compare(LinkedNode self, Work work, long waitMillis)
            throws SQLException, InterruptedException {
        List<TableDifference> differences = new ArrayList<>();
        NodeComparison.Scope scope = new NodeComparison.Scope(
                self == source ? forward != null : backward != null,
                self == source ? backward != null : forward != null,
                digestKey,
                work.pace());
        try (NodeComparison comparison = NodeComparison.open(self, peerOf(self), scope, waitMillis)) {
            if (comparison == null) {
                return Optional.empty();
            }
            for (TableDifference.Name name :
                    comparison.tables().stream().sorted().toList()) {
                if (work.tables().test(name.schema(), name.table())) {
                    differences.add(comparison.compare(name));
                }
            }
        }
        if (work.repair()) {
            repair(differences);
        }
        return Optional.of(differences.stream()
                .map(difference -> new TableComparison(
                        difference.name().schema(),
                        difference.name().table(),
                        difference.rowsHere(),
                        difference.rowsThere(),
                        difference.different()))
                .toList());
    }

    /**
     * What a comparison is to do.
     *
     * @param tables which tables, by schema and name
     * @param pace called every few rows: may wait, or end the comparison with an exception
     */
    public record Work(BiPredicate<String, String> tables, boolean repair, Runnable pace) {}

    private void repair(List<TableDifference> differences) throws InterruptedException {
        for (TableDifference difference : differences) {
            if (!difference.keys().isEmpty()) {
                for (Link link : links()) {
                    link.repair(difference);
                }
                divergenceRepaired.addAndGet(difference.keys().size());
                System.getLogger("io.blazedb")
                        .log(
                                System.Logger.Level.WARNING,
                                difference.keys().size() + " rows of "
                                        + difference.name().schema() + "."
                                        + difference.name().table() + " were different at " + entry.source() + " and "
                                        + entry.target()
                                        + " though both had seen the same, and were repaired. What lost"
                                        + " is in BLAZE.CONFLICTS.");
            }
        }
    }

    /** How it is doing, seen from one of its ends. */
    public LinkStatus status(LinkedNode self) {
        Link out = source == self ? forward : backward;
        Link in = source == self ? backward : forward;
        State state = State.CONNECTED;
        String error = null;
        Instant since = Instant.MIN;
        long pending = 0;
        for (Link link : links()) {
            LinkProgress progress = link.progress();
            state = worse(state, progress.state());
            error = error == null ? progress.error() : error;
            since = progress.since().isAfter(since) ? progress.since() : since;
            pending += link.pending();
        }
        return new LinkStatus(
                entry.topology(),
                entry.source(),
                entry.target(),
                state,
                pending,
                out == null ? 0 : out.progress().operations(),
                in == null ? 0 : in.progress().operations(),
                out == null ? 0 : out.bytes(),
                in == null ? 0 : in.bytes(),
                lagMillis(),
                Optional.ofNullable(error),
                since,
                divergenceRepaired.get());
    }

    private long lagMillis() {
        return links().stream().mapToLong(Link::lagMillis).max().orElse(0);
    }

    private static State worse(State one, State other) {
        return rank(one) >= rank(other) ? one : other;
    }

    private static int rank(State state) {
        return switch (state) {
            case CONNECTED -> 0;
            case CONNECTING -> 1;
            case PAUSED -> 2;
            case OFFLINE -> 3;
            case FAILED -> 4;
        };
    }

    public List<ParkedStatus> parked(LinkedNode self) {
        List<ParkedStatus> parked = new ArrayList<>();
        for (Link link : links()) {
            ParkedStatus waiting = link.progress().parked();
            if (waiting != null && link.target() == self) {
                parked.add(waiting);
            }
        }
        return parked;
    }
}

package io.blazedb.internal.link;

import io.blazedb.internal.apply.StateRow;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.schema.ParentsFirst;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.session.Clocks;
import io.blazedb.sync.internal.session.MemberReport;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A database of the same process, which is asked directly. Safe for use by several threads. */
final class LocalPeer implements Peer {
    private final LinkedNode node;
    private final NodeId self;
    private final Supplier<Peer> back;
    private final Map<Link, Outgoing> opened = new ConcurrentHashMap<>();
    private volatile long taken = -1;

    /**
     * A database for whoever asks.
     *
     * @param self who asks
     * @param back the one that asks, as this database sees it
     */
    LocalPeer(LinkedNode node, NodeId self, Supplier<Peer> back) {
        this.node = node;
        this.self = self;
        this.back = back;
    }

    /** A database of this process, as another one sees it. */
    static LocalPeer of(LinkedNode node, LinkedNode self) {
        return new LocalPeer(node, self.state().nodeId(), () -> of(self, node));
    }

    @Override
    public NodeId nodeId() {
        return node.state().nodeId();
    }

    @Override
    public String name() {
        return node.authorName(node.state().origin());
    }

    @Override
    public Standing standing() {
        return Standing.of(node);
    }

    @Override
    public Standing lastStanding() {
        return standing();
    }

    @Override
    public long lastEnd() {
        return node.log().endLsn();
    }

    @Override
    public Horizon horizon() {
        return Horizon.of(node.state());
    }

    @Override
    public long exactClock(OriginId origin, long seq) {
        return node.state().history().exact(origin, seq);
    }

    @Override
    public long clockAfter(OriginId origin, long seq) {
        return node.state().history().floor(origin, seq + 1);
    }

    @Override
    public Clocks loggedClocks(OriginId origin) {
        return LoggedClocks.of(node, origin);
    }

    @Override
    public List<Disowned.Line> disowned() {
        return node.forks().disowned().lines();
    }

    @Override
    public Map<OriginId, NodeId> owners() {
        return node.owners();
    }

    @Override
    public Map<OriginId, List<TableDefinition>> definitions() {
        return node.schemas().definitions();
    }

    @Override
    public Map<OriginId, VersionVector> pasts() {
        return node.state().pasts();
    }

    @Override
    public VersionVector collected() {
        return Membership.collected(node.facts());
    }

    @Override
    public Map<NodeId, MemberReport> exchange(Map<NodeId, MemberReport> reports) {
        Map<NodeId, MemberReport> known = node.membership().reports();
        node.membership().hear(reports);
        node.membership().forget();
        return known;
    }

    @Override
    public List<PeerTable> tables() {
        List<TableDefinition> definitions = new ArrayList<>();
        List<PeerTable> absent = new ArrayList<>();
        Map<TableDefinition, PeerTable> here = new HashMap<>();
        for (SyncedTable table : node.tables().all()) {
            PeerTable one = PeerTable.of(table);
            if (one.definition() == null) {
                absent.add(one);
            } else {
                definitions.add(one.definition());
                here.put(one.definition(), one);
            }
        }
        List<PeerTable> tables = new ArrayList<>();
        for (TableDefinition definition : ParentsFirst.order(definitions)) {
            PeerTable one = here.get(definition);
            if (one != null) {
                tables.add(one);
            }
        }
        tables.addAll(absent);
        return tables;
    }

    @Override
    public @Nullable PeerTable table(int number) {
        SyncedTable table = node.tables().byNumber(number);
        return table == null ? null : PeerTable.of(table);
    }

    @Override
    public CopyStart beginCopy() {
        node.host().commits().cutAlone().lock();
        try {
            long start = node.log().endLsn();
            Cursors.put(node, self, start);
            return new CopyStart(start, Timeline.of(node.facts()), node.state().vector());
        } finally {
            node.host().commits().cutAlone().unlock();
        }
    }

    @Override
    public RowPage read(PeerTable table, CopyPlace place, long began, int rowsMax, RowCopy copy) {
        return new CopyReader(node).read(own(table), place, began, rowsMax, copy);
    }

    /** The table that the numbers stand for. */
    private SyncedTable own(PeerTable table) {
        SyncedTable own = node.tables().byNumber(table.table().number());
        if (own == null) {
            throw new IllegalStateException(
                    "There is no table " + table.table().number() + " (expected: " + table.table() + ")");
        }
        return own;
    }

    @Override
    public List<StateRow> read(List<Item.RowName> names, Function<PeerTable, @Nullable RowCopy> copies) {
        CopyReader reader = new CopyReader(node);
        List<StateRow> rows = new ArrayList<>();
        for (Item.RowName name : names) {
            SyncedTable table = node.tables().byNumber(name.table());
            RowCopy copy = table == null ? null : copies.apply(PeerTable.of(table));
            StateRow row = table == null || copy == null ? null : reader.read(table, name.key(), copy);
            if (row != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    @Override
    public List<StateRow> readAny(PeerTable table, List<byte[]> keys, RowCopy copy) {
        CopyReader reader = new CopyReader(node);
        SyncedTable own = own(table);
        List<StateRow> rows = new ArrayList<>();
        for (byte[] key : keys) {
            StateRow row = reader.readAny(own, key, copy);
            if (row != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    @Override
    public BitSet known(PeerTable table, List<byte[]> keys) {
        CopyReader reader = new CopyReader(node);
        SyncedTable own = own(table);
        BitSet known = new BitSet();
        for (int i = 0; i < keys.size(); i++) {
            known.set(i, reader.knows(own, keys.get(i)));
        }
        return known;
    }

    @Override
    public InputStream blob(byte[] name) throws IOException {
        return node.host().blobs().read(name);
    }

    @Override
    public ItemStream stream(long from, boolean withOwn) {
        return new OperationStream(node, from, withOwn ? null : self);
    }

    @Override
    public void taken(long position) {
        taken = position;
    }

    @Override
    public void perform(MeetingStep step) throws SQLException {
        Heads.perform(node, back.get(), step);
    }

    @Override
    public void opened(Link link) {
        Outgoing outgoing = new TakenOver(link);
        opened.put(link, outgoing);
        node.links().addOutgoing(outgoing);
    }

    @Override
    public void closed(Link link) {
        Outgoing outgoing = opened.remove(link);
        if (outgoing != null) {
            node.links().removeOutgoing(outgoing);
        }
        wake();
    }

    @Override
    public void wake() {
        node.log().wakeReaders();
    }

    /** A link as the node sees it whose log it takes over. */
    private final class TakenOver implements Outgoing {
        private final Link link;

        TakenOver(Link link) {
            this.link = link;
        }

        @Override
        public Peer peer() {
            return back.get();
        }

        @Override
        public void keepCursor() {
            if (taken >= 0) {
                Cursors.move(node, self, taken);
            }
        }

        @Override
        public long waiting() {
            return link.waiting();
        }

        @Override
        public void awaitBacklog(long bytes, int waitMillis) {
            link.awaitBacklog(bytes, waitMillis);
        }
    }
}

package io.blazedb.internal.link;

import io.blazedb.internal.apply.StateRow;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.session.Clocks;
import io.blazedb.sync.internal.session.MemberReport;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.VectorCodec;
import java.io.InputStream;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A database at the other end of a wire. Safe for use by several threads. */
final class RemotePeer implements Peer {
    private static final int NAME_BYTES_MAX = 1 << 10;
    private static final int CLOCK_BYTES = 2 * Long.BYTES;

    private final LinkedNode self;
    private final PeerSession session;
    private final NodeId nodeId;
    private final String name;
    private final Waiting waiting = new Waiting();
    private volatile Standing last;

    /** Greets the other end. */
    RemotePeer(LinkedNode self, PeerSession session) {
        this.self = self;
        this.session = session;
        Greeting greeting = session.ask(
                PeerRequest.GREET,
                out -> PeerValues.writeNode(out, self.state().nodeId()),
                in -> new Greeting(
                        PeerValues.readNode(in), in.string(NAME_BYTES_MAX, "name"), PeerValues.readStanding(in)));
        this.nodeId = greeting.nodeId();
        this.name = greeting.name();
        this.last = greeting.standing();
    }

    private record Greeting(NodeId nodeId, String name, Standing standing) {}

    private <T> T ask(PeerRequest request, PeerSession.Reading<T> reading) {
        return session.ask(request, out -> {}, reading);
    }

    @Override
    public NodeId nodeId() {
        return nodeId;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Standing standing() {
        Standing now = ask(PeerRequest.STANDING, PeerValues::readStanding);
        last = now;
        return now;
    }

    @Override
    public Standing lastStanding() {
        return last;
    }

    @Override
    public long lastEnd() {
        return last.end();
    }

    /** Something came that says how far it is. */
    void stands(Standing now) {
        last = now;
    }

    @Override
    public Horizon horizon() {
        return ask(PeerRequest.HORIZON, PeerValues::readHorizon);
    }

    @Override
    public long exactClock(OriginId origin, long seq) {
        return clock(PeerRequest.EXACT_CLOCK, origin, seq);
    }

    @Override
    public long clockAfter(OriginId origin, long seq) {
        return clock(PeerRequest.CLOCK_AFTER, origin, seq);
    }

    private long clock(PeerRequest request, OriginId origin, long seq) {
        return session.ask(
                request,
                out -> {
                    PeerValues.writeOrigin(out, origin);
                    out.varint(seq);
                },
                in -> in.u64("clock"));
    }

    @Override
    public Clocks loggedClocks(OriginId origin) {
        Map<Long, Long> clocks = new HashMap<>();
        session.ask(PeerRequest.LOGGED_CLOCKS, out -> PeerValues.writeOrigin(out, origin), in -> {
            int count = in.count(CLOCK_BYTES, Integer.MAX_VALUE, "clocks");
            for (int i = 0; i < count; i++) {
                clocks.put(in.u64("sequence number"), in.u64("clock"));
            }
            return count;
        });
        return seq -> clocks.getOrDefault(seq, 0L);
    }

    @Override
    public List<Disowned.Line> disowned() {
        return ask(PeerRequest.DISOWNED, in -> PeerValues.readAll(in, OriginId.BYTES, PeerValues::readDisowned));
    }

    @Override
    public Map<OriginId, NodeId> owners() {
        return ask(PeerRequest.OWNERS, in -> PeerValues.readMap(in, PeerValues::readOrigin, PeerValues::readNode));
    }

    @Override
    public Map<OriginId, List<TableDefinition>> definitions() {
        return ask(PeerRequest.DEFINITIONS, PeerValues::readDefinitions);
    }

    @Override
    public Map<OriginId, VersionVector> pasts() {
        return ask(PeerRequest.PASTS, in -> PeerValues.readMap(in, PeerValues::readOrigin, VectorCodec::read));
    }

    @Override
    public VersionVector collected() {
        return ask(PeerRequest.COLLECTED, VectorCodec::read);
    }

    @Override
    public Map<NodeId, MemberReport> exchange(Map<NodeId, MemberReport> reports) {
        return session.ask(
                PeerRequest.EXCHANGE,
                out -> PeerValues.writeMap(out, reports, PeerValues::writeNode, PeerValues::writeReport),
                in -> PeerValues.readMap(in, PeerValues::readNode, PeerValues::readReport));
    }

    @Override
    public List<PeerTable> tables() {
        return ask(PeerRequest.TABLES, in -> PeerValues.readAll(in, 1, PeerRows::readTable));
    }

    @Override
    public @Nullable PeerTable table(int number) {
        List<PeerTable> found = session.ask(
                PeerRequest.TABLE, out -> out.varint(number), in -> PeerValues.readAll(in, 1, PeerRows::readTable));
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public CopyStart beginCopy() {
        return ask(
                PeerRequest.BEGIN_COPY,
                in -> new CopyStart(in.u64("position"), PeerValues.readTimeline(in), VectorCodec.read(in)));
    }

    @Override
    public RowPage read(PeerTable table, CopyPlace place, long began, int rowsMax, RowCopy copy) {
        return session.ask(
                PeerRequest.READ,
                out -> out.varint(table.table().number())
                        .bytes(place.toBytes())
                        .u64(began)
                        .varint(rowsMax),
                in -> {
                    List<StateRow> rows = PeerRows.readRows(in, number -> copy);
                    byte[] next = in.bytes(RemoteService.PLACE_BYTES_MAX, "place");
                    return new RowPage(rows, next.length == 0 ? null : CopyPlace.of(next));
                });
    }

    @Override
    public List<StateRow> read(List<Item.RowName> names, Function<PeerTable, @Nullable RowCopy> copies) {
        Map<Integer, RowCopy> known = new HashMap<>();
        for (Item.RowName row : names) {
            if (!known.containsKey(row.table())) {
                PeerTable table = table(row.table());
                RowCopy copy = table == null ? null : copies.apply(table);
                if (copy != null) {
                    known.put(row.table(), copy);
                }
            }
        }
        return session.ask(
                PeerRequest.READ_NAMED,
                out -> PeerRows.writeNames(out, names),
                in -> PeerRows.readRows(in, known::get));
    }

    @Override
    public List<StateRow> readAny(PeerTable table, List<byte[]> keys, RowCopy copy) {
        return session.ask(
                PeerRequest.READ_ANY, out -> writeKeys(out, table, keys), in -> PeerRows.readRows(in, number -> copy));
    }

    @Override
    public BitSet known(PeerTable table, List<byte[]> keys) {
        return session.ask(
                PeerRequest.KNOWN,
                out -> writeKeys(out, table, keys),
                in -> BitSet.valueOf(in.bytes(keys.size() / Byte.SIZE + 1, "known rows")));
    }

    private static void writeKeys(ByteWriter out, PeerTable table, List<byte[]> keys) {
        out.varint(table.table().number());
        PeerRows.writeKeys(out, keys);
    }

    @Override
    public InputStream blob(byte[] content) {
        return new RemoteBlob(session, content);
    }

    @Override
    public ItemStream stream(long from, boolean withOwn) {
        return new RemoteStream(this, session, waiting, from, withOwn);
    }

    /** Told only what a power cut here does not take back. */
    @Override
    public void taken(long position) {
        self.log().force(self.log().visibleEnd() - 1);
        session.ask(PeerRequest.TAKEN, out -> out.u64(position), in -> true);
    }

    @Override
    public void perform(MeetingStep step) {
        session.ask(PeerRequest.PERFORM, out -> out.u8(step.code()), in -> true);
    }

    @Override
    public void opened(Link link) {
        // The other end sees a link by what it pulls.
    }

    @Override
    public void closed(Link link) {
        wake();
    }

    @Override
    public void wake() {
        waiting.wake();
    }

    /** Where a link of this node waits for what comes. */
    static final class Waiting {
        private long calls;

        synchronized void wake() {
            calls++;
            notifyAll();
        }

        /** Waits until somebody has called since then, or the time is over. */
        synchronized void await(long since, long millis) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            for (long left = millis; calls == since && left > 0; ) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
        }

        synchronized long calls() {
            return calls;
        }
    }
}

package io.blazedb.internal.link;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.internal.session.Clocks;
import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import io.blazedb.sync.internal.wire.VectorCodec;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers what a peer at the other end of a wire asks of a node. For the threads of its session. */
final class RemoteService implements PeerSession.Answering {
    static final int PLACE_BYTES_MAX = RowChange.KEY_BYTES_MAX + 1;
    private static final System.Logger LOGGER = System.getLogger("io.blazedb");
    private static final int ROWS_MAX = 10_000;
    private static final int BLOB_NAME_BYTES_MAX = 1 << 10;

    /** Of more clocks than this, the last ones are told. */
    private static final int CLOCKS_MAX = 500_000;

    private final LinkedNode node;
    private final Function<NodeId, Peer> back;
    private volatile @Nullable Served served;
    private boolean over;
    private @Nullable InputStream content;
    private byte[] contentName = new byte[0];
    private long contentPosition;

    /** What is there once the peer has said who it is. */
    private record Served(LocalPeer peer, ServedStream stream) {}

    /** @param back the peer, as this node sees it; asked when it is needed */
    RemoteService(LinkedNode node, Function<NodeId, Peer> back) {
        this.node = node;
        this.back = back;
    }

    @Override
    public void coming(PeerRequest request) {
        Served known = served;
        if (request == PeerRequest.PULL && known != null) {
            known.stream().coming();
        }
    }

    @Override
    public synchronized void ended() {
        over = true;
        Served known = served;
        if (known != null) {
            node.links().removeOutgoing(known.stream());
            known.stream().coming();
        }
    }

    @Override
    public void close(PeerRequest.Lane lane) {
        Served known = served;
        if (lane == PeerRequest.Lane.PULLING && known != null) {
            known.stream().close();
        }
        if (lane == PeerRequest.Lane.READING) {
            closeContent();
        }
    }

    private void closeContent() {
        InputStream open = content;
        content = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "A large object could not be closed", e);
        }
    }

    @Override
    public void answer(PeerRequest request, ByteReader in, ByteWriter out) throws Exception {
        if (request == PeerRequest.GREET) {
            greet(PeerValues.readNode(in), out);
            return;
        }
        Served known = served;
        if (known == null) {
            throw new MalformedException(request + " before " + PeerRequest.GREET);
        }
        LocalPeer peer = known.peer();
        switch (request) {
            case GREET -> throw new AssertionError("answered above");
            case STANDING -> PeerValues.writeStanding(out, peer.standing());
            case HORIZON -> PeerValues.writeHorizon(out, peer.horizon());
            case EXACT_CLOCK -> out.u64(peer.exactClock(PeerValues.readOrigin(in), in.varint("number")));
            case CLOCK_AFTER -> out.u64(peer.clockAfter(PeerValues.readOrigin(in), in.varint("number")));
            case LOGGED_CLOCKS -> clocks(PeerValues.readOrigin(in), out);
            case DISOWNED -> PeerValues.writeAll(out, peer.disowned(), PeerValues::writeDisowned);
            case OWNERS -> PeerValues.writeMap(out, peer.owners(), PeerValues::writeOrigin, PeerValues::writeNode);
            case DEFINITIONS -> PeerValues.writeDefinitions(out, peer.definitions());
            case PASTS -> PeerValues.writeMap(out, peer.pasts(), PeerValues::writeOrigin, VectorCodec::write);
            case COLLECTED -> VectorCodec.write(out, peer.collected());
            case EXCHANGE -> exchange(peer, in, out);
            case PULL -> known.stream().answer(in.u64("position"), in.u8("own") == 1, waitMillis(in), out);
            case TAKEN -> known.stream().taken(in.u64("position"));
            case PERFORM -> peer.perform(MeetingStep.of(in.u8("step")));
            default -> rows(peer, request, in, out);
        }
        force(request);
    }

    /** Nothing leaves the process before it is durable: neither rows nor what the node says that it has seen. */
    private void force(PeerRequest request) {
        long end = node.log().visibleEnd();
        if (request.lane() == PeerRequest.Lane.READING && node.log().durableEnd() < end) {
            node.log().force(end - 1);
        }
    }

    private static void exchange(Peer peer, ByteReader in, ByteWriter out) throws MalformedException {
        PeerValues.writeMap(
                out,
                peer.exchange(PeerValues.readMap(in, PeerValues::readNode, PeerValues::readReport)),
                PeerValues::writeNode,
                PeerValues::writeReport);
    }

    private static long waitMillis(ByteReader in) throws MalformedException {
        return in.varint(RemoteStream.WAIT_MILLIS_MAX, "milliseconds to wait");
    }

    private synchronized void greet(NodeId peer, ByteWriter out) throws MalformedException {
        if (served != null) {
            throw new MalformedException("a second " + PeerRequest.GREET);
        }
        ServedStream stream = new ServedStream(node, peer, () -> back.apply(peer));
        LocalPeer own = new LocalPeer(node, peer, () -> back.apply(peer));
        served = new Served(own, stream);
        if (!over) {
            node.links().addOutgoing(stream);
        }
        PeerValues.writeNode(out, node.state().nodeId());
        out.string(own.name());
        PeerValues.writeStanding(out, own.standing());
    }

    private void clocks(OriginId origin, ByteWriter out) {
        Clocks clocks = LoggedClocks.of(node, origin);
        long last = node.state().vector().seq(origin);
        ByteWriter content = new ByteWriter();
        int count = 0;
        for (long seq = last; seq > 0 && count < CLOCKS_MAX; seq--) {
            if (clocks.at(seq) != 0) {
                content.u64(seq).u64(clocks.at(seq));
                count++;
            }
        }
        out.varint(count).raw(content.toByteArray());
    }

    private void rows(LocalPeer peer, PeerRequest request, ByteReader in, ByteWriter out) throws Exception {
        switch (request) {
            case TABLES -> PeerValues.writeAll(out, peer.tables(), PeerRows::writeTable);
            case TABLE -> {
                PeerTable table = peer.table(number(in));
                PeerValues.writeAll(out, table == null ? List.of() : List.of(table), PeerRows::writeTable);
            }
            case BEGIN_COPY -> {
                CopyStart start = peer.beginCopy();
                out.u64(start.position());
                PeerValues.writeTimeline(out, start.timeline());
                VectorCodec.write(out, start.vector());
            }
            case READ -> {
                PeerTable table = table(peer, in);
                CopyPlace place = CopyPlace.of(in.bytes(PLACE_BYTES_MAX, "place"));
                long began = in.u64("position");
                RowPage page = peer.read(table, place, began, (int) in.varint(ROWS_MAX, "rows"), same(table));
                PeerRows.writeRows(out, page.rows());
                out.bytes(page.next() == null ? new byte[0] : page.next().toBytes());
            }
            case READ_NAMED -> PeerRows.writeRows(out, peer.read(PeerRows.readNames(in), RemoteService::same));
            case READ_ANY -> {
                PeerTable table = table(peer, in);
                PeerRows.writeRows(out, peer.readAny(table, PeerRows.readKeys(in), same(table)));
            }
            case KNOWN ->
                out.bytes(peer.known(table(peer, in), PeerRows.readKeys(in)).toByteArray());
            case BLOB -> out.bytes(piece(in.bytes(BLOB_NAME_BYTES_MAX, "name"), in.varint("position")));
            default -> throw new MalformedException("request " + request);
        }
    }

    private static int number(ByteReader in) throws MalformedException {
        return (int) in.varint(Integer.MAX_VALUE, "number of a table");
    }

    private static PeerTable table(LocalPeer peer, ByteReader in) throws MalformedException {
        int number = number(in);
        PeerTable table = peer.table(number);
        if (table == null) {
            throw new MalformedException("table " + number + ", which there is not");
        }
        return table;
    }

    /** Rows are sent in this node's numbers. */
    private static RowCopy same(PeerTable table) {
        return RowCopy.between(table.table(), table.table(), table.table().columnCount());
    }

    /** The next bytes of a large object; it is kept open while it is read from front to back. */
    private byte[] piece(byte[] name, long from) throws IOException {
        InputStream reading = content;
        if (reading == null || !Arrays.equals(name, contentName) || from != contentPosition) {
            closeContent();
            reading = node.host().blobs().read(name);
            reading.skipNBytes(from);
            content = reading;
            contentName = name;
            contentPosition = from;
        }
        byte[] piece = reading.readNBytes(RemoteBlob.PIECE_BYTES);
        contentPosition += piece.length;
        if (piece.length < RemoteBlob.PIECE_BYTES) {
            closeContent();
        }
        return piece;
    }
}

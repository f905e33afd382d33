package io.blazedb.internal.link;

import io.blazedb.sync.Dependency;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.session.MemberReport;
import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import io.blazedb.sync.internal.wire.TableDefinitionCodec;
import io.blazedb.sync.internal.wire.VectorCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The bytes of what nodes tell each other of themselves. Stateless. */
final class PeerValues {
    private static final int MARK_BYTES = 2 * Long.BYTES;
    private static final int ENTRIES_MAX = Integer.MAX_VALUE;

    private PeerValues() {}

    /** Writes one value of a kind. */
    interface Writing<T> {
        void write(ByteWriter out, T value);
    }

    /** Reads one value of a kind. */
    interface Reading<T> {
        T read(ByteReader in) throws MalformedException;
    }

    static void writeOrigin(ByteWriter out, OriginId origin) {
        out.raw(origin.toBytes());
    }

    static OriginId readOrigin(ByteReader in) throws MalformedException {
        return OriginId.of(in.raw(OriginId.BYTES, "origin"));
    }

    static void writeNode(ByteWriter out, NodeId node) {
        out.raw(node.toBytes());
    }

    static NodeId readNode(ByteReader in) throws MalformedException {
        return NodeId.of(in.raw(NodeId.BYTES, "node"));
    }

    static <T> void writeAll(ByteWriter out, List<T> values, Writing<T> writing) {
        out.varint(values.size());
        values.forEach(value -> writing.write(out, value));
    }

    static <T> List<T> readAll(ByteReader in, int bytesEachMin, Reading<T> reading) throws MalformedException {
        int count = in.count(bytesEachMin, ENTRIES_MAX, "entries");
        List<T> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(reading.read(in));
        }
        return values;
    }

    static <K, V> void writeMap(ByteWriter out, Map<K, V> values, Writing<K> keys, Writing<V> writing) {
        out.varint(values.size());
        values.forEach((key, value) -> {
            keys.write(out, key);
            writing.write(out, value);
        });
    }

    static <K, V> Map<K, V> readMap(ByteReader in, Reading<K> keys, Reading<V> reading) throws MalformedException {
        int count = in.count(OriginId.BYTES + 1, ENTRIES_MAX, "entries");
        Map<K, V> values = new HashMap<>();
        for (int i = 0; i < count; i++) {
            K key = keys.read(in);
            values.put(key, reading.read(in));
        }
        return values;
    }

    static void writeTimeline(ByteWriter out, Timeline timeline) {
        writeAll(out, timeline.marks(), (to, mark) -> to.u64(mark.lsn()).u64(mark.name()));
    }

    static Timeline readTimeline(ByteReader in) throws MalformedException {
        return new Timeline(
                readAll(in, MARK_BYTES, from -> new Timeline.Mark(from.u64("position"), from.u64("name of a mark"))));
    }

    static void writeStanding(ByteWriter out, Standing standing) {
        writeOrigin(out, standing.origin());
        writeAll(out, standing.ownOrigins(), PeerValues::writeOrigin);
        VectorCodec.write(out, standing.vector());
        out.u64(standing.first()).u64(standing.end());
        writeTimeline(out, standing.timeline());
    }

    static Standing readStanding(ByteReader in) throws MalformedException {
        return new Standing(
                readOrigin(in),
                readAll(in, OriginId.BYTES, PeerValues::readOrigin),
                VectorCodec.read(in),
                in.u64("first position"),
                in.u64("end"),
                readTimeline(in));
    }

    static void writeHorizon(ByteWriter out, Horizon horizon) {
        VectorCodec.write(out, horizon.vector());
        for (Dependency entry : horizon.vector().entries()) {
            Horizon.Clock clock = horizon.clocks().getOrDefault(entry.origin(), new Horizon.Clock(0, false));
            out.u64(clock.clock()).u8(clock.exact() ? 1 : 0);
        }
    }

    static Horizon readHorizon(ByteReader in) throws MalformedException {
        VersionVector vector = VectorCodec.read(in);
        Map<OriginId, Horizon.Clock> clocks = new HashMap<>();
        for (Dependency entry : vector.entries()) {
            clocks.put(entry.origin(), new Horizon.Clock(in.u64("clock"), in.u8("exact") == 1));
        }
        return new Horizon(vector, clocks);
    }

    static void writeDisowned(ByteWriter out, Disowned.Line line) {
        writeOrigin(out, line.origin());
        out.varint(line.last()).u64(line.firstClock()).u64(line.position()).u64(line.sinceMillis());
    }

    static Disowned.Line readDisowned(ByteReader in) throws MalformedException {
        return new Disowned.Line(
                readOrigin(in), in.varint("last"), in.u64("clock"), in.u64("position"), in.u64("time"));
    }

    static void writeReport(ByteWriter out, MemberReport report) {
        out.u64(report.at());
        VectorCodec.write(out, report.applied());
        VectorCodec.write(out, report.own());
    }

    static MemberReport readReport(ByteReader in) throws MalformedException {
        return new MemberReport(in.u64("time of a report"), VectorCodec.read(in), VectorCodec.read(in));
    }

    static void writeDefinitions(ByteWriter out, Map<OriginId, List<TableDefinition>> definitions) {
        writeMap(
                out,
                definitions,
                PeerValues::writeOrigin,
                (to, tables) -> writeAll(to, tables, TableDefinitionCodec::write));
    }

    static Map<OriginId, List<TableDefinition>> readDefinitions(ByteReader in) throws MalformedException {
        return readMap(in, PeerValues::readOrigin, from -> readAll(from, 1, TableDefinitionCodec::read));
    }
}

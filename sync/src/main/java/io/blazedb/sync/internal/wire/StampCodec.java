package io.blazedb.sync.internal.wire;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fences of one change set. Nearly all are none or the transaction's own stamp: one byte. For the others, origins
 * are written once and then named by number.
 *
 * <pre>
 * 0            none
 * 1            the transaction's own stamp
 * 2            the same as the last one written in full
 * 3 o16 hlc8   an origin named for the first time
 * 4+n hlc8     the n-th known origin: the author, those it depends on, those named before
 * </pre>
 *
 * <p>A stamp has one form only. Serves one change set in one direction, by one thread.
 */
final class StampCodec {
    static final int NONE = 0;
    static final int OWN = 1;
    static final int LAST = 2;
    static final int NEW_ORIGIN = 3;
    static final int KNOWN_ORIGIN = 4;

    private static final String WHAT = "fence";

    private final Stamp own;
    private final List<OriginId> origins = new ArrayList<>();
    private final Map<OriginId, Integer> numbers = new HashMap<>();
    private Stamp last = Stamp.ZERO;

    StampCodec(Stamp own) {
        this.own = own;
        name(own.origin());
    }

    void name(OriginId origin) {
        if (numbers.putIfAbsent(origin, origins.size()) == null) {
            origins.add(origin);
        }
    }

    /** {@link #NONE}, {@link #OWN}, or for all others {@link #LAST}. */
    int shape(Stamp stamp) {
        if (stamp.isZero()) {
            return NONE;
        }
        return stamp.equals(own) ? OWN : LAST;
    }

    void write(ByteWriter out, Stamp stamp) {
        int shape = shape(stamp);
        if (shape != LAST || stamp.equals(last)) {
            out.varint(shape);
            return;
        }
        last = stamp;
        Integer number = numbers.get(stamp.origin());
        if (number == null) {
            out.varint(NEW_ORIGIN).raw(stamp.origin().toBytes());
            name(stamp.origin());
        } else {
            out.varint(KNOWN_ORIGIN + number);
        }
        out.u64(stamp.hlc());
    }

    Stamp read(ByteReader in) throws MalformedException {
        int tag = (int) in.varint(KNOWN_ORIGIN + origins.size() - 1, WHAT);
        return switch (tag) {
            case NONE -> Stamp.ZERO;
            case OWN -> own;
            case LAST -> {
                if (last.isZero()) {
                    throw new MalformedException("fence: the same as the last one (expected: one in full before)");
                }
                yield last;
            }
            default -> readFull(in, tag);
        };
    }

    private Stamp readFull(ByteReader in, int tag) throws MalformedException {
        OriginId origin = tag == NEW_ORIGIN
                ? OriginId.of(in.raw(OriginId.BYTES, "origin of a fence"))
                : origins.get(tag - KNOWN_ORIGIN);
        if (tag == NEW_ORIGIN && numbers.containsKey(origin)) {
            throw new MalformedException("fence: origin " + origin + " in full (expected: its number)");
        }
        name(origin);
        Stamp stamp = new Stamp(in.u64(WHAT), origin);
        if (shape(stamp) != LAST || stamp.equals(last)) {
            throw new MalformedException("fence: " + stamp + " in full (expected: its short form)");
        }
        last = stamp;
        return stamp;
    }
}

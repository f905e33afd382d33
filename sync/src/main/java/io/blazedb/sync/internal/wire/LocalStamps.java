package io.blazedb.sync.internal.wire;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.Stamp;

/** Stamps and origins in what a database keeps for itself: origins by their numbers there. As safe as its table. */
record LocalStamps(OriginTable origins) {
    /** The origin's number plus one as a varint and the clock, or 0 for none. */
    void write(ByteWriter out, Stamp stamp) {
        if (stamp.isZero()) {
            out.varint(0);
        } else {
            out.varint(origins.indexOf(stamp.origin()) + 1L).u64(stamp.hlc());
        }
    }

    Stamp read(ByteReader in) throws MalformedException {
        int number = (int) in.varint(origins.size(), "origin number of a stamp");
        return number == 0 ? Stamp.ZERO : new Stamp(in.u64("clock of a stamp"), origins.originAt(number - 1));
    }

    void writeOrigin(ByteWriter out, OriginId origin) {
        out.varint(origins.indexOf(origin));
    }

    OriginId readOrigin(ByteReader in) throws MalformedException {
        int size = origins.size();
        if (size == 0) {
            throw new MalformedException("origin number of a counter: none is known");
        }
        return origins.originAt((int) in.varint(size - 1L, "origin number of a counter"));
    }
}

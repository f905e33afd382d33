package io.blazedb.sync.internal.session;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far a node is, at one moment.
 *
 * @param own the origin that it writes under
 * @param applied what is merged and in its log
 * @param durable what of that survives a power cut; never more than {@code applied}
 * @param frozen origins of which two different histories exist: neither sent nor accepted any more
 * @param missing for each origin, what its applied operations follow on and is not here: given up in {@link
 *     Effect.Regressed}. May go on naming what has come back.
 */
public record Standing(
        OriginId own,
        VersionVector applied,
        VersionVector durable,
        Set<OriginId> frozen,
        Map<OriginId, VersionVector> missing) {
    public Standing {
        frozen = Set.copyOf(frozen);
        missing = Map.copyOf(missing);
        if (!applied.covers(durable)) {
            throw new IllegalArgumentException("durable " + durable + " (expected: no more than " + applied + ")");
        }
    }

    /** Of a node that has given up nothing. */
    public Standing(OriginId own, VersionVector applied, VersionVector durable, Set<OriginId> frozen) {
        this(own, applied, durable, frozen, Map.of());
    }

    /** The last durable operation of each origin that is not frozen. */
    List<Head> heads(Marks marks) {
        List<Head> heads = new ArrayList<>();
        for (var entry : durable.entries()) {
            if (!frozen.contains(entry.origin())) {
                heads.add(new Head(entry.origin(), entry.seq(), marks.of(entry.origin(), entry.seq())));
            }
        }
        return heads;
    }

    /**
     * A number that is equal for equal durable histories, and differs for others but for one chance in 2^64. The
     * numbers of the operations alone would not tell two histories of one origin apart.
     */
    long durableHash(Marks marks) {
        long hash = 1;
        for (Head head : heads(marks)) {
            hash = mixed(hash ^ head.origin().high());
            hash = mixed(hash ^ head.origin().low());
            hash = mixed(hash ^ head.seq());
            hash = mixed(hash ^ head.mark());
        }
        return hash;
    }

    /** The finalizer of SplitMix64. */
    private static long mixed(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}

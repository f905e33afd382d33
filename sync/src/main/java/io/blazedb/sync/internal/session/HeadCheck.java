package io.blazedb.sync.internal.session;

/**
 * Compares what two nodes have of one origin, before anything of it flows. Finds the node whose files were put back,
 * and the origin under which two different operations have one number.
 */
public final class HeadCheck {
    private HeadCheck() {}

    /** What a node has of an origin, against what the peer has. */
    public enum Relation {
        SAME,
        /** The peer has more: ask for it. */
        BEHIND,
        /** The peer has less: send it. */
        AHEAD,
        /**
         * The peer has more of this node's own origin than this node ever wrote: its files were put back. It must write
         * under a new origin before anything else, and take its own old operations as those of another.
         */
        REGRESSED,
        /** One number stands for two operations. Nothing of this origin may be exchanged after the last common one. */
        FORKED
    }

    /**
     * Compares two heads. Where one is behind, the other one's clock at that number tells whether they are of one line;
     * when it is not known, that is left to the peer, which makes the same comparison.
     *
     * @param own whether the origin is the one under which this node writes, or has written
     */
    public static Relation relation(
            boolean own, OriginHead mine, OriginHead theirs, Clocks myClocks, Clocks theirClocks) {
        long common = Math.min(mine.seq(), theirs.seq());
        long here = clock(mine, myClocks, common);
        long there = clock(theirs, theirClocks, common);
        if (here != 0 && there != 0 && here != there) {
            return Relation.FORKED;
        }
        if (mine.seq() == theirs.seq()) {
            return Relation.SAME;
        }
        if (mine.seq() > theirs.seq()) {
            return Relation.AHEAD;
        }
        return own ? Relation.REGRESSED : Relation.BEHIND;
    }

    private static long clock(OriginHead head, Clocks clocks, long seq) {
        return seq == head.seq() && head.hlc() != 0 ? head.hlc() : seq == 0 ? 0 : clocks.at(seq);
    }

    /**
     * The last operation that both lines have, as far as the clocks prove it; 0 when they prove nothing. Two lines that
     * parted never meet again, so the largest number with one clock on both sides is it.
     *
     * @param upTo the smaller one of the two heads' numbers
     */
    public static long lastCommon(long upTo, Clocks myClocks, Clocks theirClocks) {
        for (long seq = upTo; seq > 0; seq--) {
            long mine = myClocks.at(seq);
            if (mine != 0 && mine == theirClocks.at(seq)) {
                return seq;
            }
        }
        return 0;
    }
}

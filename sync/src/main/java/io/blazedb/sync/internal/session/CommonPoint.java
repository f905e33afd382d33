package io.blazedb.sync.internal.session;

import io.blazedb.sync.OriginId;

/** Finds the last operation of an origin that two nodes have in common, by halving. Used by one session. */
final class CommonPoint {
    private final OriginId origin;
    private final Marks marks;
    private long common;
    private long differsFrom;
    private long asked;

    /** @param last the last number that both sides use for something */
    CommonPoint(OriginId origin, long last, Marks marks) {
        this.origin = origin;
        this.marks = marks;
        this.differsFrom = last + 1;
        this.asked = last;
    }

    boolean isFound() {
        return common + 1 == differsFrom;
    }

    long common() {
        return common;
    }

    OriginId origin() {
        return origin;
    }

    /** What to ask the peer. */
    Message.Ask question() {
        return new Message.Ask(origin, asked);
    }

    /** What the peer has there; answers to other questions do not matter. */
    void answer(Head head) {
        if (!isFound() && head.origin().equals(origin) && head.seq() == asked) {
            if (head.mark() == marks.of(origin, asked)) {
                common = asked;
            } else {
                differsFrom = asked;
            }
            asked = common + (differsFrom - common) / 2;
        }
    }
}

package io.blazedb.sync.internal.session;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import java.util.List;

/** What a session wants done, in this order. */
public sealed interface Effect {
    /** Give this message to the peer. */
    record Send(Message message) implements Effect {}

    /**
     * Read operations in the order of the log and give them to {@link Session#loaded}. Only one is asked for at a time.
     *
     * @param position where the last reading ended; 0 to begin where the first operation is that {@code known} lacks
     * @param known what to leave out
     * @param upTo where to end: at the first operation that this vector lacks
     */
    record Read(long position, VersionVector known, VersionVector upTo, int operationsMax, long bytesMax)
            implements Effect {}

    /**
     * Apply these in this order, each whole, and report it with {@link Session#advanced}. Another session may bring the
     * same operations: one that is applied already is left out. If one cannot be applied, or does not {@linkplain
     * Arrival#continues continue} what is here by then, leave it and those after it and close the session: the next
     * greeting finds the two histories.
     */
    record Apply(List<Arrival> arrivals) implements Effect {
        public Apply {
            arrivals = List.copyOf(arrivals);
        }
    }

    /** Count these operations as applied: the peer may not show them. */
    record Skip(OriginId origin, long from, long to) implements Effect {}

    /**
     * The peer has operations of this node's origin that are not here: files were put back. Begin a new origin, write
     * again under it what the old one wrote after {@code commonSeq}, count the old one as known up to there, and open
     * all sessions anew. The session is closed.
     *
     * <p>Others' operations that follow on later ones of the old origin may be applied already: they named a number
     * that stood for something else here. They stay, and from now on, also after a restart, {@link Standing#missing}
     * tells what they lack, until it has come.
     */
    record Regressed(OriginId origin, long commonSeq) implements Effect {}

    /** Two different operations of this origin have the number: take it out of exchange, durably, and report it. */
    record Freeze(OriginId origin, long seq) implements Effect {}

    /** K1: what is committed here may be stamped with this time at most now: the peer's, and what is tolerated. */
    record ClampClock(long wallMillisMax) implements Effect {}

    /** Both nodes have applied the same and have different rows. */
    record CompareRows() implements Effect {}

    /** Join these rows with this node's. */
    record Join(Message.Rows rows) implements Effect {}

    /** The log does not reach back to this operation, which the peer needs: it needs a copy of the rows. */
    record NeedsCopy(OriginId origin, long seq) implements Effect {}

    /** The session is over; begin another one later, if the reason allows. */
    record Close(String reason) implements Effect {}
}

package io.blazedb.sync.internal.session;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import java.util.List;

/** What two nodes say to each other. {@code wire.MessageCodec} knows the bytes. */
public sealed interface Message {
    /**
     * The first message of each side, again until the other's has come, and when an origin is frozen.
     *
     * @param asking whether the sender still waits for the receiver's
     * @param own the origin that the sender writes under
     * @param wallMillis the sender's time
     * @param heads the last durable operation of each origin
     * @param frozen origins of which two histories exist: the receiver stops exchanging them too
     * @param windowOperations how many operations the receiver may send before the first is acknowledged
     * @param windowBytes how many bytes these may have
     */
    record Hello(
            boolean asking,
            OriginId own,
            long wallMillis,
            List<Head> heads,
            List<OriginId> frozen,
            int windowOperations,
            long windowBytes)
            implements Message {
        public Hello {
            heads = List.copyOf(heads);
            frozen = List.copyOf(frozen);
        }
    }

    /** Operations that are durable at the sender: all heads, or those that were asked for. */
    record Heads(List<Head> heads) implements Message {
        public Heads {
            heads = List.copyOf(heads);
        }
    }

    /** Which mark has this operation at your side? Answered with {@link Heads}. */
    record Ask(OriginId origin, long seq) implements Message {
        public Ask {
            checkRange(origin, seq, seq);
        }
    }

    /** Send these operations, whatever the window says: both ends included. */
    record Pull(OriginId origin, long from, long to) implements Message {
        public Pull {
            checkRange(origin, from, to);
        }
    }

    /**
     * Operations of one origin, without gaps.
     *
     * @param previousMark the mark of the operation before the first one
     */
    record Batch(long previousMark, List<Operation> operations) implements Message {
        public Batch {
            operations = List.copyOf(operations);
            if (operations.isEmpty()) {
                throw new IllegalArgumentException("a batch of no operations (expected: >= 1)");
            }
            OriginId origin = operations.get(0).changeSet().origin();
            long next = operations.get(0).changeSet().seq();
            for (Operation operation : operations) {
                if (!operation.changeSet().origin().equals(origin)
                        || operation.changeSet().seq() != next) {
                    throw new IllegalArgumentException(
                            "operation " + operation.changeSet().seq() + " of "
                                    + operation.changeSet().origin() + " in a batch (expected: " + next + " of "
                                    + origin + ")");
                }
                next++;
            }
        }

        public OriginId origin() {
            return operations.get(0).changeSet().origin();
        }

        public long from() {
            return operations.get(0).changeSet().seq();
        }

        public long to() {
            return from() + operations.size() - 1;
        }
    }

    /** All these operations are durable at the sender. */
    record Ack(VersionVector durable) implements Message {}

    /** The receiver may not see these operations: they count as applied. Both ends included. */
    record Skip(OriginId origin, long from, long to) implements Message {
        public Skip {
            checkRange(origin, from, to);
        }
    }

    /**
     * How far the sender is, in short: sent at every tick.
     *
     * @param vector a hash of its durable vector and of the marks of the last operations
     * @param rows its rows, or {@link Fingerprint#UNKNOWN}
     * @param parked how many operations wait there
     */
    record Digest(long vector, Fingerprint rows, long parked) implements Message {
        public Digest {
            if (parked < 0) {
                throw new IllegalArgumentException(parked + " parked operations (expected: >= 0)");
            }
        }
    }

    /** Rows to be joined with the receiver's; columns by name, in the order of the values. */
    record Rows(String schema, String table, List<String> columns, List<StateRow> rows) implements Message {
        public Rows {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /** From now on so many operations and bytes may be on their way to the sender; nothing when it has to catch up. */
    record Credit(int operations, long bytes) implements Message {
        public Credit {
            if (operations < 0 || bytes < 0) {
                throw new IllegalArgumentException(
                        "credit for " + operations + " operations of " + bytes + " bytes (expected: >= 0)");
            }
        }
    }

    /** Says that the sender lives; answered when asking. */
    record Ping(boolean asking) implements Message {}

    /** The sender leaves; nodes that may be asked instead. */
    record GoAway(List<String> others) implements Message {
        public GoAway {
            others = List.copyOf(others);
        }
    }

    /** The sender ends the session, and why. */
    record Failed(String reason) implements Message {}

    private static void checkRange(OriginId origin, long from, long to) {
        if (from < 1 || to < from) {
            throw new IllegalArgumentException(
                    "operations " + from + " to " + to + " of " + origin + " (expected: >= 1, ascending)");
        }
    }
}

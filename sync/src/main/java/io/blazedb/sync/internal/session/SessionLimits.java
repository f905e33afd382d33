package io.blazedb.sync.internal.session;

/**
 * What one session may hold and wait for.
 *
 * @param windowOperations how many operations a peer may have sent that are not durable here
 * @param windowBytes how many bytes these may have
 * @param parkedOperationsMax how many operations may wait for others before the window closes
 * @param parkedBytesMax how many bytes these may have; at most a window more is ever held
 * @param batchOperationsMax how many operations go into one message
 * @param batchBytesMax how many bytes of operations go into one message; a larger operation goes alone
 * @param driftMillisMax how far ahead of this node's time an operation may be before it has to wait
 * @param silentTicksMax after so many ticks without a message the peer counts as gone
 */
public record SessionLimits(
        int windowOperations,
        long windowBytes,
        int parkedOperationsMax,
        long parkedBytesMax,
        int batchOperationsMax,
        long batchBytesMax,
        long driftMillisMax,
        int silentTicksMax) {
    public SessionLimits {
        boolean positive = windowOperations > 0
                && windowBytes > 0
                && parkedOperationsMax > 0
                && parkedBytesMax > 0
                && batchOperationsMax > 0
                && batchBytesMax > 0
                && driftMillisMax > 0
                && silentTicksMax > 0;
        if (!positive) {
            throw new IllegalArgumentException("a limit of a session is not positive (expected: all >= 1)");
        }
    }

    /** Window 1024 operations or 4 MiB, 100,000 operations or 64 MiB parked, batches of 256 or 1 MiB, 60 s, 3 ticks. */
    public static SessionLimits defaults() {
        return new SessionLimits(1024, 4 << 20, 100_000, 64 << 20, 256, 1 << 20, 60_000, 3);
    }
}

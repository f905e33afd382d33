package io.blazedb.sync.internal.log;

/**
 * The sizes of a log. A log begins with a small segment, because its first append waits until it is written; each
 * further one is {@link #SEGMENT_GROWTH} times as large, up to the full size.
 */
public record LogOptions(int firstSegmentBytes, int segmentBytes) {
    static final int SEGMENT_GROWTH = 8;
    private static final int SEGMENT_BYTES_MAX = 1 << 30;

    public LogOptions {
        if (firstSegmentBytes < 2 * SegmentLayout.HEADER_BYTES) {
            throw new IllegalArgumentException("A first segment of " + firstSegmentBytes + " bytes (expected: >= "
                    + 2 * SegmentLayout.HEADER_BYTES + ")");
        }
        if (segmentBytes < firstSegmentBytes || segmentBytes > SEGMENT_BYTES_MAX) {
            throw new IllegalArgumentException("Segments of " + segmentBytes + " bytes (expected: " + firstSegmentBytes
                    + " to " + SEGMENT_BYTES_MAX + ")");
        }
    }

    /** 256 KiB, then 2 MiB, then 16 MiB each. */
    public static LogOptions defaults() {
        return new LogOptions(1 << 18, 1 << 24);
    }

    int bytesAfter(int segmentCapacity) {
        return (int) Math.min(segmentBytes, (long) segmentCapacity * SEGMENT_GROWTH);
    }
}

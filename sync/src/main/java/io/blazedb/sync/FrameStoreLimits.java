package io.blazedb.sync;

/**
 * How much a relay keeps for one database. What would go beyond is refused with {@link
 * FrameRefusedException.Reason#FULL}; nothing that was taken is given up for it.
 *
 * @param bytesMax frames and contents together, as they are on the disk
 * @param originBytesMax frames of one origin that were not cut: its backlog
 * @param originsMax how many origins
 * @param contentBytesMax one blob or snapshot chunk
 * @param freeBytesMin what stays free on the disk, for others and for the store's own work
 */
public record FrameStoreLimits(
        long bytesMax, long originBytesMax, int originsMax, long contentBytesMax, long freeBytesMin) {
    public FrameStoreLimits {
        if (bytesMax < 1 || originBytesMax < 1 || originsMax < 1 || contentBytesMax < 1 || freeBytesMin < 0) {
            throw new IllegalArgumentException("limits of " + bytesMax + ", " + originBytesMax + ", " + originsMax
                    + ", " + contentBytesMax + ", " + freeBytesMin + " (expected: 1 or more; the last one 0 or more)");
        }
    }
}

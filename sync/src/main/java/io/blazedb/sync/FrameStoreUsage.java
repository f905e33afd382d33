package io.blazedb.sync;

/**
 * What a relay keeps for one database.
 *
 * @param origins how many origins it knows
 * @param frameBytes frames that were not cut
 * @param logBytes what they take on the disk, with what was cut and could not be freed yet
 * @param contents how many blobs and snapshot chunks
 * @param contentBytes what these take on the disk
 */
public record FrameStoreUsage(int origins, long frameBytes, long logBytes, int contents, long contentBytes) {}

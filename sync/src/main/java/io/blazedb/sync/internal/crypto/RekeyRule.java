package io.blazedb.sync.internal.crypto;

import java.time.Duration;

/**
 * How long a key of a direction serves.
 *
 * @param records how many records, the one that ends it included
 * @param millis how long a sender goes on with it
 */
record RekeyRule(long records, long millis) {
    /** 2^20 records of 64 KiB are 64 GiB, far below what AES-GCM bears; 15 minutes bound what a found key opens. */
    static final RekeyRule STANDARD =
            new RekeyRule(1L << 20, Duration.ofMinutes(15).toMillis());
}

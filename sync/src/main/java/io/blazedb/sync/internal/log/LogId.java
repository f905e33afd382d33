package io.blazedb.sync.internal.log;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** What makes one log different from every other: 16 random bytes, drawn when its first segment is made. */
record LogId(long high, long low) {
    static final int BYTES = 16;

    static LogId random() {
        SecureRandom random = new SecureRandom();
        return new LogId(random.nextLong(), random.nextLong());
    }

    void copyTo(byte[] target, int offset) {
        ByteBuffer.wrap(target).putLong(offset, high).putLong(offset + Long.BYTES, low);
    }

    @Override
    public String toString() {
        return String.format("%016x%016x", high, low);
    }
}

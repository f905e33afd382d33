package io.blazedb.sync.internal.log;

import java.util.Arrays;

/**
 * The secret of an encrypted log and of its blobs. A log that is opened with a key writes nothing in the clear and
 * takes nothing that was not encrypted with it; one that is opened without has no encrypted file. Whoever made the key
 * closes it, after the log. Any thread may use it.
 */
public final class LogKey implements AutoCloseable {
    public static final int BYTES = 32;

    private final byte[] secret;

    /** Copies the secret, which the caller wipes. */
    public LogKey(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("log key of " + secret.length + " bytes (expected: " + BYTES + ")");
        }
        this.secret = secret.clone();
    }

    RecordCipher ofRecords(LogId log) {
        return new RecordCipher(secret, RecordCipher.Use.RECORDS, log, 0);
    }

    RecordCipher ofBlobs(LogId file, long number) {
        return new RecordCipher(secret, RecordCipher.Use.BLOBS, file, number);
    }

    @Override
    public void close() {
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "log key";
    }
}

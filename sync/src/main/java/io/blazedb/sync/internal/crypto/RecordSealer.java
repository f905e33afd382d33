package io.blazedb.sync.internal.crypto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of one direction of one session, in the order in which they have to be sent.
 *
 * <p>The nonce is the number of the record, so {@link RecordOpener} notices a record that was changed, dropped,
 * repeated, moved or sent back. Replaces its key by itself. Not safe for use by several threads.
 */
public final class RecordSealer {
    private static final byte[] NOTHING = {};

    private final RekeyRule rule;
    private final int frameBytesMax;
    private @Nullable CipherState cipher;
    private long recordsUnderKey;
    private long keyMillis;

    /** @param nowMillis a clock that does not go back, the same for all calls */
    RecordSealer(CipherState cipher, int frameBytesMax, RekeyRule rule, long nowMillis) {
        this.cipher = cipher;
        this.frameBytesMax = frameBytesMax;
        this.rule = rule;
        keyMillis = nowMillis;
    }

    /**
     * The records of a frame, at least one.
     *
     * @param type from {@link Frame#TYPE_LEAST} to 255
     * @param nowMillis a clock that does not go back, the same for all calls
     */
    public List<byte[]> seal(int type, byte[] payload, long nowMillis) {
        if (type < Frame.TYPE_LEAST || type > Frame.TYPE_MAX) {
            throw new IllegalArgumentException(
                    "frame of type " + type + " (expected: " + Frame.TYPE_LEAST + " to " + Frame.TYPE_MAX + ")");
        }
        return sealFrame(type, payload, nowMillis);
    }

    /** The records of a frame of any type, the session's own included. */
    List<byte[]> sealFrame(int type, byte[] payload, long nowMillis) {
        if (payload.length > frameBytesMax) {
            throw new IllegalArgumentException(
                    "frame of " + payload.length + " bytes (allowed in this session: " + frameBytesMax + ")");
        }
        List<byte[]> records = new ArrayList<>(payload.length / RecordLayout.PAYLOAD_BYTES_MAX + 2);
        int from = 0;
        do {
            rekeyIfDue(records, nowMillis);
            int length = Math.min(RecordLayout.PAYLOAD_BYTES_MAX, payload.length - from);
            int first = from == 0 ? RecordLayout.FIRST : 0;
            int last = from + length == payload.length ? RecordLayout.LAST : 0;
            records.add(record(type, first | last, payload, from, length));
            from += length;
        } while (from < payload.length);
        return records;
    }

    /** The record that ends this direction: without it the other side takes the end for a truncation. */
    public byte[] close() {
        byte[] record = record(RecordLayout.CLOSE, RecordLayout.FIRST | RecordLayout.LAST, NOTHING, 0, 0);
        wipe();
        return record;
    }

    /** Lets go of the key; nothing can be sealed any more. */
    void wipe() {
        cipher = null;
    }

    /** Also the record that announces a new key counts, so one number is kept free for it. */
    private void rekeyIfDue(List<byte[]> records, long nowMillis) {
        if (recordsUnderKey < rule.records() - 1 && nowMillis - keyMillis < rule.millis()) {
            return;
        }
        records.add(record(RecordLayout.REKEY, RecordLayout.FIRST | RecordLayout.LAST, NOTHING, 0, 0));
        cipher().rekey();
        recordsUnderKey = 0;
        keyMillis = nowMillis;
    }

    private byte[] record(int type, int flags, byte[] payload, int from, int length) {
        byte[] plain = RecordLayout.plain(type, flags, payload, from, length);
        byte[] sealed = cipher().encrypt(NOTHING, plain);
        recordsUnderKey++;
        Arrays.fill(plain, (byte) 0);
        return sealed;
    }

    private CipherState cipher() {
        if (cipher == null) {
            throw new IllegalStateException("this direction of the session is closed");
        }
        return cipher;
    }
}

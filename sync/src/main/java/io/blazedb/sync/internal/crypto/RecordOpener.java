package io.blazedb.sync.internal.crypto;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the records of one direction of one session, in the order in which they were sealed.
 *
 * <p>The first record that is not exactly the next one ends the session: this and every later call throws. Not safe for
 * use by several threads.
 */
public final class RecordOpener {
    private static final byte[] NOTHING = {};

    private final RekeyRule rule;
    private final int frameBytesMax;
    private @Nullable CipherState cipher;
    private long recordsUnderKey;
    private @Nullable String failure;
    private boolean closed;

    /** A frame of which the last record is not here yet. */
    private @Nullable ByteArrayOutputStream fragments;

    private int fragmentsType;

    RecordOpener(CipherState cipher, int frameBytesMax, RekeyRule rule) {
        this.cipher = cipher;
        this.frameBytesMax = frameBytesMax;
        this.rule = rule;
    }

    /** The frame that this record completes; empty if it does not, or is of the session's own. */
    public Optional<Frame> open(byte[] record) throws RecordException {
        Optional<Frame> frame = openAny(record);
        if (frame.isPresent() && frame.get().type() < Frame.TYPE_LEAST) {
            throw fail("frame of type " + frame.get().type() + " (expected: >= " + Frame.TYPE_LEAST + ")");
        }
        return frame;
    }

    /** As {@link #open}, for frames of any type. */
    Optional<Frame> openAny(byte[] record) throws RecordException {
        if (failure != null || closed) {
            throw new RecordException(failure != null ? failure : "a record after the one that closes the session");
        }
        byte[] plain = decrypt(record);
        ByteBuffer header = ByteBuffer.wrap(plain);
        int type = header.get() & 0xFF;
        int flags = header.get() & 0xFF;
        int length = header.getShort() & 0xFFFF;
        checkForm(plain, flags, length);
        if (type == RecordLayout.CLOSE || type == RecordLayout.REKEY) {
            control(type, flags, length);
            return Optional.empty();
        }
        Optional<Frame> frame = assemble(type, flags, plain, length);
        Arrays.fill(plain, (byte) 0);
        return frame;
    }

    /** Whether the other side has ended its direction. */
    public boolean isClosed() {
        return closed;
    }

    /** To be called when no record will come any more: fails unless the other side has said so. */
    public void end() throws RecordException {
        if (failure != null) {
            throw new RecordException(failure);
        }
        if (!closed) {
            throw fail("the connection ended before the session was closed: something may be missing");
        }
    }

    /** Lets go of the key; nothing can be opened any more. */
    void wipe() {
        cipher = null;
        fragments = null;
        if (failure == null && !closed) {
            failure = "the session is over";
        }
    }

    private byte[] decrypt(byte[] record) throws RecordException {
        int length = record.length;
        if (length < RecordLayout.RECORD_BYTES_LEAST
                || length > RecordLayout.RECORD_BYTES_MAX
                || (length - AesGcm.TAG_BYTES) % RecordLayout.PAD_BYTES != 0) {
            throw fail("record of " + length + " bytes (expected: " + RecordLayout.RECORD_BYTES_LEAST + " to "
                    + RecordLayout.RECORD_BYTES_MAX + ", 16 more than a multiple of 64)");
        }
        if (cipher == null || recordsUnderKey == rule.records()) {
            throw fail("more than " + rule.records() + " records under one key");
        }
        try {
            byte[] plain = cipher.decrypt(NOTHING, record);
            recordsUnderKey++;
            return plain;
        } catch (AEADBadTagException e) {
            RecordException failed = fail("record that was changed, dropped, repeated, moved or sent back");
            failed.initCause(e);
            throw failed;
        }
    }

    private void checkForm(byte[] plain, int flags, int length) throws RecordException {
        if (flags > (RecordLayout.FIRST | RecordLayout.LAST)) {
            throw fail("record with flags " + flags + " (expected: 0 to 3)");
        }
        if (length > plain.length - RecordLayout.HEADER_BYTES || RecordLayout.paddedBytes(length) != plain.length) {
            throw fail("record of " + plain.length + " bytes with a payload of " + length);
        }
        for (int i = RecordLayout.HEADER_BYTES + length; i < plain.length; i++) {
            if (plain[i] != 0) {
                throw fail("record with a padding that is not zero");
            }
        }
    }

    private void control(int type, int flags, int length) throws RecordException {
        if (flags != (RecordLayout.FIRST | RecordLayout.LAST) || length != 0) {
            throw fail(
                    "record of type " + type + " with flags " + flags + " and " + length + " bytes (expected: 3, 0)");
        }
        if (type == RecordLayout.REKEY && cipher != null) {
            cipher.rekey();
            recordsUnderKey = 0;
            return;
        }
        if (fragments != null) {
            throw fail("session closed in the middle of a frame");
        }
        closed = true;
        wipe();
    }

    private Optional<Frame> assemble(int type, int flags, byte[] plain, int length) throws RecordException {
        boolean first = (flags & RecordLayout.FIRST) != 0;
        boolean last = (flags & RecordLayout.LAST) != 0;
        if (first != (fragments == null) || (!first && type != fragmentsType)) {
            throw fail("record of type " + type + " with flags " + flags + " that does not follow on the one before");
        }
        if (!last && length != RecordLayout.PAYLOAD_BYTES_MAX) {
            throw fail("fragment of " + length + " bytes (expected: " + RecordLayout.PAYLOAD_BYTES_MAX + ")");
        }
        int before = fragments == null ? 0 : fragments.size();
        if (length > frameBytesMax - before) {
            throw fail("frame of " + (before + length) + " bytes or more (allowed: " + frameBytesMax + ")");
        }
        if (first && last) {
            int from = RecordLayout.HEADER_BYTES;
            return Optional.of(new Frame(type, Arrays.copyOfRange(plain, from, from + length)));
        }
        ByteArrayOutputStream gathered = fragments == null ? new ByteArrayOutputStream(2 * length) : fragments;
        gathered.write(plain, RecordLayout.HEADER_BYTES, length);
        fragments = last ? null : gathered;
        fragmentsType = type;
        return last ? Optional.of(new Frame(type, gathered.toByteArray())) : Optional.empty();
    }

    private RecordException fail(String reason) {
        failure = reason;
        cipher = null;
        fragments = null;
        return new RecordException(reason);
    }
}

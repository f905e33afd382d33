package io.blazedb.internal.link;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the copy of a table goes on: a pass, and the key of the last row that was read in it. Immutable.
 *
 * <pre>
 * bytes := pass u8 | key
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // never written to
record CopyPlace(Pass pass, byte @Nullable [] after) {
    static final CopyPlace BEGIN = new CopyPlace(Pass.WITH_STATE, null);

    /** Which rows are read. A code is kept in databases: never change one. */
    enum Pass {
        WITH_STATE(1),
        WITHOUT_STATE(2),
        CHANGED(3);

        private final int code;

        Pass(int code) {
            this.code = code;
        }

        private static Pass of(int code) {
            return switch (code) {
                case 1 -> WITH_STATE;
                case 2 -> WITHOUT_STATE;
                case 3 -> CHANGED;
                default -> throw new IllegalStateException("A copy at pass " + code + " (expected: 1 to 3)");
            };
        }

        private @Nullable Pass next() {
            return switch (this) {
                case WITH_STATE -> WITHOUT_STATE;
                case WITHOUT_STATE -> CHANGED;
                case CHANGED -> null;
            };
        }
    }

    static CopyPlace of(byte @Nullable [] bytes) {
        if (bytes == null) {
            return BEGIN;
        }
        byte[] key = bytes.length == 1 ? null : Arrays.copyOfRange(bytes, 1, bytes.length);
        return new CopyPlace(Pass.of(bytes[0]), key);
    }

    byte[] toBytes() {
        byte[] key = after == null ? new byte[0] : after;
        byte[] bytes = new byte[1 + key.length];
        bytes[0] = (byte) pass.code;
        System.arraycopy(key, 0, bytes, 1, key.length);
        return bytes;
    }

    /** After this key in the same pass, or the next pass when there is no key; null after the last one. */
    @Nullable
    CopyPlace next(byte @Nullable [] lastKey) {
        Pass then = lastKey == null ? pass.next() : pass;
        return then == null ? null : new CopyPlace(then, lastKey);
    }
}

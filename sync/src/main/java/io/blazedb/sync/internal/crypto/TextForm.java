package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.MalformedException;
import java.util.Arrays;
import java.util.Base64;

/** The text forms of keys and hashes: one form a value, and errors that never repeat what was given. */
final class TextForm {
    private TextForm() {}

    /** 43 characters of the alphabet for URLs, without padding. */
    static String of(byte[] thirtyTwo) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(thirtyTwo);
    }

    /** The 32 bytes that {@link #of} wrote; {@code what} is named in the error, the text is not. */
    static byte[] parse(String text, String what) throws MalformedException {
        return parse(text, what, Base64.getUrlDecoder(), Base64.getUrlEncoder().withoutPadding());
    }

    static byte[] parse(String text, String what, Base64.Decoder decoder, Base64.Encoder encoder)
            throws MalformedException {
        byte[] bytes;
        try {
            bytes = decoder.decode(text);
        } catch (IllegalArgumentException notBase64) {
            // The cause names characters of the text, so it is not passed on.
            throw new MalformedException(what + " of " + text.length() + " characters that is not base64");
        }
        // Decoders take several texts for the same bytes; each value has one form here.
        boolean same =
                bytes.length == Sha256.BYTES && encoder.encodeToString(bytes).equals(text);
        if (!same) {
            int length = bytes.length;
            Arrays.fill(bytes, (byte) 0);
            throw new MalformedException(what + " of " + length + " bytes (expected: base64 of " + Sha256.BYTES
                    + " bytes in its only form)");
        }
        return bytes;
    }
}

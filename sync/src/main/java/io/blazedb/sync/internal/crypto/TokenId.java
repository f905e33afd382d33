package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.MalformedException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Names a token, in lists and in the clear; says nothing of its secret. */
public record TokenId(long value) {
    static final int BYTES = Long.BYTES;

    public static TokenId random(SecureRandom random) {
        return new TokenId(random.nextLong());
    }

    /** Reads the text form: 16 hexadecimal digits. */
    public static TokenId parse(String text) throws MalformedException {
        if (text.length() != 2 * BYTES || !text.chars().allMatch(TokenId::isLowerCaseDigit)) {
            throw new MalformedException(
                    "token id of " + text.length() + " characters (expected: " + 2 * BYTES + " of 0-9 and a-f)");
        }
        return new TokenId(HexFormat.fromHexDigitsToLong(text));
    }

    private static boolean isLowerCaseDigit(int character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value);
    }
}

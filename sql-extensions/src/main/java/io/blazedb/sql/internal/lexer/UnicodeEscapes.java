package io.blazedb.sql.internal.lexer;

/** Decodes {@code \0041} and {@code \+01F600}, the escapes of the SQL standard. */
final class UnicodeEscapes {
    private static final int SHORT_DIGITS = 4;
    private static final int LONG_DIGITS = 6;

    private UnicodeEscapes() {}

    /**
     * The text that the escapes stand for.
     *
     * @throws IllegalArgumentException if one is malformed
     */
    static String decode(String escaped, char escape) {
        StringBuilder decoded = new StringBuilder();
        int i = 0;
        while (i < escaped.length()) {
            char character = escaped.charAt(i++);
            if (character != escape) {
                decoded.append(character);
            } else if (i < escaped.length() && escaped.charAt(i) == escape) {
                decoded.append(escape);
                i++;
            } else {
                boolean isLong = escaped.startsWith("+", i);
                int start = isLong ? i + 1 : i;
                i = start + (isLong ? LONG_DIGITS : SHORT_DIGITS);
                if (i > escaped.length()) {
                    throw new IllegalArgumentException("escape cut off, expected more digits");
                }
                decoded.appendCodePoint(Integer.parseUnsignedInt(escaped, start, i, 16));
            }
        }
        return decoded.toString();
    }
}

package io.blazedb.internal.statement;

/**
 * Where a number ends, as H2 reads it: {@code 1_000}, {@code 1.5e-3}, {@code 7L}, {@code 0xFF}. A word may follow with
 * nothing between: {@code LIMIT 1FOR UPDATE}.
 */
final class SqlNumber {
    private SqlNumber() {}

    static int end(String sql, int start) {
        int radix = sql.charAt(start) == '0' ? radix(at(sql, start + 1)) : 10;
        if (radix != 10) {
            int end = digits(sql, start + 2, radix);
            return at(sql, end) == 'L' ? end + 1 : end;
        }
        int whole = digits(sql, start, 10);
        int end = at(sql, whole) == '.' ? digits(sql, whole + 1, 10) : whole;
        if (isLetter(at(sql, end), 'E')) {
            return exponent(sql, end + 1);
        }
        return end == whole && isLetter(at(sql, end), 'L') ? end + 1 : end;
    }

    private static int radix(char letter) {
        return switch (letter) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
        };
    }

    private static int exponent(String sql, int from) {
        char sign = at(sql, from);
        return digits(sql, sign == '+' || sign == '-' ? from + 1 : from, 10);
    }

    private static int digits(String sql, int from, int radix) {
        int i = from;
        while (at(sql, i) == '_' || Character.digit(at(sql, i), radix) >= 0) {
            i++;
        }
        return i;
    }

    private static boolean isLetter(char c, char capital) {
        return (c & ~0x20) == capital;
    }

    /** The character, or 0 after the end. */
    private static char at(String sql, int index) {
        return index < sql.length() ? sql.charAt(index) : 0;
    }
}

package io.blazedb.internal.schema;

import java.util.Locale;

/**
 * Cuts an expression into tokens for those who must know what H2 will see before it parses. Where H2 could see more
 * than one thing (comments, dollar quotes, parameters, names that are not ASCII without quotes), the token is
 * {@link Kind#STRANGE}. For one thread.
 */
final class SqlTokens {
    enum Kind {
        /** Letters, digits and {@code _} that begin with a letter, outside any quotes; in capitals. */
        WORD,
        /** Digits. What follows them, as in {@code 1e5}, is a word of its own, so nothing hides behind a digit. */
        DIGITS,
        /** With its quotes, and {@code U&} before them if H2 printed letters that are not ASCII. */
        QUOTED_NAME,
        /** As a quoted name. */
        STRING,
        SYMBOL,
        STRANGE,
        END
    }

    private static final String SYMBOLS = "+-*/%(),.<>=!|&:[]~";

    private final String sql;
    private int start;
    private int end;

    SqlTokens(String sql) {
        this.sql = sql;
    }

    /** Where the last token begins. */
    int start() {
        return start;
    }

    /** The index after the last token. */
    int end() {
        return end;
    }

    /** The last token, in capitals. */
    String text() {
        return sql.substring(start, end).toUpperCase(Locale.ROOT);
    }

    Kind next() {
        start = end;
        while (start < sql.length() && (sql.charAt(start) == ' ' || sql.charAt(start) == '\n')) {
            start++;
        }
        if (start == sql.length()) {
            end = start;
            return Kind.END;
        }
        return token(sql.charAt(start));
    }

    private Kind token(char first) {
        end = start + 1;
        boolean unicode = sql.startsWith("&'", end) || sql.startsWith("&\"", end);
        if (unicode && (first == 'U' || first == 'u')) {
            end = start + 2;
            return quoted(sql.charAt(end));
        }
        if (isLetter(first)) {
            while (end < sql.length() && (isLetter(sql.charAt(end)) || isDigit(sql.charAt(end)))) {
                end++;
            }
            return Kind.WORD;
        }
        if (isDigit(first)) {
            while (end < sql.length() && isDigit(sql.charAt(end))) {
                end++;
            }
            return Kind.DIGITS;
        }
        if (first == '\'' || first == '"') {
            end = start;
            return quoted(first);
        }
        boolean symbol = SYMBOLS.indexOf(first) >= 0 && !isCommentAt(start);
        return symbol ? Kind.SYMBOL : Kind.STRANGE;
    }

    /** From the opening quote at the end behind the closing one; two quotes are one of the content. */
    private Kind quoted(char quote) {
        for (int at = end + 1; at < sql.length(); at++) {
            if (sql.charAt(at) == quote) {
                if (at + 1 == sql.length() || sql.charAt(at + 1) != quote) {
                    end = at + 1;
                    return quote == '"' ? Kind.QUOTED_NAME : Kind.STRING;
                }
                at++;
            }
        }
        end = sql.length();
        return Kind.STRANGE;
    }

    private boolean isCommentAt(int at) {
        return sql.startsWith("--", at) || sql.startsWith("//", at) || sql.startsWith("/*", at);
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The text with another in the place of each such word that stands outside quotes. */
    static String replaceWord(String sql, String word, String replacement) {
        StringBuilder result = new StringBuilder(sql.length() + replacement.length());
        SqlTokens tokens = new SqlTokens(sql);
        int copied = 0;
        for (Kind kind = tokens.next(); kind != Kind.END; kind = tokens.next()) {
            if (kind == Kind.WORD && tokens.text().equals(word)) {
                result.append(sql, copied, tokens.start()).append(replacement);
                copied = tokens.end();
            }
        }
        return result.append(sql, copied, sql.length()).toString();
    }
}

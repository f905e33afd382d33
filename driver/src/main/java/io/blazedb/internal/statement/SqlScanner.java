package io.blazedb.internal.statement;

import java.util.Locale;

/**
 * Walks over the tokens of a SQL text as H2's tokenizer sees them: strings, quoted names and comments are skipped
 * whole, so that a word or a semicolon inside them is never taken for one of the statement. An unfinished one reaches
 * to the end: H2 will report it. Allocates nothing but what {@link #word()} answers. For one thread.
 */
public final class SqlScanner {
    /** What {@link #next()} found. */
    public enum Token {
        WORD,
        QUOTED_NAME,
        PARAMETER,
        SEMICOLON,
        OTHER,
        END
    }

    private final String sql;
    private final int length;
    private int start;
    private int end;

    /** A scanner before the first token. */
    public SqlScanner(String sql) {
        this.sql = sql;
        this.length = sql.length();
    }

    /** Where the last token begins. */
    public int start() {
        return start;
    }

    /** The index after the last token. */
    public int end() {
        return end;
    }

    /** The last token in capitals; of a quoted name what is between the quotes. */
    String word() {
        boolean quoted = !isWordStart(sql.charAt(start));
        String text = quoted && end - start >= 2 ? sql.substring(start + 1, end - 1) : sql.substring(start, end);
        return text.toUpperCase(Locale.ROOT);
    }

    /** Whether the last token is this word, which is given in capitals. */
    boolean is(String word) {
        return end - start == word.length() && sql.regionMatches(true, start, word, 0, word.length());
    }

    char firstLetter() {
        return (char) (sql.charAt(start) & ~0x20);
    }

    /** The next token; END after the last. */
    public Token next() {
        for (int at = end; at < length; ) {
            char c = sql.charAt(at);
            if (c <= ' ') {
                at++;
            } else if (isCommentAt(at, c)) {
                at = endOfComment(at);
            } else {
                start = at;
                return token(c);
            }
        }
        start = length;
        end = length;
        return Token.END;
    }

    private Token token(char c) {
        if (isWordStart(c)) {
            end = endOfWord(start + 1);
            return Token.WORD;
        }
        if (isDigit(c) || (c == '.' && isDigit(at(start + 1)))) {
            end = SqlNumber.end(sql, start);
            return Token.OTHER;
        }
        switch (c) {
            case '\'' -> end = after("'", start + 1);
            case '"', '`' -> {
                end = after(String.valueOf(c), start + 1);
                return Token.QUOTED_NAME;
            }
            case '$' -> end = sql.startsWith("$$", start) ? after("$$", start + 2) : endOfDigits(start + 1);
            case '?' -> {
                boolean bracket = sql.startsWith("??(", start) || sql.startsWith("??)", start);
                end = bracket ? start + 3 : endOfDigits(start + 1);
                return bracket ? Token.OTHER : Token.PARAMETER;
            }
            case ';' -> {
                end = start + 1;
                return Token.SEMICOLON;
            }
            default -> end = start + 1;
        }
        return Token.OTHER;
    }

    private boolean isCommentAt(int at, char c) {
        if (at + 1 >= length || (c != '-' && c != '/')) {
            return false;
        }
        char second = sql.charAt(at + 1);
        return second == c || (c == '/' && second == '*');
    }

    private int endOfComment(int at) {
        return sql.charAt(at + 1) == '*' ? endOfBracketedComment(at) : endOfLine(at);
    }

    private int endOfLine(int at) {
        int i = at + 2;
        while (i < length && sql.charAt(i) != '\n' && sql.charAt(i) != '\r') {
            i++;
        }
        return i;
    }

    /** Bracketed comments nest. */
    private int endOfBracketedComment(int at) {
        int i = at + 2;
        for (int level = 1; level > 0 && i < length; ) {
            if (sql.startsWith("*/", i)) {
                level--;
                i += 2;
            } else if (sql.startsWith("/*", i)) {
                level++;
                i += 2;
            } else {
                i++;
            }
        }
        return i;
    }

    private int after(String mark, int from) {
        int at = sql.indexOf(mark, from);
        return at < 0 ? length : at + mark.length();
    }

    /** Of the number of a parameter: {@code ?1}. */
    private int endOfDigits(int from) {
        int i = from;
        while (isDigit(at(i))) {
            i++;
        }
        return i;
    }

    private int endOfWord(int from) {
        int i = from;
        while (i < length && isWordPart(sql.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The character, or 0 after the end. */
    private char at(int index) {
        return index < length ? sql.charAt(index) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return c < 128
                ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
                : Character.isJavaIdentifierPart(c) || Character.isSurrogate(c);
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }
}

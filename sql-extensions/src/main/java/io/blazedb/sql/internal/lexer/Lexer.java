package io.blazedb.sql.internal.lexer;

import io.blazedb.sql.Position;
import io.blazedb.sql.SqlSyntaxException;
import io.blazedb.sql.internal.lexer.Lexeme.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text where H2 would cut it: nested comments, {@code $$strings$$}, {@code U&"names"}, names with any letter of
 * Unicode. Reads no further than it is asked to. For one thread.
 */
public final class Lexer {
    private static final List<String> LONG_SYMBOLS =
            List.of("<=", ">=", "<>", "!=", "||", "->", "=>", "..", "::", ":=");
    private static final String SYMBOLS = "()[]{}.,;=<>:+-*/%|^&!~@";

    private final String text;
    private int next;

    public Lexer(String text) {
        this.text = text;
    }

    /**
     * The next lexeme; at the end of the text an {@link Kind#END}, again and again.
     *
     * @throws SqlSyntaxException if H2 could not read what follows either
     */
    public Lexeme next() {
        skipBlanks();
        int start = next;
        if (start == text.length()) {
            return new Lexeme(Kind.END, "", start, start);
        }
        char first = text.charAt(start);
        if (first == '\'') {
            return string(start, start);
        }
        if (first == '"' || first == '`') {
            return quotedName(start, start, first);
        }
        if (first == '?') {
            return parameter(start);
        }
        if (text.startsWith("$$", start)) {
            return dollarString(start);
        }
        if (isDigit(start) || (first == '.' && isDigit(start + 1))) {
            return number(start);
        }
        Lexeme prefixed = prefixed(start);
        if (prefixed != null) {
            return prefixed;
        }
        return Character.isJavaIdentifierStart(text.codePointAt(start)) && first != '$' ? word(start) : symbol(start);
    }

    private void skipBlanks() {
        while (next < text.length()) {
            int code = text.codePointAt(next);
            if (code <= ' ' || Character.isSpaceChar(code)) {
                next += Character.charCount(code);
            } else if (text.startsWith("--", next) || text.startsWith("//", next)) {
                skipLine();
            } else if (text.startsWith("/*", next)) {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        while (next < text.length() && text.charAt(next) != '\n' && text.charAt(next) != '\r') {
            next++;
        }
    }

    private void skipComment() {
        int start = next;
        int depth = 0;
        do {
            if (text.startsWith("/*", next)) {
                depth++;
                next += 2;
            } else if (text.startsWith("*/", next)) {
                depth--;
                next += 2;
            } else if (next++ >= text.length()) {
                throw error(start, "found a comment without an end, expected */");
            }
        } while (depth > 0);
    }

    /** Of {@code N'...'}, {@code U&'...'}, {@code U&"..."} and {@code X'...'}, or null. */
    private @Nullable Lexeme prefixed(int start) {
        if (text.regionMatches(true, start, "N'", 0, 2)) {
            return string(start, start + 1);
        }
        if (text.regionMatches(true, start, "X'", 0, 2)) {
            string(start, start + 1);
            return new Lexeme(Kind.BINARY, text.substring(start, next), start, next);
        }
        if (text.regionMatches(true, start, "U&'", 0, 3)) {
            return unicode(string(start, start + 2));
        }
        return text.regionMatches(true, start, "U&\"", 0, 3) ? unicode(quotedName(start, start + 2, '"')) : null;
    }

    /** A string, with those that follow it after blanks only. */
    private Lexeme string(int start, int openingQuote) {
        StringBuilder value = new StringBuilder();
        next = openingQuote;
        int end;
        do {
            value.append(quoted('\'', start, "a string"));
            end = next;
            skipBlanks();
        } while (next < text.length() && text.charAt(next) == '\'');
        next = end;
        return new Lexeme(Kind.STRING, value.toString(), start, end);
    }

    private Lexeme quotedName(int start, int openingQuote, char quote) {
        next = openingQuote;
        String name = quoted(quote, start, "a name");
        return new Lexeme(quote == '"' ? Kind.QUOTED : Kind.BACK_QUOTED, name, start, next);
    }

    /** What stands between the quotes; a quote in it is written twice. */
    private String quoted(char quote, int start, String what) {
        StringBuilder value = new StringBuilder();
        int from = next + 1;
        while (true) {
            int end = text.indexOf(quote, from);
            if (end < 0) {
                throw error(start, "found " + what + " without an end, expected " + quote);
            }
            value.append(text, from, end);
            next = end + 1;
            if (next == text.length() || text.charAt(next) != quote) {
                return value.toString();
            }
            value.append(quote);
            from = next + 1;
        }
    }

    private Lexeme dollarString(int start) {
        int end = text.indexOf("$$", start + 2);
        if (end < 0) {
            throw error(start, "found a string without an end, expected $$");
        }
        next = end + 2;
        return new Lexeme(Kind.STRING, text.substring(start + 2, end), start, next);
    }

    private Lexeme unicode(Lexeme escaped) {
        int afterLexeme = next;
        char escape = '\\';
        Lexeme following = next();
        if (following.isWord("UESCAPE")) {
            Lexeme character = next();
            if (character.kind() != Kind.STRING || character.text().length() != 1) {
                throw error(character.start(), "found no escape character, expected a string of one character");
            }
            escape = character.text().charAt(0);
        } else {
            next = afterLexeme;
        }
        try {
            String decoded = UnicodeEscapes.decode(escaped.text(), escape);
            return new Lexeme(escaped.kind(), decoded, escaped.start(), next);
        } catch (IllegalArgumentException e) {
            throw error(escaped.start(), "found a malformed Unicode escape, expected four hexadecimal digits");
        }
    }

    private Lexeme parameter(int start) {
        next = start + 1;
        if (isDigit(next)) {
            throw error(start, "found a parameter with an index, expected ? alone");
        }
        return new Lexeme(Kind.PARAMETER, "?", start, next);
    }

    private Lexeme number(int start) {
        next = start;
        skipDigits();
        if (next < text.length() && text.charAt(next) == '.' && !text.startsWith("..", next)) {
            next++;
            skipDigits();
        }
        if (next < text.length() && (text.charAt(next) | 0x20) == 'e') {
            int sign = next + 1 < text.length() && "+-".indexOf(text.charAt(next + 1)) >= 0 ? 1 : 0;
            next += 1 + sign;
            skipDigits();
        }
        int end = next;
        if (end < text.length() && (text.charAt(end) | 0x20) == 'l') {
            next++;
        }
        String digits = text.substring(start, end);
        boolean runsOn = next < text.length() && Character.isJavaIdentifierPart(text.codePointAt(next));
        boolean isWhole = digits.endsWith(".") || Character.isDigit(digits.charAt(digits.length() - 1));
        if (runsOn || !isWhole) {
            throw error(start, "found a malformed number, expected digits");
        }
        return new Lexeme(Kind.NUMBER, digits.replace("_", ""), start, next);
    }

    private void skipDigits() {
        while (isDigit(next) || (next < text.length() && text.charAt(next) == '_')) {
            next++;
        }
    }

    private Lexeme word(int start) {
        next = start;
        while (next < text.length() && Character.isJavaIdentifierPart(text.codePointAt(next))) {
            next += Character.charCount(text.codePointAt(next));
        }
        return new Lexeme(Kind.WORD, text.substring(start, next), start, next);
    }

    private Lexeme symbol(int start) {
        for (String symbol : LONG_SYMBOLS) {
            if (text.startsWith(symbol, start)) {
                next = start + symbol.length();
                return new Lexeme(Kind.SYMBOL, symbol, start, next);
            }
        }
        if (SYMBOLS.indexOf(text.charAt(start)) < 0) {
            String character = Character.getName(text.codePointAt(start));
            throw error(start, "found the character " + character + ", expected a word, a literal or an operator");
        }
        next = start + 1;
        return new Lexeme(Kind.SYMBOL, text.substring(start, next), start, next);
    }

    private boolean isDigit(int offset) {
        return offset < text.length() && text.charAt(offset) >= '0' && text.charAt(offset) <= '9';
    }

    private SqlSyntaxException error(int offset, String problem) {
        return new SqlSyntaxException(Position.of(text, offset), problem);
    }
}

package io.blazedb.sql.internal.lexer;

/**
 * The smallest part of a statement.
 *
 * @param text of a quoted name or a string what it stands for, else as written
 * @param start the offset of the first character, from 0
 * @param end the offset after the last
 */
public record Lexeme(Kind kind, String text, int start, int end) {

    /** The kinds of lexemes. */
    public enum Kind {
        /** A name or keyword without quotes. */
        WORD,
        /** A name in double quotes. */
        QUOTED,
        /** A name in back quotes: its case folds as that of a word. */
        BACK_QUOTED,
        STRING,
        /** A binary string, as written. */
        BINARY,
        NUMBER,
        /** {@code ?}. */
        PARAMETER,
        SYMBOL,
        /** After the last: the end of the text. */
        END
    }

    public boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    public boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** Whether H2 would take it for the name of a table. */
    public boolean isName() {
        return kind == Kind.QUOTED || kind == Kind.BACK_QUOTED || (kind == Kind.WORD && !ReservedWords.contains(text));
    }
}

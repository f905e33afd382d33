package io.blazedb.sql;

/** A place in the text of a statement. Both numbers start at 1; a column counts UTF-16 units, as a Java string does. */
public record Position(int line, int column) {

    /** The place of the character with this offset (from 0). */
    public static Position of(String text, int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Position(line, offset - lineStart + 1);
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}

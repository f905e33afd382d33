package io.blazedb.sql;

/** The text is not one of BlazeDB's statements. The message names the place, what was found and what was expected. */
public final class SqlSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    public SqlSyntaxException(Position position, String problem) {
        super("Syntax error at " + position + ": " + problem);
        this.line = position.line();
        this.column = position.column();
    }

    public Position position() {
        return new Position(line, column);
    }
}

package io.blazedb.sql;

import io.blazedb.sql.internal.lexer.Recogniser;
import io.blazedb.sql.internal.node.StatementReader;

/** Tells BlazeDB's statements from H2's, and reads them. Safe for use by several threads. */
public final class BlazeSql {
    private BlazeSql() {}

    /**
     * Whether a statement begins like one of ours, so that it goes to {@link #parse}; every other is H2's. Looks at the
     * first words only and loads no class of the parser: cheap enough for every statement.
     */
    public static boolean recognises(String sql) {
        return Recogniser.recognises(sql);
    }

    /**
     * The statement that the text is.
     *
     * @throws SqlSyntaxException if the text is not exactly one statement of ours
     */
    public static Statement parse(String sql, IdentifierRules rules) {
        return StatementReader.read(sql, rules).statement();
    }
}

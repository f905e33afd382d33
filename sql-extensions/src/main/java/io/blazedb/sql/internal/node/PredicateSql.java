package io.blazedb.sql.internal.node;

import org.apache.calcite.config.NullCollation;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.SqlWriterConfig;
import org.apache.calcite.sql.pretty.SqlPrettyWriter;
import org.jspecify.annotations.Nullable;

/** Prints expressions as H2 reads them: names in double quotes, strings in whatever script as they are. */
final class PredicateSql extends SqlDialect {
    private static final PredicateSql DIALECT = new PredicateSql();

    /** What a predicate calls the teams of the reader; no column can have this name. */
    private static final String CURRENT_TEAMS = "CURRENT_TEAMS";

    private PredicateSql() {
        super(EMPTY_CONTEXT
                .withDatabaseProduct(DatabaseProduct.H2)
                .withIdentifierQuoteString("\"")
                .withNullCollation(NullCollation.LOW));
    }

    static String print(SqlNode expression) {
        SqlPrettyWriter sql = new SqlPrettyWriter(SqlPrettyWriter.config()
                .withDialect(DIALECT)
                .withQuoteAllIdentifiers(true)
                .withIndentation(0)
                .withLineFolding(SqlWriterConfig.LineFolding.WIDE)
                .withClauseStartsLine(false)
                .withSelectListItemsOnSeparateLines(false));
        // Inside a frame a query knows that it is not the whole statement, and stands in parentheses.
        SqlWriter.Frame frame = sql.startList(SqlWriter.FrameTypeEnum.SIMPLE, "", "");
        expression.unparse(sql, 0, 0);
        sql.endList(frame);
        return sql.toString();
    }

    @Override
    public StringBuilder quoteIdentifier(StringBuilder sql, String name) {
        return name.equalsIgnoreCase(CURRENT_TEAMS) ? sql.append(CURRENT_TEAMS) : super.quoteIdentifier(sql, name);
    }

    @Override
    public void quoteStringLiteral(StringBuilder sql, @Nullable String charset, String text) {
        sql.append('\'').append(text.replace("'", "''")).append('\'');
    }
}

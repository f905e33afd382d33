package io.blazedb.sql.internal.node;

import org.apache.calcite.config.NullCollation;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriterConfig;
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
        return expression
                .toSqlString(config -> config.withDialect(DIALECT)
                        .withQuoteAllIdentifiers(true)
                        .withIndentation(0)
                        .withLineFolding(SqlWriterConfig.LineFolding.WIDE)
                        .withClauseStartsLine(false)
                        .withSelectListItemsOnSeparateLines(false))
                .getSql();
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

package io.blazedb.sql.internal.node;

import io.blazedb.sql.Identifier;
import io.blazedb.sql.IdentifierRules;
import io.blazedb.sql.Position;
import io.blazedb.sql.SqlSyntaxException;
import io.blazedb.sql.internal.parser.ParseException;
import io.blazedb.sql.internal.parser.StatementParser;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/** Reads one statement with the generated parser. */
public final class StatementReader {
    private StatementReader() {}

    /**
     * The statement as a node.
     *
     * @throws SqlSyntaxException if the text is not exactly one statement of ours
     */
    public static StatementNode read(String sql, IdentifierRules rules) {
        StatementParser parser = new StatementParser(new StatementTokens(sql, rules));
        parser.setUnquotedCasing(Casing.UNCHANGED);
        parser.setQuotedCasing(Casing.UNCHANGED);
        parser.setIdentifierMaxLength(Identifier.LENGTH_MAX);
        parser.setConformance(SqlConformanceEnum.LENIENT);
        try {
            return parser.BlazeStatementEof();
        } catch (ParseException e) {
            throw SyntaxErrors.of(e);
        } catch (CalciteContextException e) {
            Position position = new Position(Math.max(1, e.getPosLine()), Math.max(1, e.getPosColumn()));
            Throwable cause = e.getCause();
            throw new SqlSyntaxException(position, String.valueOf((cause == null ? e : cause).getMessage()));
        }
    }
}

package io.blazedb.internal.schema;

import io.blazedb.SqlState;
import java.sql.SQLException;
import java.util.Optional;
import org.h2.command.Parser;
import org.h2.engine.SessionLocal;
import org.h2.expression.ArrayConstructorByQuery;
import org.h2.expression.Expression;
import org.h2.expression.Parameter;
import org.h2.expression.Rownum;
import org.h2.expression.SequenceValue;
import org.h2.expression.Subquery;
import org.h2.expression.Variable;
import org.h2.expression.Wildcard;
import org.h2.expression.analysis.DataAnalysisOperation;
import org.h2.expression.function.CastSpecification;
import org.h2.expression.function.CompatibilitySequenceValueFunction;
import org.h2.expression.function.JavaFunction;
import org.h2.message.DbException;
import org.h2.schema.Schema;
import org.h2.util.HasSQL;
import org.h2.value.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Reads the SQL text that stands in a peer's definition. What comes out is never the peer's text but what H2 prints
 * for the type or expression it parsed, so nothing can hide in it. Uses the session: for its thread only.
 */
final class PeerSql {
    private static final int SHOWN_CHARS_MAX = 200;

    private final SessionLocal session;

    PeerSql(SessionLocal session) {
        this.session = session;
    }

    /**
     * One expression, as H2 prints it.
     *
     * @param what whose text it is, for the error
     * @throws SQLException {@link SqlState#SCHEMA_DIFFERS} when it is not one expression, or not a harmless one
     */
    String expression(String what, String text) throws SQLException {
        String printed = TableReader.sql(parse(what, text));
        refuse(what, text, ExpressionScreen.objection(printed));
        return printed;
    }

    /** Whether an expression has the same value for each row and at any time. */
    boolean isConstant(String what, String text) throws SQLException {
        try {
            return parse(what, text).optimize(session).isConstant();
        } catch (DbException e) {
            throw refused(what, text, "has no value: " + e.getMessage(), e);
        }
    }

    /**
     * A type, which must be written exactly as H2 prints it.
     *
     * @throws SQLException {@link SqlState#SCHEMA_DIFFERS} when it is not
     */
    TypeInfo type(String what, String text) throws SQLException {
        refuse(what, text, ExpressionScreen.objection(text));
        if (!(parse(what, "CAST(NULL AS " + text + ")") instanceof CastSpecification cast)) {
            throw refused(what, text, "is not a type", null);
        }
        TypeInfo type = cast.getType();
        String printed =
                type.getSQL(new StringBuilder(), HasSQL.DEFAULT_SQL_FLAGS).toString();
        if (!printed.equals(text)) {
            throw refused(what, text, "is " + printed + " here", null);
        }
        return type;
    }

    /** Whether a schema of this database, if it is there, has a constraint or an index of this name. */
    boolean isTaken(String schemaName, String name) {
        Schema schema = session.getDatabase().findSchema(schemaName);
        return schema != null
                && (schema.findConstraint(session, name) != null || schema.findIndex(session, name) != null);
    }

    private Expression parse(String what, String text) throws SQLException {
        refuse(what, text, ExpressionScreen.objection(text));
        try {
            Parser parser = new Parser(session);
            Expression expression = parser.parseExpression(text);
            if (parser.getLastParseIndex() < text.length()) {
                throw refused(what, text, "goes on after the expression", null);
            }
            refuse(what, text, objection(expression));
            return expression;
        } catch (DbException e) {
            throw refused(what, text, "cannot be parsed: " + e.getMessage(), e);
        }
    }

    /** The second net: what a mode or setting of H2 made of a text that looked harmless. */
    private static Optional<String> objection(Expression expression) {
        if (expression instanceof JavaFunction
                || expression instanceof DataAnalysisOperation
                || expression instanceof Subquery
                || expression instanceof ArrayConstructorByQuery
                || expression instanceof SequenceValue
                || expression instanceof CompatibilitySequenceValueFunction
                || expression instanceof Parameter
                || expression instanceof Variable
                || expression instanceof Wildcard
                || expression instanceof Rownum) {
            return Optional.of("is or has a " + expression.getClass().getSimpleName());
        }
        for (int i = 0; i < expression.getSubexpressionCount(); i++) {
            Optional<String> objection = objection(expression.getSubexpression(i));
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    private static void refuse(String what, String text, Optional<String> objection) throws SQLException {
        if (objection.isPresent()) {
            throw refused(what, text, objection.get(), null);
        }
    }

    private static SQLException refused(String what, String text, String found, @Nullable Throwable cause) {
        String shown = text.length() <= SHOWN_CHARS_MAX ? text : text.substring(0, SHOWN_CHARS_MAX) + "...";
        String message = what + " \"" + shown + "\" " + found
                + "; expected: one type or expression of H2's own, without subquery and sequence."
                + " Change the declaration on the peer, or create the table here by hand";
        return cause == null ? SqlState.SCHEMA_DIFFERS.error(message) : SqlState.SCHEMA_DIFFERS.error(message, cause);
    }
}

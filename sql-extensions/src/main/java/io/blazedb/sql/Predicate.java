package io.blazedb.sql;

import io.blazedb.sql.internal.lexer.Lexeme;
import io.blazedb.sql.internal.lexer.Lexer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A condition on the rows of a table: SQL that H2 understands, with every name quoted. Only its grammar is checked.
 *
 * @param position where it began in the statement; plays no part in equality
 * @param parameters what the {@code ?} in the text stand for, in their order
 */
public record Predicate(String sql, Position position, List<Value> parameters) {

    public Predicate {
        parameters = List.copyOf(parameters);
    }

    Predicate withValues(UnaryOperator<Value> replacement) {
        StringBuilder bound = new StringBuilder();
        List<Value> left = new ArrayList<>();
        int next = 0;
        int copied = 0;
        Lexer lexer = new Lexer(sql);
        for (Lexeme lexeme = lexer.next(); lexeme.kind() != Lexeme.Kind.END; lexeme = lexer.next()) {
            if (lexeme.kind() == Lexeme.Kind.PARAMETER) {
                Value value = replacement.apply(parameters.get(next++));
                if (value instanceof Value.Parameter) {
                    left.add(value);
                } else {
                    bound.append(sql, copied, lexeme.start()).append(literal(value));
                    copied = lexeme.end();
                }
            }
        }
        return new Predicate(bound.append(sql, copied, sql.length()).toString(), position, left);
    }

    private static String literal(Value value) {
        return value instanceof Value.Text text ? SqlWriter.string(text.text()) : value.asText();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Predicate predicate
                && sql.equals(predicate.sql)
                && parameters.equals(predicate.parameters);
    }

    @Override
    public int hashCode() {
        return sql.hashCode();
    }

    @Override
    public String toString() {
        return sql;
    }
}

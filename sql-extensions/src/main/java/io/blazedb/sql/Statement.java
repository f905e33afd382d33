package io.blazedb.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A statement of BlazeDB: what it says, checked for its grammar only. Whether the tables, nodes and policies that it
 * names exist is for the caller to find out; every name knows its place in the text for that.
 *
 * <p>Statements are values: two that say the same are equal, wherever their parts stood in the text.
 */
public sealed interface Statement
        permits TopologyStatement, ConnectionStatement, PolicyStatement, AccessStatement, SyncStatement {

    /** The words that name this kind of statement, as in a message: {@code CREATE SYNC POLICY}. */
    String name();

    /** Whether it returns rows. */
    default boolean isQuery() {
        return false;
    }

    /** Writes this statement. */
    void write(SqlWriter sql);

    /** The same statement with each of its values replaced, in the order of the text. */
    Statement withValues(UnaryOperator<Value> replacement);

    /** SQL that parses back to an equal statement. */
    default String toSql() {
        return toSql(Secrets.SHOWN);
    }

    default String toSql(Secrets secrets) {
        SqlWriter sql = new SqlWriter(secrets);
        write(sql);
        return sql.toString();
    }

    /** The {@code ?} of this statement, by index. */
    default List<Value.Parameter> parameters() {
        List<Value.Parameter> parameters = new ArrayList<>();
        withValues(value -> {
            if (value instanceof Value.Parameter parameter) {
                parameters.add(parameter);
            }
            return value;
        });
        parameters.sort(Comparator.comparingInt(Value.Parameter::index));
        return List.copyOf(parameters);
    }

    /**
     * The same statement with a value for each of its parameters, in their order.
     *
     * @throws IllegalArgumentException if the number of values differs, or one is of the wrong kind
     */
    default Statement bind(List<?> values) {
        int expected = parameters().size();
        if (values.size() != expected) {
            throw new IllegalArgumentException(
                    name() + " got " + values.size() + " values, expected one for each of " + expected + " parameters");
        }
        return withValues(new ParameterValues(values));
    }
}

package io.blazedb.sql;

import java.util.function.UnaryOperator;

/** A password, a token or an invitation: a value that prints itself masked. */
public record Secret(Value value) {

    static final String MASK = "***";

    Secret withValues(UnaryOperator<Value> replacement) {
        return new Secret(replacement.apply(value));
    }

    @Override
    public String toString() {
        return value instanceof Value.Parameter ? "Secret[?]" : "Secret[" + MASK + "]";
    }
}

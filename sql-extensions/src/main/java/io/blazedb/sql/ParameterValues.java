package io.blazedb.sql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.Temporal;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts what a caller has bound in the places of the parameters. Messages never show the value: it may be a secret. */
record ParameterValues(List<?> values) implements UnaryOperator<Value> {

    @Override
    public Value apply(Value value) {
        return value instanceof Value.Parameter parameter
                ? literal(parameter, values.get(parameter.index() - 1))
                : value;
    }

    private static Value literal(Value.Parameter parameter, @Nullable Object bound) {
        if (bound == null) {
            throw wrong(parameter, "NULL");
        }
        if (!isNumber(bound) && !isText(bound)) {
            throw wrong(parameter, "a " + bound.getClass().getName());
        }
        String text = bound.toString();
        Value literal = isNumber(bound) ? number(parameter, text) : new Value.Text(text);
        return switch (parameter.type()) {
            case TEXT -> new Value.Text(literal.asText());
            case NUMBER -> whole(parameter, literal);
            case ANY -> literal;
        };
    }

    private static boolean isNumber(Object bound) {
        return bound instanceof BigDecimal
                || bound instanceof BigInteger
                || bound instanceof Integer
                || bound instanceof Long
                || bound instanceof Short
                || bound instanceof Byte
                || bound instanceof Double
                || bound instanceof Float;
    }

    private static boolean isText(Object bound) {
        return bound instanceof CharSequence
                || bound instanceof Character
                || bound instanceof Boolean
                || bound instanceof UUID
                || bound instanceof Temporal
                || bound instanceof Date;
    }

    private static Value whole(Value.Parameter parameter, Value literal) {
        Value.Numeric numeric = number(parameter, literal.asText().strip());
        try {
            if (numeric.number().longValueExact() >= 0) {
                return numeric;
            }
        } catch (ArithmeticException e) {
            throw wrong(parameter, "a fraction or a number over " + Long.MAX_VALUE);
        }
        throw wrong(parameter, "a negative number");
    }

    private static Value.Numeric number(Value.Parameter parameter, String text) {
        try {
            return new Value.Numeric(new BigDecimal(text));
        } catch (NumberFormatException e) {
            // Its message would show the value.
            throw wrong(parameter, "what is not a number");
        }
    }

    private static IllegalArgumentException wrong(Value.Parameter parameter, String found) {
        return new IllegalArgumentException(message(parameter, found));
    }

    private static String message(Value.Parameter parameter, String found) {
        String expected = switch (parameter.type()) {
            case TEXT -> "a string";
            case NUMBER -> "a whole number";
            case ANY -> "a string or a number";
        };
        return "Parameter " + parameter.index() + " (" + parameter.name() + ") is " + found + ", expected " + expected;
    }
}

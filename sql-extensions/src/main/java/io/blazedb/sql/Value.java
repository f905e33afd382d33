package io.blazedb.sql;

import java.math.BigDecimal;
import java.sql.Types;

/** What stands where a string or a number may stand: the literal, or a {@code ?} for it. */
public sealed interface Value {

    /** The text of a literal. */
    default String asText() {
        throw new IllegalStateException(this + " is not bound, expected a value");
    }

    /** The whole number of a literal. */
    default long asNumber() {
        throw new IllegalStateException(this + " is not a number, expected one");
    }

    /** A string. Its own {@code toString} leaves out a password that stands inside a URL. */
    record Text(String text) implements Value {
        @Override
        public String asText() {
            return text;
        }

        @Override
        public String toString() {
            return "Text[" + UrlMask.mask(text) + "]";
        }
    }

    /** A number, kept and printed without an exponent. */
    record Numeric(BigDecimal number) implements Value {

        /** The most digits on either side of the point. A short text with an exponent may stand for billions. */
        public static final int DIGITS_MAX = 1000;

        public Numeric {
            if (number.scale() > DIGITS_MAX || (long) number.precision() - number.scale() > DIGITS_MAX) {
                throw new IllegalArgumentException("found a number of too many digits, expected at most " + DIGITS_MAX
                        + " before or after the point");
            }
            number = number.scale() < 0 ? number.setScale(0) : number;
        }

        @Override
        public String asText() {
            return number.toPlainString();
        }

        @Override
        public long asNumber() {
            return number.longValueExact();
        }
    }

    /**
     * A {@code ?}.
     *
     * @param index its place among the parameters of the statement, from 1
     * @param name what it stands for, in the words of the grammar
     */
    record Parameter(int index, String name, Type type) implements Value {}

    /** What may be bound to a parameter. */
    enum Type {
        TEXT(Types.VARCHAR),
        /** Whole, not negative. */
        NUMBER(Types.BIGINT),
        /** Strings and numbers. */
        ANY(Types.VARCHAR);

        private final int sqlType;

        Type(int sqlType) {
            this.sqlType = sqlType;
        }

        /** One of {@link Types}. */
        public int sqlType() {
            return sqlType;
        }
    }
}

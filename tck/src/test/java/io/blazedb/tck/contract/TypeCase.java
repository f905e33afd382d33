package io.blazedb.tck.contract;

import java.sql.Types;
import java.util.List;
import java.util.stream.Stream;

/** One SQL type: how it is declared, a value of it as a literal, and what JDBC shows of it. */
public record TypeCase(String declaration, String literal, String text, int jdbcType, String className) {
    private static final String STRING = "java.lang.String";
    private static final String DECIMAL = "java.math.BigDecimal";
    private static final String BYTES = "[B";
    private static final String INTERVAL = "org.h2.api.Interval";
    private static final int OTHER = Types.OTHER;

    public static List<TypeCase> all() {
        return Stream.of(numbers(), times(), intervals(), others())
                .flatMap(List::stream)
                .toList();
    }

    private static List<TypeCase> numbers() {
        return List.of(
                of("BOOLEAN", "TRUE", "TRUE", Types.BOOLEAN, "java.lang.Boolean"),
                of("TINYINT", "-128", "-128", Types.TINYINT, "java.lang.Integer"),
                of("SMALLINT", "32767", "32767", Types.SMALLINT, "java.lang.Integer"),
                of("INTEGER", "-2147483648", "-2147483648", Types.INTEGER, "java.lang.Integer"),
                of("BIGINT", "9223372036854775807", "9223372036854775807", Types.BIGINT, "java.lang.Long"),
                of("NUMERIC(30, 10)", "-1.5", "-1.5000000000", Types.NUMERIC, DECIMAL),
                of("DECIMAL(9, 2)", "1234567.89", "1234567.89", Types.DECIMAL, DECIMAL),
                of("DECFLOAT(20)", "1.25E+10", "1.25E+10", Types.NUMERIC, DECIMAL),
                of("REAL", "1.5", "1.5", Types.REAL, "java.lang.Float"),
                of("DOUBLE PRECISION", "2.5E300", "2.5E300", Types.DOUBLE, "java.lang.Double"),
                of("FLOAT(53)", "-0.125", "-0.125", Types.FLOAT, "java.lang.Double"));
    }

    private static List<TypeCase> times() {
        return List.of(
                of("DATE", "DATE '2024-02-29'", "2024-02-29", Types.DATE, "java.sql.Date"),
                of("DATE", "DATE '0001-01-01'", "0001-01-01", Types.DATE, "java.sql.Date"),
                of("TIME(0)", "TIME '01:02:03'", "01:02:03", Types.TIME, "java.sql.Time"),
                of("TIME(9)", "TIME '23:59:59.123456789'", "23:59:59.123456789", Types.TIME, "java.sql.Time"),
                of(
                        "TIME(6) WITH TIME ZONE",
                        "TIME WITH TIME ZONE '12:00:00.5+03:30'",
                        "12:00:00.5+03:30",
                        Types.TIME_WITH_TIMEZONE,
                        "java.time.OffsetTime"),
                of(
                        "TIMESTAMP(9)",
                        "TIMESTAMP '2024-02-29 23:59:59.999999999'",
                        "2024-02-29 23:59:59.999999999",
                        Types.TIMESTAMP,
                        "java.sql.Timestamp"),
                of(
                        "TIMESTAMP(9) WITH TIME ZONE",
                        "TIMESTAMP WITH TIME ZONE '2024-02-29 23:59:59.000000001-11:30'",
                        "2024-02-29 23:59:59.000000001-11:30",
                        Types.TIMESTAMP_WITH_TIMEZONE,
                        "java.time.OffsetDateTime"));
    }

    private static List<TypeCase> intervals() {
        return List.of(
                interval("YEAR", "'-7'", "INTERVAL '-7' YEAR"),
                interval("MONTH", "'13'", "INTERVAL '13' MONTH"),
                interval("YEAR TO MONTH", "'1-11'", "INTERVAL '1-11' YEAR TO MONTH"),
                interval("DAY", "'99'", "INTERVAL '99' DAY"),
                interval("HOUR", "'5'", "INTERVAL '5' HOUR"),
                interval("MINUTE", "'6'", "INTERVAL '6' MINUTE"),
                interval("SECOND", "'7.5'", "INTERVAL '7.5' SECOND"),
                interval("DAY TO HOUR", "'1 2'", "INTERVAL '1 02' DAY TO HOUR"),
                interval("DAY TO MINUTE", "'1 2:03'", "INTERVAL '1 02:03' DAY TO MINUTE"),
                interval("DAY TO SECOND", "'1 2:03:04.5'", "INTERVAL '1 02:03:04.5' DAY TO SECOND"),
                interval("HOUR TO MINUTE", "'2:03'", "INTERVAL '2:03' HOUR TO MINUTE"),
                interval("HOUR TO SECOND", "'2:03:04'", "INTERVAL '2:03:04' HOUR TO SECOND"));
    }

    private static List<TypeCase> others() {
        return List.of(
                interval("MINUTE TO SECOND", "'3:04'", "INTERVAL '3:04' MINUTE TO SECOND"),
                of("CHAR(5)", "'ab'", "ab   ", Types.CHAR, STRING),
                of("VARCHAR(40)", "'it''s \u00e4 \ud83d\ude00'", "it's \u00e4 \ud83d\ude00", Types.VARCHAR, STRING),
                of("VARCHAR(10)", "''", "", Types.VARCHAR, STRING),
                of("VARCHAR_IGNORECASE(10)", "'MiXed'", "MiXed", Types.VARCHAR, STRING),
                of("CLOB", "REPEAT('0123456789', 1000)", "0123456789".repeat(1000), Types.CLOB, "java.sql.Clob"),
                of("CLOB", "'short'", "short", Types.CLOB, "java.sql.Clob"),
                of("BINARY(3)", "X'616263'", "abc", Types.BINARY, BYTES),
                of("VARBINARY(10)", "X'6162'", "ab", Types.VARBINARY, BYTES),
                of("BLOB", "CAST(REPEAT('x', 5000) AS BLOB)", "x".repeat(5000), Types.BLOB, "java.sql.Blob"),
                of(
                        "UUID",
                        "UUID '12345678-1234-5678-9abc-123456789abc'",
                        "12345678-1234-5678-9abc-123456789abc",
                        Types.BINARY,
                        "java.util.UUID"),
                of("ENUM('red', 'green')", "'green'", "green", OTHER, STRING),
                of("JSON", "JSON '{\"a\":[1,null,\"x\"]}'", "{\"a\":[1,null,\"x\"]}", OTHER, BYTES),
                of("GEOMETRY", "GEOMETRY 'POINT (1 2)'", "POINT (1 2)", OTHER, STRING),
                of("INTEGER ARRAY[10]", "ARRAY[1, 2, NULL]", "[1, 2, null]", Types.ARRAY, "java.sql.Array"),
                of("VARCHAR(5) ARRAY", "ARRAY['a', 'b']", "[a, b]", Types.ARRAY, "java.sql.Array"),
                of(
                        "INTEGER ARRAY ARRAY",
                        "ARRAY[ARRAY[1], ARRAY[2, 3]]",
                        "[[1], [2, 3]]",
                        Types.ARRAY,
                        "java.sql.Array"),
                of("ROW(A INTEGER, B VARCHAR(5))", "ROW(1, 'x')", "ROW (1, x)", OTHER, "java.sql.ResultSet"));
    }

    private static TypeCase of(String declaration, String literal, String text, int jdbcType, String className) {
        return new TypeCase(declaration, literal, text, jdbcType, className);
    }

    private static TypeCase interval(String fields, String value, String text) {
        return of("INTERVAL " + fields, "INTERVAL " + value + " " + fields, text, OTHER, INTERVAL);
    }

    /** Whether JDBC gives the value in a form that it also takes back. */
    boolean isSettable() {
        return !declaration.startsWith("ROW") && !declaration.equals("TIME(9)");
    }

    @Override
    public String toString() {
        return declaration + " " + (literal.length() > 30 ? literal.substring(0, 30) : literal);
    }
}

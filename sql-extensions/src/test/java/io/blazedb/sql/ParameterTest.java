package io.blazedb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A parameter says what it wants, and takes nothing else. */
class ParameterTest {

    @Test
    void parametersAreDescribedInTheOrderOfTheText() {
        Statement connect =
                parse("CONNECT TO ? WITH (PASSWORD ?, USER ?, INTERVAL ?, MAX BACKLOG ?, COMPRESSION ?, TOKEN ?)");

        assertThat(connect.parameters())
                .extracting(
                        Value.Parameter::index,
                        Value.Parameter::name,
                        parameter -> parameter.type().sqlType())
                .containsExactly(
                        tuple(1, "LOCATION", Types.VARCHAR),
                        tuple(2, "PASSWORD", Types.VARCHAR),
                        tuple(3, "USER", Types.VARCHAR),
                        tuple(4, "INTERVAL", Types.BIGINT),
                        tuple(5, "MAX BACKLOG", Types.BIGINT),
                        tuple(6, "COMPRESSION", Types.VARCHAR),
                        tuple(7, "TOKEN", Types.VARCHAR));
    }

    @Test
    void everyPlaceForALiteralTakesAParameter() {
        for (String sql : List.of(
                "ALTER TOPOLOGY t ADD NODE n AT ? USER ? PASSWORD ?",
                "ALTER TOPOLOGY t ADD NODE n AT 'x' TOKEN ?",
                "CONNECT TO INVITATION ?",
                "CONNECT TO SHARE ?",
                "DISCONNECT FROM ?",
                "CREATE SHARE s IN GROUP ? POLICY p",
                "CREATE TEAM t ID UUID ?",
                "CREATE POLICY p ON t USING (a = ?) WITH CHECK (b = ?)",
                "CREATE INVITATION TO ? EXPIRES IN ? HOURS",
                "RESOLVE CONFLICT ? USING REMOTE",
                "SYNC TIMEOUT ?",
                "EXPLAIN SYNC CONNECT TO ? WITH (PASSWORD ?)",
                "EXPLAIN SYNC ROW t (?, ?)")) {
            Statement statement = parse(sql);
            List<Integer> values =
                    statement.parameters().stream().map(Value.Parameter::index).toList();

            Statement bound = statement.bind(values);

            assertThat(values).as(sql).hasSize((int)
                    sql.chars().filter(c -> c == '?').count());
            assertThat(bound.parameters()).isEmpty();
            assertThat(bound.toSql()).doesNotContain("?").contains(String.valueOf(values.size()));
            assertThat(parse(statement.toSql())).isEqualTo(statement);
        }
    }

    @Test
    void valuesOfManyTypesAreTakenAsTextOrNumber() {
        Statement row = parse("EXPLAIN SYNC ROW t (?, ?, ?, ?, ?, ?, ?)");
        UUID uuid = new UUID(1, 2);

        Statement bound =
                row.bind(List.of("it's", 5, 2.5, new BigDecimal("1E+3"), uuid, LocalDate.of(2020, 1, 2), true));

        assertThat(bound.toSql())
                .isEqualTo("EXPLAIN SYNC ROW \"T\" ('it''s', 5, 2.5, 1000, '" + uuid + "', '2020-01-02', 'true')");
        assertThat(parse("SYNC TIMEOUT ?").bind(List.of(" 30 ")).toSql()).isEqualTo("SYNC TIMEOUT 30");
        assertThat(parse("DISCONNECT FROM ?").bind(List.of(7)).toSql()).isEqualTo("DISCONNECT FROM '7'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "NULL",
            value = {
                "SYNC TIMEOUT ? | NULL | Parameter 1 (TIMEOUT) is NULL, expected a whole number",
                "SYNC TIMEOUT ? | x1 | Parameter 1 (TIMEOUT) is what is not a number, expected a whole number",
                "SYNC TIMEOUT ? | -1 | Parameter 1 (TIMEOUT) is a negative number, expected a whole number",
                "SYNC TIMEOUT ? | 1.5 | Parameter 1 (TIMEOUT) is a fraction or a number over 9223372036854775807,"
                        + " expected a whole number",
                "CONNECT TO x WITH (PASSWORD ?) | NULL | Parameter 1 (PASSWORD) is NULL, expected a string",
                "CONNECT TO x WITH (INTERVAL ?) | 0 | found 0, expected a whole number from 1 for INTERVAL",
                "CONNECT TO x WITH (COMPRESSION ?) | x |"
                        + " found the string 'x', expected NONE, LZ4 or ZSTD for COMPRESSION"
            })
    void theWrongValueIsRefused(String sql, @Nullable String value, String message) {
        List<?> values = Arrays.asList(value);

        assertThatThrownBy(() -> parse(sql).bind(values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aValueOfAnUnknownTypeIsRefused() {
        assertThatThrownBy(() -> parse("CONNECT TO INVITATION ?").bind(List.of(new byte[] {1})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Parameter 1 (INVITATION) is a [B, expected a string");
    }

    @Test
    void theNumberOfValuesMustFit() {
        assertThatThrownBy(() -> parse("SYNC TIMEOUT ?").bind(List.of(1, 2)))
                .hasMessage("SYNC got 2 values, expected one for each of 1 parameters");
    }

    @Test
    void anUnboundParameterHasNoValue() {
        var sync = (SyncStatement.Sync) parse("SYNC TIMEOUT ?");

        assertThatThrownBy(() -> sync.timeoutSeconds().orElseThrow().asNumber())
                .isInstanceOf(IllegalStateException.class);
    }

    private static Statement parse(String sql) {
        return BlazeSql.parse(sql, IdentifierRules.DEFAULT);
    }
}

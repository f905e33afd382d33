package io.blazedb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The statements of {@code statements.txt} print, or fail, exactly as it says. */
class TranscriptTest {

    static Stream<Arguments> transcript() throws IOException {
        List<String> lines = lines();
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).startsWith("> "))
                .mapToObj(i -> Arguments.of(lines.get(i).substring(2).replace("\\n", "\n"), lines.get(i + 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("transcript")
    void theStatementPrintsOrFailsAsWritten(String sql, String expected) {
        assertThat(answer(sql)).isEqualTo(expected);
    }

    @Test
    void everyKindOfStatementIsThere() throws IOException {
        List<String> printed =
                lines().stream().filter(line -> line.startsWith("= ")).toList();
        List<String> kinds = printed.stream()
                .map(line -> BlazeSql.parse(line.substring(2), IdentifierRules.DEFAULT)
                        .name())
                .distinct()
                .toList();

        assertThat(kinds)
                .containsExactlyInAnyOrderElementsOf(new RandomStatements(1)
                        .all().stream().map(Statement::name).toList())
                .hasSize(35);
    }

    @Test
    void statementsThatReturnRowsSaySo() {
        List<String> queries = new RandomStatements(1)
                .all().stream().filter(Statement::isQuery).map(Statement::name).toList();

        assertThat(queries)
                .containsExactlyInAnyOrder(
                        "CREATE INVITATION",
                        "CHECK SYNC",
                        "SHOW SYNC",
                        "SHOW TOPOLOGY",
                        "EXPLAIN SYNC POLICY",
                        "EXPLAIN SYNC CONNECT",
                        "EXPLAIN SYNC ROW");
    }

    private static String answer(String sql) {
        try {
            return "= " + BlazeSql.parse(sql, IdentifierRules.DEFAULT).toSql(Secrets.MASKED);
        } catch (SqlSyntaxException e) {
            return "! " + e.getMessage();
        }
    }

    private static List<String> lines() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(TranscriptTest.class.getResourceAsStream("statements.txt")),
                StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}

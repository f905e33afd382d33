package io.blazedb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing works with the few jars of Calcite's dependencies that the build keeps. */
class ClasspathTest {

    @Test
    void onlyTheJarsThatParsingNeedsAreThere() {
        List<String> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(path -> new File(path).getName())
                .filter(name ->
                        name.matches("(calcite|avatica|guava|failureaccess|jackson|janino|commons|jts|proj4j|json|jooq)"
                                + ".*|(protobuf|http).*"))
                .map(name -> name.replaceFirst("-\\d.*", ""))
                .sorted()
                .toList();

        assertThat(jars)
                .containsExactly(
                        "avatica-core", "calcite-core", "calcite-linq4j", "commons-math3", "failureaccess", "guava");
        assertThatThrownBy(() -> Class.forName("com.fasterxml.jackson.databind.ObjectMapper"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    /** Every kind of expression of Calcite's grammar: some load more than others. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a IS JSON OBJECT",
                "JSON_EXISTS(a, '$.x')",
                "JSON_VALUE(a, 'lax $.x' RETURNING INTEGER NULL ON EMPTY) = 1",
                "JSON_OBJECT('a' VALUE 1) = a",
                "TIMESTAMPADD(DAY, 1, a) > b",
                "TIMESTAMPDIFF(MONTH, a, b) > 1",
                "EXTRACT(EPOCH FROM a) > 1",
                "FLOOR(a TO YEAR) = b",
                "INTERVAL '1-2' YEAR TO MONTH > a",
                "a = X'0102'",
                "a = TIME '10:00:00'",
                "a = {d '2020-01-01'}",
                "{fn UCASE(a)} = 'X'",
                "OVERLAY(a PLACING 'x' FROM 1) = 'x'",
                "a IN (SELECT b FROM t UNION ALL SELECT c FROM u EXCEPT VALUES (1))",
                "(SELECT MAX(b) OVER (PARTITION BY c ORDER BY d) FROM t) > 1",
                "a[1] = 2",
                "ROW(a, b) = ROW(1, 2)",
                "CAST(a AS TIMESTAMP(3) WITH LOCAL TIME ZONE) > b",
                "CAST(a AS INTEGER ARRAY) = b",
                "a = 1e400 AND b = 12345678901234567890123456789.5",
                "(a, b) OVERLAPS (c, d)",
                "a MEMBER OF MULTISET[1, 2]",
                "TRIM(a) = b AND CONVERT(a, VARCHAR) = 'x'",
                "a = _UTF8'x'"
            })
    void everyExpressionIsReadOrRefusedInOurWords(String predicate) {
        String sql = "CREATE SYNC POLICY p FOR TABLE t WHERE " + predicate;
        try {
            Statement statement = BlazeSql.parse(sql, IdentifierRules.DEFAULT);
            assertThat(BlazeSql.parse(statement.toSql(), IdentifierRules.DEFAULT))
                    .isEqualTo(statement);
        } catch (SqlSyntaxException e) {
            assertThat(e).hasMessageMatching("(?s)Syntax error at line 1, column \\d+: .+");
        }
    }
}

package io.blazedb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sql.internal.lexer.ReservedWords;
import io.blazedb.sql.internal.parser.StatementParserConstants;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A predicate means in H2 what its text meant. */
class PredicateTest {
    private static Connection h2;

    @BeforeAll
    static void open() throws SQLException {
        h2 = DriverManager.getConnection("jdbc:h2:mem:");
        try (var statement = h2.createStatement()) {
            statement.execute("""
                    CREATE TABLE BUGS(ID INT PRIMARY KEY, OWNER VARCHAR, COUNT INT, RESULT DECIMAL(10, 2), DAY_OF DATE,
                        DONE BOOLEAN, START TIMESTAMP, "lower" INT, TEAM INT);
                    CREATE TABLE MEMBERS(TEAM INT, NAME VARCHAR, OPEN BOOLEAN);
                    INSERT INTO MEMBERS VALUES (1, 'SA', TRUE), (2, 'x', FALSE), (NULL, 'SA', TRUE);
                    """);
            for (int i = 0; i < 60; i++) {
                statement.execute(("INSERT INTO BUGS VALUES (%d, %s, %s, %s, DATE '2020-01-01' + %d, %s, "
                                + "TIMESTAMP '2020-01-01 00:00:00' + INTERVAL '%d' HOUR, %d, %d)")
                        .formatted(
                                i,
                                i % 7 == 0 ? "NULL" : "'o" + i % 5 + "''ж'",
                                i % 3 == 0 ? "NULL" : i % 10,
                                i * 1.25,
                                i * 20,
                                i % 4 == 0 ? "NULL" : i % 2 == 0,
                                i * 100,
                                i % 6,
                                i % 4));
            }
        }
    }

    @AfterAll
    static void close() throws SQLException {
        h2.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count > 5",
                "count > 5 AND result < 50 OR NOT done",
                "owner = 'o1''ж'",
                "owner LIKE 'o_''%' AND owner NOT LIKE 'o!_%' ESCAPE '!'",
                "count IS NULL OR count IS NOT NULL AND done IS NOT TRUE",
                "done IS UNKNOWN",
                "count IS DISTINCT FROM 5",
                "count BETWEEN 2 AND 4 AND result NOT BETWEEN 10 AND 20.5",
                "count BETWEEN SYMMETRIC 4 AND 2",
                "team IN (SELECT m.team FROM members m WHERE m.name = CURRENT_USER AND open)",
                "team IN (SELECT team FROM members AS result WHERE result.open)",
                "team NOT IN (SELECT team FROM members WHERE team IS NOT NULL ORDER BY name DESC NULLS LAST)",
                "EXISTS (SELECT 1 FROM members member WHERE member.team = bugs.team)",
                "team IN (SELECT a.team FROM members a LEFT OUTER JOIN members b ON a.team = b.team WHERE b.open)",
                "team IN (SELECT team FROM members GROUP BY team HAVING count(*) >= 1)",
                "(count, team) IN ((1, 1), (2, 2), (5, 1))",
                "day_of > DATE '2021-01-01' AND start < TIMESTAMP '2020-06-01 12:00:00'",
                "start + INTERVAL '1' DAY > TIMESTAMP '2020-03-01 00:00:00'",
                "EXTRACT(YEAR FROM day_of) = 2021 AND EXTRACT(MONTH FROM start) < 7",
                "CASE WHEN count > 5 THEN done ELSE result < 10 END",
                "CASE count WHEN 1 THEN TRUE WHEN 2 THEN FALSE END",
                "CAST(count AS VARCHAR) = '5' OR CAST(result AS DECIMAL(10, 1)) = 2.5",
                "CAST(owner AS CHARACTER VARYING(2)) = 'o1'",
                "UPPER(owner) = 'O1''Ж' OR \"lower\" = 3 OR LOWER(owner) = 'o2''ж'",
                "SUBSTRING(owner FROM 1 FOR 2) = 'o1'",
                "TRIM(LEADING 'o' FROM owner) = '1''ж' OR TRIM(BOTH FROM owner) = 'x'",
                "owner || '!' = 'o1''ж!'",
                "COALESCE(count, 0) + 2 * (result - 1) / 3 > 7 - -2",
                "MOD(id, 3) = 1 AND ABS(-id) < 40 AND id % 2 = 0",
                "-count < +3",
                "team IN (SELECT team FROM members FETCH FIRST 1 ROWS ONLY)",
                "owner ILIKE 'O1%'",
                "NULLIF(count, 5) IS NULL",
                "CHAR_LENGTH(owner) = 4 AND POSITION('o' IN owner) = 1",
                "(count > 1 OR count < 5) AND (done OR (team = 2 AND NOT (result > 10)))",
                "NOT count = 1 AND NOT (count = 2 OR count = 3)",
                "count = 1 = TRUE",
                "bugs.count <> 2 AND bugs.\"lower\" != 3",
                "result = 1.25E0 OR result > 1e1",
                "count IN (1, 2, 3) AND id NOT IN (7, 8)",
                "owner > N'o1' AND owner < U&'\\006Fz' AND owner <> $$x'y$$",
                "count >= ALL (SELECT team FROM members WHERE team IS NOT NULL)",
                "count = ANY (SELECT team FROM members)",
                "id > /* a /* nested */ one */ 5 -- and the rest\n AND id < 10"
            })
    void theSameRowsAreChosen(String predicate) throws SQLException {
        List<Integer> expected = idsWhere(predicate);

        String printed = where(predicate).sql();

        assertThat(idsWhere(printed)).as("%s became %s", predicate, printed).isEqualTo(expected);
        assertThat(where(printed).sql()).as("printed twice").isEqualTo(printed);
        assertThat(inUsing(predicate)).as("in USING and WITH CHECK").isEqualTo(printed);
    }

    /** Operators bind as they do in H2, whatever parentheses the printer leaves out. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomPredicatesChooseTheSameRows(long seed) throws SQLException {
        Random random = new Random(seed);
        int someButNotAll = 0;
        for (int i = 0; i < 300; i++) {
            String predicate = condition(random, 3);
            List<Integer> expected = idsWhere(predicate);

            String printed = where(predicate).sql();

            assertThat(idsWhere(printed))
                    .as("seed %d: %s became %s", seed, predicate, printed)
                    .isEqualTo(expected);
            someButNotAll += expected.isEmpty() || expected.size() == 60 ? 0 : 1;
        }
        assertThat(someButNotAll).as("seed %d", seed).isGreaterThan(100);
    }

    private static String condition(Random random, int depth) {
        if (depth == 0) {
            return operand(random, 1) + pick(random, " = ", " < ", " >= ", " <> ") + operand(random, 1);
        }
        String first = condition(random, depth - 1);
        return switch (random.nextInt(9)) {
            case 0 -> first + " AND " + condition(random, depth - 1);
            case 1 -> first + " OR " + condition(random, depth - 1);
            case 2 -> "NOT " + first;
            case 3 -> "(" + first + " OR " + condition(random, depth - 1) + ")";
            case 4 -> "(" + first + ")" + pick(random, " IS TRUE", " IS NOT FALSE", " IS UNKNOWN", " = done");
            case 5 ->
                operand(random, depth) + pick(random, " BETWEEN ", " NOT BETWEEN ") + operand(random, 1) + " AND "
                        + operand(random, depth);
            case 6 -> operand(random, depth) + pick(random, " IN ", " NOT IN ") + "(" + operand(random, 1) + ", 3)";
            case 7 ->
                operand(random, depth)
                        + pick(random, " IS NULL", " IS NOT NULL")
                        + pick(random, " OR ", " AND ")
                        + first;
            default -> "CASE WHEN " + first + " THEN " + condition(random, depth - 1) + " ELSE done END";
        };
    }

    private static String operand(Random random, int depth) {
        if (depth == 0) {
            return pick(random, "id", "count", "\"lower\"", "team", "result", "2", "7", "0.5");
        }
        String first = operand(random, depth - 1);
        return switch (random.nextInt(5)) {
            case 0 -> first + pick(random, " + ", " - ", " * ") + operand(random, depth - 1);
            case 1 ->
                first + pick(random, " - ", " * ") + "(" + operand(random, depth - 1) + " - " + operand(random, 0)
                        + ")";
            case 2 -> "-" + operand(random, 0) + " - -" + operand(random, 0) + pick(random, " / 3", " % 4", "");
            case 3 -> "COALESCE(" + first + ", " + operand(random, 0) + ")";
            default -> first;
        };
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @Test
    void everyWordThatH2TakesForANameIsAColumn() throws SQLException {
        List<String> words = Arrays.stream(StatementParserConstants.tokenImage)
                .map(image -> image.replace("\"", ""))
                .filter(image -> image.matches("[A-Z_][A-Z_0-9]+") && !ReservedWords.contains(image))
                .toList();
        assertThat(words).hasSizeGreaterThan(600);
        for (String word : words) {
            try (var statement = h2.createStatement()) {
                statement.execute("CREATE TABLE W(" + word + " INT); INSERT INTO W VALUES (1), (7), (NULL)");
                String predicate = "(" + word + " > 5 OR W." + word + " IS NULL) AND ABS(" + word
                        + ") IS DISTINCT FROM 1 AND NOT " + word + " = ALL (SELECT " + word + "." + word + " FROM W "
                        + word + " WHERE 3 = " + word + ")";

                String printed = where(predicate).sql();

                assertThat(count("W", printed)).as(printed).isEqualTo(count("W", predicate));
                statement.execute("DROP TABLE W");
            }
        }
    }

    @Test
    void aPredicateEndsWhereTheNextClauseBegins() {
        var policy = (PolicyStatement.CreateSyncPolicy) parse("CREATE SYNC POLICY p FOR TABLE a WHERE read = exclude"
                + " AND teams > ignore, b (x) WHERE respect, c EXCLUDE COLUMNS (read) TEAMS (t) BY read"
                + " RESPECT ROW SECURITY ENCRYPTION E2E_ONLY READ ONLY");

        var tables = ((PolicyTables.Listed) policy.tables()).tables();
        assertThat(tables)
                .extracting(PolicyTables.PolicyTable::where)
                .extracting(where -> where.map(Predicate::sql))
                .containsExactly(
                        Optional.of("\"READ\" = \"EXCLUDE\" AND \"TEAMS\" > \"IGNORE\""),
                        Optional.of("\"RESPECT\""),
                        Optional.empty());
        assertThat(policy.readOnly()).isTrue();
        assertThat(policy.excluded()).hasSize(1);
    }

    @Test
    void aPredicateKnowsItsPlaceAndItsParameters() {
        String sql = "CREATE SYNC POLICY p FOR TABLE t\n  WHERE a = ? AND b IN (?, 'x')";

        var policy = (PolicyStatement.CreateSyncPolicy) parse(sql);
        var bound = (PolicyStatement.CreateSyncPolicy) policy.bind(List.of("it's ?", 5));

        Predicate predicate = whereOf(policy);
        assertThat(predicate.position()).isEqualTo(new Position(2, 9));
        assertThat(predicate.sql()).isEqualTo("\"A\" = ? AND \"B\" IN (?, 'x')");
        assertThat(predicate.parameters()).hasSize(2);
        assertThat(whereOf(bound).sql()).isEqualTo("\"A\" = 'it''s ?' AND \"B\" IN (5, 'x')");
        assertThat(bound.parameters()).isEmpty();
    }

    @Test
    void theTeamsOfTheReaderAreNoColumn() {
        assertThat(where("team in (current_teams)").sql()).isEqualTo("\"TEAM\" IN (CURRENT_TEAMS)");
    }

    /** A pool's threads may have little stack: no condition, however deep, overflows 512 KiB. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = 1 AND %s",
                "a - %s",
                "%s - a",
                "NOT %s",
                "- %s",
                "(%s)",
                "CASE WHEN a THEN %s END",
                "%s IS NULL",
                "a IN (SELECT b FROM c WHERE %s)",
                "a OR (b AND %s)",
                "a[%s]",
                "f(%s)",
                "%s LIKE b",
                "(%s, 1)",
                "EXISTS (SELECT 1 FROM t JOIN u ON %s)",
                "a IN (SELECT b FROM c UNION SELECT %s)"
            })
    void noConditionIsTooDeepForASmallStack(String level) throws InterruptedException {
        List<String> messages = new ArrayList<>();
        for (int depth : new int[] {10, 45, 90, 160, 245, 490, 2000}) {
            String predicate = "x";
            for (int i = 0; i < depth; i++) {
                predicate = level.formatted(predicate);
            }
            messages.add(answerOnSmallStack(predicate));
        }

        assertThat(messages).first().asString().isEqualTo("read");
        assertThat(messages).last().asString().contains("expected at most");
    }

    private static String answerOnSmallStack(String predicate) throws InterruptedException {
        AtomicReference<String> answer = new AtomicReference<>("overflow");
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        parse("CREATE SYNC POLICY p FOR TABLE t WHERE " + predicate);
                        answer.set("read");
                    } catch (SqlSyntaxException e) {
                        answer.set(String.valueOf(e.getMessage()));
                    }
                },
                "small stack",
                512 * 1024);
        thread.start();
        thread.join();
        assertThat(answer.get()).as("%.80s", predicate).isNotEqualTo("overflow");
        return String.valueOf(answer.get());
    }

    private static String inUsing(String predicate) {
        var policy = (AccessStatement.CreatePolicy)
                parse("CREATE POLICY p ON bugs USING (" + predicate + "\n) WITH CHECK (" + predicate + "\n)");
        assertThat(policy.using()).isEqualTo(policy.withCheck());
        return policy.using().orElseThrow().sql();
    }

    private static Predicate where(String predicate) {
        return whereOf((PolicyStatement.CreateSyncPolicy)
                parse("CREATE SYNC POLICY p FOR TABLE bugs WHERE " + predicate + "\nRESPECT ROW SECURITY READ ONLY"));
    }

    private static Predicate whereOf(PolicyStatement.CreateSyncPolicy policy) {
        return ((PolicyTables.Listed) policy.tables()).tables().get(0).where().orElseThrow();
    }

    private static Statement parse(String sql) {
        return BlazeSql.parse(sql, IdentifierRules.DEFAULT);
    }

    private static List<Integer> idsWhere(String predicate) throws SQLException {
        List<Integer> ids = new ArrayList<>();
        try (var statement = h2.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT ID FROM BUGS WHERE (" + predicate + "\n) ORDER BY ID")) {
            while (rows.next()) {
                ids.add(rows.getInt(1));
            }
        }
        return ids;
    }

    private static int count(String table, String predicate) throws SQLException {
        try (var statement = h2.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table + " WHERE " + predicate)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}

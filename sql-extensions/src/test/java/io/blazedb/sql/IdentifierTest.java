package io.blazedb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sql.internal.lexer.ReservedWords;
import io.blazedb.sql.internal.parser.StatementParserConstants;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are those that H2 takes, and stand for what they stand for in H2. */
class IdentifierTest {

    @Test
    void everyWordThatH2TakesForANameIsOneHere() throws SQLException {
        Set<String> words = words();
        Set<String> takenByH2;
        try (Connection h2 = open("")) {
            takenByH2 = filter(words, word -> tableName(h2, word) != null);
        }

        Set<String> takenHere = filter(words, word -> !ReservedWords.contains(word));

        assertThat(takenHere).containsExactlyElementsOf(takenByH2).hasSizeGreaterThan(600);
        assertThat(takenByH2).allSatisfy(IdentifierTest::isTakenEverywhere);
    }

    private static void isTakenEverywhere(String word) {
        Identifier name = new Identifier(word, new Position(1, 1));
        for (String sql : List.of(
                "CONNECT " + word + " TO " + word + " IN TOPOLOGY " + word + " MODE READ ONLY POLICY " + word,
                "DISCONNECT " + word + " FROM " + word + " IN TOPOLOGY " + word,
                "CREATE TOPOLOGY IF NOT EXISTS " + word + " PATTERN STAR HUB " + word,
                "ALTER TOPOLOGY " + word + " ADD NODE " + word + " CURRENT DATABASE",
                "CREATE SYNC POLICY " + word + " FOR TABLE " + word + " (" + word + "), " + word + "." + word
                        + " EXCLUDE COLUMNS (" + word + ") TEAMS (" + word + ") BY " + word + " READ ONLY",
                "ALTER TABLE " + word + "." + word + " ENABLE ROW LEVEL SECURITY",
                "CREATE MERGE RULE ON " + word + " (" + word + ", " + word + ") USING MAX",
                "ALTER TEAM " + word + " ADD MEMBER " + word,
                "EXPLAIN SYNC ROW " + word + " (1)",
                "SHOW TOPOLOGY " + word + " AS DOT",
                "SYNC WITH " + word + " TIMEOUT 1")) {
            assertThat(BlazeSql.recognises(sql)).as(sql).isTrue();
            String quoted = BlazeSql.parse(sql, IdentifierRules.DEFAULT).toSql();
            assertThat(quoted).as(sql).contains(SqlWriter.quoted(name));
            assertThat(BlazeSql.parse(quoted, IdentifierRules.DEFAULT).toSql()).isEqualTo(quoted);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bugs",
                "Bugs",
                "BUGS",
                "\"Bugs\"",
                "\"a\"\"b\"",
                "`Bugs`",
                "`a``b`",
                "U&\"d\\0061t\\+01F600\"",
                "u&\"d!0061t\" UESCAPE '!'",
                "été",
                "straße",
                "名前",
                "_x",
                "a$b",
                "a1",
                "İ",
                "\"\n\"",
                "ж",
                "😀",
                "𝒳",
                "a#b",
                "#a",
                "$a",
                "1a",
                "a-b",
                "\"\"",
                "\"",
                "@a",
                "a b",
                "x'",
                "[a]",
                "?",
                "U&\"\\00\""
            })
    void aNameIsReadAsH2ReadsIt(String name) throws SQLException {
        for (IdentifierRules rules : List.of(
                IdentifierRules.DEFAULT,
                new IdentifierRules(false, true, false),
                new IdentifierRules(false, false, true))) {
            try (Connection h2 = open(settings(rules))) {
                String inH2 = tableName(h2, name);

                assertThat(nameHere(name, rules)).as("%s under %s", name, rules).isEqualTo(inH2);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"Bugs,BUGS,false,false", "Bugs,BUGS,true,true", "Bugs,Bugs,false,true", "Bugs,Bug,true,false"})
    void namesAreComparedAsTheDatabaseCompares(String first, String second, boolean ignoresCase, boolean same) {
        IdentifierRules rules = new IdentifierRules(false, false, ignoresCase);

        assertThat(rules.same(first, second)).isEqualTo(same);
    }

    @Test
    void aNameHasItsLimit() {
        String longest = "x".repeat(Identifier.LENGTH_MAX);

        assertThat(nameHere(longest, new IdentifierRules(false, false, false))).isEqualTo(longest);
        assertThatThrownBy(() -> BlazeSql.parse("REVOKE NODE " + longest + "x", IdentifierRules.DEFAULT))
                .hasMessage("Syntax error at line 1, column 13: found a name of 257 characters, expected at most 256");
    }

    @Test
    void upperAndLowerTogetherAreRefused() {
        assertThatThrownBy(() -> new IdentifierRules(true, true, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected one");
    }

    /** The words of the grammar, and those of H2. */
    private static Set<String> words() throws SQLException {
        Set<String> words = Arrays.stream(StatementParserConstants.tokenImage)
                .map(image -> image.replace("\"", ""))
                .filter(image -> image.matches("[A-Z_][A-Z_0-9]+"))
                .collect(Collectors.toCollection(TreeSet::new));
        try (Connection h2 = open("")) {
            words.addAll(Arrays.asList(h2.getMetaData().getSQLKeywords().split(",")));
        }
        words.addAll(List.of("A", "LIMIT", "MINUS", "_ROWID_", "ROWNUM", "KEY", "IF", "TOKEN", "SPOKE", "E2E_ONLY"));
        return words;
    }

    private static Set<String> filter(Set<String> words, Predicate<String> condition) {
        return words.stream().filter(condition).collect(Collectors.toCollection(TreeSet::new));
    }

    private static @Nullable String nameHere(String name, IdentifierRules rules) {
        try {
            TopologyStatement parsed = (TopologyStatement) BlazeSql.parse("CREATE TOPOLOGY " + name, rules);
            return parsed.topology().name();
        } catch (SqlSyntaxException notAName) {
            return null;
        }
    }

    /** The name of the table that H2 creates for a name, or null if it does not take it. */
    private static @Nullable String tableName(Connection h2, String name) {
        try (var statement = h2.createStatement()) {
            statement.execute("CREATE TABLE " + name + "(C INT)");
            try (ResultSet tables = h2.getMetaData().getTables(null, null, null, new String[] {"BASE TABLE"})) {
                String created = null;
                while (tables.next()) {
                    if (!"INFORMATION_SCHEMA".equalsIgnoreCase(tables.getString("TABLE_SCHEM"))) {
                        created = tables.getString("TABLE_NAME");
                    }
                }
                statement.execute("DROP TABLE " + name);
                return created;
            }
        } catch (SQLException refused) {
            return null;
        }
    }

    private static String settings(IdentifierRules rules) {
        return ";DATABASE_TO_UPPER=" + rules.databaseToUpper() + ";DATABASE_TO_LOWER=" + rules.databaseToLower()
                + ";CASE_INSENSITIVE_IDENTIFIERS=" + rules.caseInsensitiveIdentifiers();
    }

    private static Connection open(String settings) throws SQLException {
        return DriverManager.getConnection("jdbc:h2:mem:" + settings);
    }
}

package io.blazedb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sql.internal.lexer.Lexeme;
import io.blazedb.sql.internal.lexer.Lexer;
import io.blazedb.sql.internal.parser.StatementParserConstants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a text, it is a syntax error with a place in the text. */
class MistakeTest {
    private static final int STATEMENTS_PER_SEED = 1500;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.blazedb.sql.RoundTripTest#seeds")
    void everyTextIsAStatementOrASyntaxError(long seed) {
        Random random = new Random(seed);
        RandomStatements statements = new RandomStatements(seed);
        List<String> words = Arrays.stream(StatementParserConstants.tokenImage)
                .map(image -> image.startsWith("\"") ? image.substring(1, image.length() - 1) : "'x'")
                .toList();
        int refused = 0;
        for (int i = 0; i < STATEMENTS_PER_SEED; i++) {
            String sql = withMistakes(statements.next().toSql(), words, random);
            try {
                Statement parsed = BlazeSql.parse(sql, IdentifierRules.DEFAULT);
                assertThat(BlazeSql.parse(parsed.toSql(), IdentifierRules.DEFAULT))
                        .as("seed %d: %s", seed, sql)
                        .isEqualTo(parsed);
            } catch (SqlSyntaxException e) {
                assertThat(e).as("seed %d: %s", seed, sql).hasMessageContaining("Syntax error at line ");
                assertThat(offset(sql, e.position()))
                        .as("seed %d: %s", seed, sql)
                        .isBetween(0, sql.length());
                refused++;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + sql, e);
            }
        }
        assertThat(refused).isGreaterThan(STATEMENTS_PER_SEED / 2);
    }

    private static String withMistakes(String sql, List<String> words, Random random) {
        List<String> parts = new ArrayList<>();
        Lexer lexer = new Lexer(sql);
        for (Lexeme lexeme = lexer.next(); lexeme.kind() != Lexeme.Kind.END; lexeme = lexer.next()) {
            parts.add(sql.substring(lexeme.start(), lexeme.end()));
        }
        for (int mistakes = 1 + random.nextInt(2); mistakes > 0 && !parts.isEmpty(); mistakes--) {
            int at = random.nextInt(parts.size());
            switch (random.nextInt(4)) {
                case 0 -> parts.remove(at);
                case 1 -> parts.add(at, parts.get(random.nextInt(parts.size())));
                case 2 -> parts.set(at, words.get(random.nextInt(words.size())));
                default -> parts.add(at, words.get(random.nextInt(words.size())));
            }
        }
        return String.join(" ", parts);
    }

    private static int offset(String sql, Position position) {
        int lineStart = 0;
        for (int line = 1; line < position.line(); line++) {
            lineStart = sql.indexOf('\n', lineStart) + 1;
        }
        return lineStart + position.column() - 1;
    }

    @Test
    void aPlaceCountsLinesAndColumnsFromOne() {
        assertThat(Position.of("ab\ncd", 0)).isEqualTo(new Position(1, 1));
        assertThat(Position.of("ab\ncd", 4)).isEqualTo(new Position(2, 2));
        assertThat(Position.of("\r\n\n", 3)).hasToString("line 3, column 1");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "NONE",
            value = {
                "TOPOLGY, TOPOLOGY",
                "topoolgy, TOPOLOGY",
                "SYN, SYNC",
                "SHARED, SHARE",
                "bgus, Bugs",
                "X, NONE",
                "ELEPHANT, NONE",
                "NODES, NONE"
            })
    void theNearestNameIsNearEnough(String word, @Nullable String nearest) {
        List<String> candidates = List.of("TOPOLOGY", "SYNC", "SHARE", "Bugs");

        assertThat(Spelling.nearest(word, candidates).orElse(null)).isEqualTo(nearest);
    }
}

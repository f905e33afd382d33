package io.blazedb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sql.internal.lexer.Lexeme;
import io.blazedb.sql.internal.lexer.Lexer;
import io.blazedb.sql.internal.node.StatementReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is printed parses back to the same, for random statements; {@code -Dseed=...} replays one run. */
class RoundTripTest {
    private static final int STATEMENTS_PER_SEED = 500;
    private static final Set<String> LITERAL_PREFIXES = Set.of("DATE", "ESCAPE", "-");
    private static final List<String> BLANKS =
            List.of(" ", "\n", "\t", "\u00a0", " /* a /* nested */ comment */ ", " -- to the end\n", "//x\r\n");

    static LongStream seeds() {
        Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, 6) : LongStream.of(seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void printedStatementsParseBackToTheSame(long seed) {
        RandomStatements statements = new RandomStatements(seed);
        for (int i = 0; i < STATEMENTS_PER_SEED; i++) {
            Statement statement = statements.next();

            String sql = statement.toSql();

            assertThat(BlazeSql.recognises(sql)).as("seed %d: %s", seed, sql).isTrue();
            assertThat(parse(sql)).as("seed %d: %s", seed, sql).isEqualTo(statement);
            assertThat(parse(sql).toSql()).isEqualTo(sql);
            assertThat(parse(sql)).hasSameHashCodeAs(statement);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nodesPrintTheStatementWithoutItsSecrets(long seed) {
        RandomStatements statements = new RandomStatements(seed);
        for (int i = 0; i < STATEMENTS_PER_SEED; i++) {
            Statement statement = statements.next();

            String sql = StatementReader.read(statement.toSql(), IdentifierRules.DEFAULT)
                    .toString();

            assertThat(parse(sql).toSql(Secrets.MASKED))
                    .as("seed %d", seed)
                    .isEqualTo(statement.toSql(Secrets.MASKED))
                    .isEqualTo(sql);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void caseBlanksAndCommentsMeanNothing(long seed) {
        RandomStatements statements = new RandomStatements(seed);
        Random random = new Random(seed);
        for (int i = 0; i < STATEMENTS_PER_SEED; i++) {
            Statement statement = statements.next();
            StringBuilder scattered = new StringBuilder();
            for (Lexeme lexeme : lexemes(statement.toSql())) {
                scattered.append(BLANKS.get(random.nextInt(BLANKS.size())));
                String text = statement.toSql().substring(lexeme.start(), lexeme.end());
                boolean isWord = lexeme.kind() == Lexeme.Kind.WORD;
                scattered.append(isWord && random.nextBoolean() ? text.toLowerCase(Locale.ROOT) : text);
            }
            String sql = scattered.append(random.nextBoolean() ? ";" : "").toString();

            assertThat(BlazeSql.recognises(sql)).as("seed %d: %s", seed, sql).isTrue();
            assertThat(parse(sql)).as("seed %d: %s", seed, sql).isEqualTo(statement);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void parametersBoundToTheLiteralsGiveTheSame(long seed) {
        RandomStatements statements = new RandomStatements(seed);
        Random random = new Random(seed);
        int parameters = 0;
        for (int i = 0; i < STATEMENTS_PER_SEED; i++) {
            Statement statement = statements.next();
            List<Object> values = new ArrayList<>();
            String sql = parametrised(statement.toSql(), random, values);

            Statement parsed = parse(sql);

            assertThat(parsed.parameters()).as("seed %d: %s", seed, sql).hasSameSizeAs(values);
            assertThat(parse(parsed.toSql())).as("seed %d: %s", seed, sql).isEqualTo(parsed);
            assertThat(parsed.bind(values)).as("seed %d: %s", seed, sql).isEqualTo(statement);
            parameters += values.size();
        }
        assertThat(parameters).isGreaterThan(STATEMENTS_PER_SEED / 10);
    }

    /** The statement with a {@code ?} in the place of some literals. */
    private static String parametrised(String sql, Random random, List<Object> values) {
        StringBuilder text = new StringBuilder();
        int copied = 0;
        String before = "";
        for (Lexeme lexeme : lexemes(sql)) {
            boolean isString = lexeme.kind() == Lexeme.Kind.STRING;
            boolean isLiteral = isString || lexeme.kind() == Lexeme.Kind.NUMBER;
            if (isLiteral && !LITERAL_PREFIXES.contains(before) && random.nextBoolean()) {
                text.append(sql, copied, lexeme.start()).append('?');
                copied = lexeme.end();
                values.add(isString ? lexeme.text() : new BigDecimal(lexeme.text()));
            }
            before = lexeme.text();
        }
        return text.append(sql, copied, sql.length()).toString();
    }

    private static List<Lexeme> lexemes(String sql) {
        List<Lexeme> lexemes = new ArrayList<>();
        Lexer lexer = new Lexer(sql);
        for (Lexeme lexeme = lexer.next(); lexeme.kind() != Lexeme.Kind.END; lexeme = lexer.next()) {
            lexemes.add(lexeme);
        }
        return lexemes;
    }

    private static Statement parse(String sql) {
        return BlazeSql.parse(sql, IdentifierRules.DEFAULT);
    }
}

package io.blazedb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sql.internal.lexer.Lexeme;
import io.blazedb.sql.internal.lexer.Lexer;
import io.blazedb.sql.internal.node.StatementReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is secret is printed only where it is asked for. */
class SecretsTest {
    private static final String SECRET = "hunter2";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TOPOLOGY t ADD NODE n AT 'x' USER 'u' PASSWORD 'hunter2' ROLE SERVER",
                "ALTER TOPOLOGY t ADD NODE n AT 'wss://u:hunter2@host/db' TOKEN 'hunter2'",
                "CONNECT TO INVITATION 'hunter2'",
                "CONNECT TO 'jdbc:blaze:./x;USER=a;password=hunter2;NODE=b' WITH (USER 'a', PASSWORD 'hunter2')",
                "CONNECT a TO b MODE READ ONLY WITH (TOKEN 'hunter2', INTERVAL 5)",
                "EXPLAIN SYNC CONNECT TO 'wss://h/d?token=hunter2' WITH (TOKEN 'hunter2')",
                "CREATE INVITATION TO 'wss://u:hunter2@h/d' AS USER u EXPIRES IN 5 DAYS",
                "DISCONNECT FROM 'jdbc:blaze:x;ENCRYPTIONPASSWORD=hunter2'"
            })
    void aSecretIsNeverShown(String sql) {
        Statement statement = parse(sql);

        assertThat(statement.toSql()).contains(SECRET);
        assertThat(statement.toString()).doesNotContain(SECRET);
        assertThat(statement.toSql(Secrets.MASKED)).doesNotContain(SECRET).contains(Secret.MASK);
        assertThat(StatementReader.read(sql, IdentifierRules.DEFAULT).toString())
                .doesNotContain(SECRET);
        assertThat(parse(statement.toSql(Secrets.MASKED)).name()).isEqualTo(statement.name());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noMistakeBringsASecretIntoAMessage(long seed) {
        List<String> statements = List.of(
                "CONNECT TO INVITATION 'hunter2'",
                "CONNECT TO x POLICY p WITH (USER 'a', PASSWORD 'hunter2', TOKEN 'hunter2', INTERVAL 5)",
                "ALTER TOPOLOGY t ADD NODE n AT 'x' USER 'u' PASSWORD 'hunter2' ROLE SERVER",
                "ALTER TOPOLOGY t ADD NODE n AT 'x' TOKEN 'hunter2'");
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            String sql = withMistake(statements.get(random.nextInt(statements.size())), random);
            try {
                parse(sql);
            } catch (SqlSyntaxException e) {
                assertThat(e.toString()).as("seed %d: %s", seed, sql).doesNotContain(SECRET);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    /** The statement with a part left out, put twice or in another place, or with other quotes. */
    private static String withMistake(String sql, Random random) {
        List<String> parts = parts(sql);
        int at = random.nextInt(parts.size());
        switch (random.nextInt(5)) {
            case 0 -> parts.remove(at);
            case 1 -> parts.add(at, parts.get(random.nextInt(parts.size())).replace(SECRET, "x"));
            case 2 -> parts.set(at, parts.get(at).replace("'", "\""));
            case 3 -> parts.set(at, parts.get(at).replace("'", ""));
            default -> parts.set(at, parts.get(at).replaceFirst("'", ""));
        }
        return String.join(" ", parts);
    }

    private static List<String> parts(String sql) {
        List<String> parts = new ArrayList<>();
        Lexer lexer = new Lexer(sql);
        for (Lexeme lexeme = lexer.next(); lexeme.kind() != Lexeme.Kind.END; lexeme = lexer.next()) {
            parts.add(sql.substring(lexeme.start(), lexeme.end()));
        }
        return parts;
    }

    private static Statement parse(String sql) {
        return BlazeSql.parse(sql, IdentifierRules.DEFAULT);
    }
}

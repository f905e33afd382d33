package io.blazedb.internal.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.internal.statement.SqlScanner.Token;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.h2.command.Tokenizer;
import org.h2.engine.CastDataProvider;
import org.junit.jupiter.api.Test;

/** Compares the scanner with H2's own tokenizer, whose answer decides what H2 would run. */
class SqlScannerTest {
    private static final int TEXTS = 40_000;
    private static final int FRAGMENTS_MAX = 12;
    private static final String[] FRAGMENTS = {
        "'",
        "''",
        "\"",
        "\"\"",
        "`",
        "$$",
        "$",
        "--",
        "//",
        "/*",
        "*/",
        "\n",
        "\r",
        ";",
        ";",
        "?",
        "??(",
        "??)",
        "?1",
        "$1",
        " ",
        " ",
        " ",
        "a",
        "SELECT",
        "update",
        "DELETE",
        "NEXT",
        "value",
        "N'",
        "X'AB'",
        "U&'",
        "U&\"",
        "E",
        "DATE '",
        "1",
        "0x1F",
        "7L",
        "0b1",
        "0o7",
        "1_0",
        "e",
        "+",
        "L",
        "1.5e3",
        "2e",
        ".",
        "(",
        ")",
        "{",
        "}",
        "@",
        "\u00e9t\u00e9",
        "\uD834\uDD1E",
        "a$b",
        "a$$",
        ":",
        "::",
        "-",
        "/",
        "*",
        "_x",
        "\t",
        ","
    };

    @Test
    void everyWordParameterAndSemicolonIsWhereH2SeesIt() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        int compared = 0;
        try (Connection h2 = new org.h2.Driver().connect("jdbc:h2:mem:", new Properties())) {
            H2Tokens tokens = new H2Tokens((CastDataProvider) h2);
            for (int i = 0; i < TEXTS; i++) {
                String sql = text(random);
                if (tokens.read(sql)) {
                    compare(sql, tokens, seed);
                    compared++;
                }
            }
        }
        assertThat(compared).as("seed %d", seed).isGreaterThan(TEXTS / 20);
    }

    private static String text(Random random) {
        StringBuilder sql = new StringBuilder();
        for (int i = random.nextInt(FRAGMENTS_MAX); i >= 0; i--) {
            sql.append(FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
        }
        return sql.toString();
    }

    private static void compare(String sql, H2Tokens h2, long seed) {
        List<Integer> semicolons = new ArrayList<>();
        List<Integer> parameters = new ArrayList<>();
        Set<Integer> words = new TreeSet<>();
        SqlScanner scanner = new SqlScanner(sql);
        for (Token token = scanner.next(); token != Token.END; token = scanner.next()) {
            switch (token) {
                case SEMICOLON -> semicolons.add(scanner.start());
                case PARAMETER -> parameters.add(scanner.start());
                case WORD -> words.add(scanner.start());
                default -> assertThat(scanner.end()).isGreaterThan(scanner.start());
            }
        }

        assertThat(semicolons).as("semicolons of [%s], seed %d", sql, seed).isEqualTo(h2.semicolons);
        assertThat(parameters).as("parameters of [%s], seed %d", sql, seed).isEqualTo(h2.parameters);
        assertThat(words).as("words of [%s], seed %d", sql, seed).containsAll(h2.words);
    }

    @Test
    void noCommandOfH2sIsTakenForReadingUnlessItIs() throws Exception {
        StatementClassifier classifier = new StatementClassifier();
        Set<String> reading = new TreeSet<>();
        int commands = 0;
        try (Connection h2 = new org.h2.Driver().connect("jdbc:h2:mem:", new Properties());
                ResultSet help = h2.createStatement().executeQuery("HELP")) {
            while (help.next()) {
                String topic = help.getString("TOPIC");
                if (help.getString("SECTION").startsWith("Commands")) {
                    commands++;
                    if (classifier.classify(topic).kind() == StatementKind.READ) {
                        reading.add(topic);
                    }
                }
            }
        }

        assertThat(commands).isGreaterThan(100);
        assertThat(reading).containsExactly("EXPLAIN", "HELP", "SCRIPT", "SELECT", "SHOW", "Table value", "WITH");
    }

    /** H2's tokens of a text, by reflection: its tokenizer is not public. */
    private static final class H2Tokens {
        private final Tokenizer tokenizer;
        private final Method tokenize;
        private List<Integer> semicolons = List.of();
        private List<Integer> parameters = List.of();
        private List<Integer> words = List.of();

        H2Tokens(CastDataProvider provider) throws ReflectiveOperationException {
            Constructor<Tokenizer> constructor = Tokenizer.class.getDeclaredConstructor(
                    CastDataProvider.class, boolean.class, boolean.class, BitSet.class);
            constructor.setAccessible(true);
            tokenizer = constructor.newInstance(provider, true, false, null);
            tokenize = Tokenizer.class.getDeclaredMethod("tokenize", String.class, boolean.class, BitSet.class);
            tokenize.setAccessible(true);
        }

        /** False when H2 refuses the text. */
        boolean read(String sql) throws ReflectiveOperationException {
            semicolons = new ArrayList<>();
            parameters = new ArrayList<>();
            words = new ArrayList<>();
            List<?> tokens;
            try {
                tokens = (List<?>) tokenize.invoke(tokenizer, sql, false, new BitSet());
            } catch (InvocationTargetException refused) {
                return false;
            }
            for (Object token : tokens) {
                int start = (int) call(token, "start");
                char first = start < sql.length() ? sql.charAt(start) : ' ';
                String type = token.getClass().getSimpleName();
                if (type.equals("ParameterToken") && first == '?') {
                    parameters.add(start);
                } else if (first == ';') {
                    semicolons.add(start);
                } else if (type.startsWith("Keyword") || type.equals("IdentifierToken")) {
                    addWord(start, first);
                }
            }
            return true;
        }

        private void addWord(int start, char first) {
            if (Character.isLetter(first) || first == '_' || Character.isSurrogate(first)) {
                words.add(start);
            }
        }

        private static Object call(Object token, String method) throws ReflectiveOperationException {
            Class<?> type = token.getClass();
            while (type.getSuperclass() != Object.class) {
                type = type.getSuperclass();
            }
            Method start = type.getDeclaredMethod(method);
            start.setAccessible(true);
            return start.invoke(token);
        }
    }
}

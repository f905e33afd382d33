package io.blazedb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sql.internal.lexer.Lexeme;
import io.blazedb.sql.internal.lexer.Lexer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A literal is read as H2 reads it. */
class LexerTest {
    private static final String ALPHABET = "'$\\0aUu&nNxX\"-/*\n ;?1.eELl_0й+";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void literalsAreReadAsH2ReadsThem(long seed) throws SQLException {
        Random random = new Random(seed);
        int read = 0;
        try (Connection h2 = DriverManager.getConnection("jdbc:h2:mem:")) {
            for (int i = 0; i < 3000; i++) {
                String text = literal(random);
                Object inH2 = valueInH2(h2, text);
                if (inH2 != null) {
                    assertThat(valueHere(text)).as("seed %d: %s", seed, text).isEqualTo(inH2);
                    read++;
                }
            }
        }
        assertThat(read).as("seed %d: literals that H2 reads", seed).isGreaterThan(300);
    }

    private static String literal(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(8);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return switch (random.nextInt(6)) {
            case 0 -> "'" + text.toString().replace("'", "''") + "'";
            case 1 -> "'" + text + "'";
            case 2 -> "$$" + text + "$$";
            case 3 -> "U&'" + text + "\\0041'";
            case 4 -> "N'" + text + "' /* " + text + " */ 'more'";
            default -> random.nextInt(1000) + "." + random.nextInt(100) + (random.nextBoolean() ? "E" : "");
        };
    }

    private static @Nullable Object valueInH2(Connection h2, String literal) {
        try (var statement = h2.createStatement();
                ResultSet rows = statement.executeQuery("VALUES (" + literal + "\n)")) {
            rows.next();
            Object value = rows.getMetaData().getColumnCount() == 1 && !rows.isLast() ? null : rows.getObject(1);
            return value instanceof String || value instanceof BigDecimal ? value : null;
        } catch (SQLException refused) {
            return null;
        }
    }

    /** The value of the text if it is one literal. */
    private static @Nullable Object valueHere(String text) {
        Lexer lexer = new Lexer(text);
        Lexeme literal = lexer.next();
        if (lexer.next().kind() != Lexeme.Kind.END) {
            return null;
        }
        return literal.kind() == Lexeme.Kind.NUMBER ? new BigDecimal(literal.text()) : literal.text();
    }
}

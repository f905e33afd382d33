package io.blazedb.sql.internal.node;

import io.blazedb.sql.Position;
import io.blazedb.sql.Spelling;
import io.blazedb.sql.SqlSyntaxException;
import io.blazedb.sql.internal.lexer.Lexeme;
import io.blazedb.sql.internal.parser.ParseException;
import io.blazedb.sql.internal.parser.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Says in our words what the generated parser met. What may be a secret is never shown. */
final class SyntaxErrors {
    /** More alternatives than this are those of an expression, and help nobody. */
    private static final int ALTERNATIVES_MAX = 20;

    private SyntaxErrors() {}

    static SqlSyntaxException of(ParseException exception) {
        Token found = exception.currentToken.next;
        int matching = 0;
        for (int[] sequence : exception.expectedTokenSequences) {
            matching = Math.max(matching, matching(found, sequence));
        }
        Set<String> expected = new TreeSet<>();
        for (int[] sequence : exception.expectedTokenSequences) {
            if (sequence.length > matching && matching(found, sequence) == matching) {
                expected.add(name(exception.tokenImage[sequence[matching]]));
            }
        }
        for (int i = 0; i < matching; i++) {
            found = found.next;
        }
        return of((LexemeToken) found, expected);
    }

    /** How many tokens from this one on are those of the sequence; the parser may have looked ahead several. */
    private static int matching(Token first, int[] sequence) {
        Token token = first;
        int matching = 0;
        while (matching < sequence.length - 1 && token.kind == sequence[matching] && token.next != null) {
            token = token.next;
            matching++;
        }
        return matching;
    }

    private static SqlSyntaxException of(LexemeToken found, Set<String> expected) {
        expected.addAll(found.alternatives());
        List<String> alternatives = List.copyOf(expected);
        if (expected.size() <= ALTERNATIVES_MAX) {
            return unexpected(found, alternatives);
        }
        String summary = expected.contains("AND") ? "an operator or the end of the condition" : "an expression";
        return at(found, "found " + found.describe() + ", expected " + summary + nearest(found, alternatives));
    }

    /** A token of the grammar in words. */
    private static String name(String image) {
        return switch (image) {
            case "<EOF>", "\";\"" -> "the end of the statement";
            case "<QUOTED_STRING>" -> "a string";
            case "<UNSIGNED_INTEGER_LITERAL>", "<DECIMAL_NUMERIC_LITERAL>", "<APPROX_NUMERIC_LITERAL>" -> "a number";
            default -> image.startsWith("\"") ? unquoted(image) : "a name";
        };
    }

    /** A word as it is, a symbol in quotes. */
    private static String unquoted(String image) {
        return Character.isLetter(image.charAt(1)) ? image.substring(1, image.length() - 1) : image;
    }

    static SqlSyntaxException unexpected(LexemeToken found, List<String> expected) {
        String nearest = nearest(found, expected);
        return at(found, "found " + found.describe() + ", expected " + join(expected) + nearest);
    }

    private static String nearest(LexemeToken found, List<String> expected) {
        if (found.lexeme().kind() != Lexeme.Kind.WORD || found.mayBeSecret()) {
            return "";
        }
        return Spelling.nearest(found.lexeme().text(), expected)
                .map(word -> "; did you mean " + word + "?")
                .orElse("");
    }

    static SqlSyntaxException unexpected(LexemeToken found, String expected) {
        return unexpected(found, List.of(expected));
    }

    static SqlSyntaxException at(LexemeToken token, String problem) {
        return new SqlSyntaxException(token.position(), problem);
    }

    /** Refuses what is more than a limit. */
    static void check(String sql, Lexeme lexeme, String what, int found, int limit) {
        if (found > limit) {
            Position position = Position.of(sql, lexeme.start());
            throw new SqlSyntaxException(position, "found " + found + " " + what + ", expected at most " + limit);
        }
    }

    private static String join(List<String> alternatives) {
        List<String> first = new ArrayList<>(alternatives);
        String last = first.remove(first.size() - 1);
        return first.isEmpty() ? last : String.join(", ", first) + " or " + last;
    }
}

package io.blazedb.sql.internal.node;

import io.blazedb.sql.SqlSyntaxException;
import io.blazedb.sql.internal.lexer.Lexeme;
import io.blazedb.sql.internal.parser.ParseException;
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
        LexemeToken found = (LexemeToken) exception.currentToken.next;
        Set<String> expected = new TreeSet<>();
        for (int[] sequence : exception.expectedTokenSequences) {
            expected.add(name(exception.tokenImage[sequence[0]]));
        }
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
            default -> image.startsWith("\"") ? image.substring(1, image.length() - 1) : "a name";
        };
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

    private static String join(List<String> alternatives) {
        List<String> first = new ArrayList<>(alternatives);
        String last = first.remove(first.size() - 1);
        return first.isEmpty() ? last : String.join(", ", first) + " or " + last;
    }
}

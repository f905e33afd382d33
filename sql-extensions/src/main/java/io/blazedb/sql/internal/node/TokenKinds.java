package io.blazedb.sql.internal.node;

import io.blazedb.sql.internal.lexer.Lexeme;
import io.blazedb.sql.internal.parser.StatementParserConstants;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Which token of the generated parser a lexeme is. */
final class TokenKinds {
    static final int NAME = StatementParserConstants.IDENTIFIER;

    /** Never valid: what Calcite has no token for. */
    private static final int UNKNOWN = StatementParserConstants.BEL;

    private static final Map<String, Integer> BY_TEXT = byText();

    private TokenKinds() {}

    static int of(Lexeme lexeme) {
        return switch (lexeme.kind()) {
            case WORD -> BY_TEXT.getOrDefault(lexeme.text().toUpperCase(Locale.ROOT), NAME);
            case SYMBOL -> BY_TEXT.getOrDefault(lexeme.text(), UNKNOWN);
            case QUOTED, BACK_QUOTED -> StatementParserConstants.QUOTED_IDENTIFIER;
            case STRING -> StatementParserConstants.QUOTED_STRING;
            case BINARY -> StatementParserConstants.BINARY_STRING_LITERAL;
            case NUMBER -> number(lexeme.text());
            case PARAMETER -> StatementParserConstants.HOOK;
            case END -> StatementParserConstants.EOF;
        };
    }

    private static int number(String digits) {
        if (digits.indexOf('e') >= 0 || digits.indexOf('E') >= 0) {
            return StatementParserConstants.APPROX_NUMERIC_LITERAL;
        }
        return digits.indexOf('.') >= 0
                ? StatementParserConstants.DECIMAL_NUMERIC_LITERAL
                : StatementParserConstants.UNSIGNED_INTEGER_LITERAL;
    }

    /** The words and symbols of the grammar; JavaCC shows them in quotes. */
    private static Map<String, Integer> byText() {
        Map<String, Integer> kinds = new HashMap<>();
        String[] images = StatementParserConstants.tokenImage;
        for (int kind = 0; kind < images.length; kind++) {
            String image = images[kind];
            if (image.startsWith("\"") && image.length() > 2) {
                kinds.put(image.substring(1, image.length() - 1), kind);
            }
        }
        return kinds;
    }
}

package io.blazedb.sql.internal.node;

import io.blazedb.sql.Identifier;
import io.blazedb.sql.IdentifierRules;
import io.blazedb.sql.Position;
import io.blazedb.sql.Value;
import io.blazedb.sql.internal.lexer.Lexeme;
import io.blazedb.sql.internal.parser.Token;
import java.util.Set;
import java.util.TreeSet;

/** A token of the generated parser that remembers the lexeme it was made of. */
final class LexemeToken extends Token {
    private static final long serialVersionUID = 1L;

    private final transient Lexeme lexeme;
    private final transient String foldedText;

    /** How many parameters the statement has up to here, this one included. */
    private final int parameterIndex;

    private final boolean mayBeSecret;
    private final transient Set<String> alternatives = new TreeSet<>();

    LexemeToken(Lexeme lexeme, int parameterIndex, boolean mayBeSecret, IdentifierRules rules) {
        this.lexeme = lexeme;
        this.parameterIndex = parameterIndex;
        this.mayBeSecret = mayBeSecret;
        boolean folds = lexeme.kind() == Lexeme.Kind.WORD || lexeme.kind() == Lexeme.Kind.BACK_QUOTED;
        foldedText = folds ? rules.fold(lexeme.text()) : lexeme.text();
        kind = TokenKinds.of(lexeme);
        image = image();
    }

    /** The same token as a plain name, whatever keyword it may be elsewhere. */
    LexemeToken asName() {
        kind = TokenKinds.NAME;
        return this;
    }

    private String image() {
        return switch (lexeme.kind()) {
            case QUOTED, BACK_QUOTED -> '"' + foldedText.replace("\"", "\"\"") + '"';
            case STRING -> "'" + lexeme.text().replace("'", "''") + "'";
            default -> foldedText;
        };
    }

    Lexeme lexeme() {
        return lexeme;
    }

    Position position() {
        return new Position(beginLine, beginColumn);
    }

    Identifier identifier() {
        return new Identifier(foldedText, position());
    }

    Value.Parameter parameter(String name, Value.Type type) {
        return new Value.Parameter(parameterIndex, name, type);
    }

    /** Notes what could stand here besides tokens, for the message if nothing else fits either. */
    void allow(String alternative) {
        alternatives.add(alternative);
    }

    Set<String> alternatives() {
        return alternatives;
    }

    /** Whether the word before says that what stands here should be kept from others. */
    boolean mayBeSecret() {
        return mayBeSecret;
    }

    /** What stands here, in words. */
    String describe() {
        if (mayBeSecret && lexeme.kind() != Lexeme.Kind.SYMBOL && lexeme.kind() != Lexeme.Kind.END) {
            return "something else";
        }
        return switch (lexeme.kind()) {
            case STRING, BINARY -> "a string";
            case QUOTED, BACK_QUOTED, SYMBOL, PARAMETER -> '"' + lexeme.text() + '"';
            case END -> "the end of the statement";
            default -> lexeme.text();
        };
    }
}

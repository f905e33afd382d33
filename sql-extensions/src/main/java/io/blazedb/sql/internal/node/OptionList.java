package io.blazedb.sql.internal.node;

import io.blazedb.sql.ConnectOption;
import io.blazedb.sql.ConnectOptions;
import io.blazedb.sql.Value;
import io.blazedb.sql.internal.lexer.Lexeme;
import io.blazedb.sql.internal.parser.StatementParser;
import io.blazedb.sql.internal.parser.Token;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects the options of a connection. For the generated parser, one for each list. */
public final class OptionList {
    private final Map<ConnectOption, Value> values = new LinkedHashMap<>();

    /** Takes the name of an option. */
    public static ConnectOption name(StatementParser parser) {
        LexemeToken first = (LexemeToken) parser.getToken(1);
        for (ConnectOption option : ConnectOption.values()) {
            if (Parts.isNext(parser, option)) {
                for (int words = option.words().split(" ").length; words > 0; words--) {
                    parser.getNextToken();
                }
                return option;
            }
        }
        List<String> names =
                Arrays.stream(ConnectOption.values()).map(ConnectOption::words).toList();
        throw SyntaxErrors.unexpected(first, names);
    }

    /** Whether the token is a word that stands for a value of the option. */
    public boolean isChoiceNext(ConnectOption option, Token token) {
        return ((LexemeToken) token).lexeme().kind() == Lexeme.Kind.WORD
                && option.choices().stream().anyMatch(((LexemeToken) token).lexeme()::isWord);
    }

    /** Adds an option with the value that the token is. */
    public void add(ConnectOption option, Token token) {
        Value value = value(option, (LexemeToken) token);
        option.problem(value).ifPresent(problem -> {
            throw SyntaxErrors.at((LexemeToken) token, problem);
        });
        if (values.put(option, value) != null) {
            throw SyntaxErrors.at((LexemeToken) token, "found " + option.words() + " again, expected it once");
        }
    }

    private static Value value(ConnectOption option, LexemeToken token) {
        return switch (token.lexeme().kind()) {
            case WORD -> new Value.Text(token.lexeme().text().toUpperCase(Locale.ROOT));
            case NUMBER -> Parts.number(token, false);
            case PARAMETER -> token.parameter(option.words(), option.parameterType());
            default -> Parts.text(token);
        };
    }

    public ConnectOptions build() {
        return new ConnectOptions(values);
    }
}

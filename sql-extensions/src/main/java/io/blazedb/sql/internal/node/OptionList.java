package io.blazedb.sql.internal.node;

import io.blazedb.sql.ConnectOption;
import io.blazedb.sql.ConnectOptions;
import io.blazedb.sql.Value;
import io.blazedb.sql.internal.parser.StatementParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the options of a connection. For the generated parser, one for each list. */
public final class OptionList {
    private final Map<ConnectOption, Value> values = new LinkedHashMap<>();

    /** Takes an option and its value. */
    public void read(StatementParser parser) {
        LexemeToken name = (LexemeToken) parser.getToken(1);
        ConnectOption option = (ConnectOption) Parts.choice(parser, ConnectOption.values());
        LexemeToken token = (LexemeToken) parser.getNextToken();
        Value value = value(option, token);
        option.problem(value).ifPresent(problem -> {
            throw SyntaxErrors.at(token, problem);
        });
        if (values.put(option, value) != null) {
            throw SyntaxErrors.at(name, "found " + option.words() + " again, expected it once");
        }
    }

    private static Value value(ConnectOption option, LexemeToken token) {
        return switch (token.lexeme().kind()) {
            case STRING -> Parts.text(token);
            case NUMBER -> Parts.number(token, false);
            case PARAMETER -> token.parameter(option.words(), option.parameterType());
            default -> choice(option, token);
        };
    }

    private static Value choice(ConnectOption option, LexemeToken token) {
        List<String> choices = option.choices();
        if (choices.stream().noneMatch(token.lexeme()::isWord)) {
            throw SyntaxErrors.unexpected(token, choices.isEmpty() ? List.of(option.expected()) : choices);
        }
        return Parts.text(token);
    }

    public ConnectOptions build() {
        return new ConnectOptions(values);
    }
}

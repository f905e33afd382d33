package io.blazedb.sql.internal.node;

import io.blazedb.sql.Identifier;
import io.blazedb.sql.Keyword;
import io.blazedb.sql.PolicyStatement.ExcludedColumn;
import io.blazedb.sql.Predicate;
import io.blazedb.sql.SqlSyntaxException;
import io.blazedb.sql.TableName;
import io.blazedb.sql.Value;
import io.blazedb.sql.internal.lexer.Lexeme;
import io.blazedb.sql.internal.parser.StatementParser;
import io.blazedb.sql.internal.parser.Token;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Makes the parts of a statement of tokens. For the generated parser. */
public final class Parts {
    private Parts() {}

    /** Whether a name may and does come next. */
    public static boolean nameIsNext(StatementParser parser) {
        LexemeToken token = (LexemeToken) parser.getToken(1);
        token.allow("a name");
        return token.lexeme().isName();
    }

    /** Whether a word that is no token may and does come next. */
    public static boolean wordIsNext(StatementParser parser, String word) {
        LexemeToken token = (LexemeToken) parser.getToken(1);
        token.allow(word);
        return token.lexeme().isWord(word);
    }

    /** The name that the token is. */
    public static Identifier name(Token token) {
        if (!((LexemeToken) token).lexeme().isName()) {
            throw SyntaxErrors.unexpected((LexemeToken) token, "a name");
        }
        Identifier name = ((LexemeToken) token).identifier();
        if (name.name().length() > Identifier.LENGTH_MAX) {
            throw SyntaxErrors.at(
                    (LexemeToken) token,
                    "found a name of " + name.name().length() + " characters, expected at most "
                            + Identifier.LENGTH_MAX);
        }
        return name;
    }

    /** A table; without a second name the first is not its schema but its own. */
    public static TableName table(Identifier first, @Nullable Identifier second) {
        return second == null ? new TableName(Optional.empty(), first) : new TableName(Optional.of(first), second);
    }

    /** {@code column}, {@code table.column} or {@code schema.table.column}. */
    public static ExcludedColumn excludedColumn(
            Identifier first, @Nullable Identifier second, @Nullable Identifier third) {
        if (second == null) {
            return new ExcludedColumn(Optional.empty(), first);
        }
        return third == null
                ? new ExcludedColumn(Optional.of(table(first, null)), second)
                : new ExcludedColumn(Optional.of(table(first, second)), third);
    }

    /** A string. */
    public static Value text(Token token) {
        return new Value.Text(((LexemeToken) token).lexeme().text());
    }

    /** A number. */
    public static Value number(Token token, boolean negative) {
        try {
            BigDecimal number = new BigDecimal(((LexemeToken) token).lexeme().text());
            return new Value.Numeric(negative ? number.negate() : number);
        } catch (NumberFormatException e) {
            throw SyntaxErrors.unexpected((LexemeToken) token, "an exponent of at most ten digits");
        } catch (IllegalArgumentException e) {
            throw SyntaxErrors.at((LexemeToken) token, String.valueOf(e.getMessage()));
        }
    }

    /** A whole number that is not negative. */
    public static Value wholeNumber(Token token) {
        Value number = number(token, false);
        if (((Value.Numeric) number).number().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw SyntaxErrors.unexpected((LexemeToken) token, "a number up to " + Long.MAX_VALUE);
        }
        return number;
    }

    /** A {@code ?} and what it stands for. */
    public static Value parameter(Token token, String name, Value.Type type) {
        return ((LexemeToken) token).parameter(name, type);
    }

    /** Takes the words of the choice that comes next. */
    public static Keyword choice(StatementParser parser, Keyword[] choices) {
        Keyword found = null;
        for (Keyword choice : choices) {
            if (isNext(parser, choice)
                    && (found == null || choice.words().length() > found.words().length())) {
                found = choice;
            }
        }
        if (found == null) {
            throw noChoice(parser, choices);
        }
        for (int i = words(found).length; i > 0; i--) {
            parser.getNextToken();
        }
        return found;
    }

    /** If the first words of choices are there, it is the next word that is wrong. */
    private static SqlSyntaxException noChoice(StatementParser parser, Keyword[] choices) {
        int matching = 0;
        for (Keyword choice : choices) {
            matching = Math.max(matching, wordsThatMatch(parser, choice));
        }
        List<String> expected = new ArrayList<>();
        for (Keyword choice : choices) {
            if (matching == 0) {
                expected.add(choice.words());
            } else if (wordsThatMatch(parser, choice) == matching) {
                expected.add(words(choice)[matching]);
            }
        }
        return SyntaxErrors.unexpected((LexemeToken) parser.getToken(matching + 1), expected);
    }

    private static boolean isNext(StatementParser parser, Keyword keyword) {
        return wordsThatMatch(parser, keyword) == words(keyword).length;
    }

    private static int wordsThatMatch(StatementParser parser, Keyword keyword) {
        String[] words = words(keyword);
        int matching = 0;
        while (matching < words.length
                && ((LexemeToken) parser.getToken(matching + 1)).lexeme().isWord(words[matching])) {
            matching++;
        }
        return matching;
    }

    private static String[] words(Keyword keyword) {
        return keyword.words().split(" ");
    }

    /** A predicate that was read from one token to another. */
    public static Predicate predicate(Token first, Token last, SqlNode expression) {
        List<Value> parameters = new ArrayList<>();
        Token token = first;
        while (true) {
            if (((LexemeToken) token).lexeme().kind() == Lexeme.Kind.PARAMETER) {
                parameters.add(parameter(token, "PREDICATE", Value.Type.ANY));
            }
            if (token == last) {
                break;
            }
            token = token.next;
        }
        return new Predicate(PredicateSql.print(expression), ((LexemeToken) first).position(), parameters);
    }
}

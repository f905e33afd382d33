package io.blazedb.sql.internal.node;

import io.blazedb.sql.internal.lexer.Lexeme;
import io.blazedb.sql.internal.lexer.ReservedWords;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the words of a predicate that are names in H2 though Calcite reserves them: {@code count > 5}.
 *
 * <p>Where an operand may stand, a word is a name unless H2 reserves it, or it opens a call or a literal. After an
 * operand it is a name (an alias) unless it is an operator.
 */
final class PredicateWords {
    /** The printer calls itself for each: this many fit into a stack of 512 KiB. */
    private static final int OPERATORS_MAX = 500;

    private static final Set<String> OPERATORS = Set.of("ASC", "DESC", "ESCAPE", "ILIKE", "NULLS", "ROWS", "THEN");
    private static final Set<String> ENDS = Set.of("EXCLUDE", "TEAMS", "RESPECT", "IGNORE", "ENCRYPTION", "READ");
    private static final Set<String> OPERANDS = Set.of(
            "ASC",
            "DESC",
            "CURRENT_CATALOG",
            "CURRENT_DATE",
            "CURRENT_PATH",
            "CURRENT_ROLE",
            "CURRENT_SCHEMA",
            "CURRENT_TIME",
            "CURRENT_TIMESTAMP",
            "CURRENT_USER",
            "END",
            "FALSE",
            "LOCALTIME",
            "LOCALTIMESTAMP",
            "NULL",
            "ROWNUM",
            "SESSION_USER",
            "SYSTEM_USER",
            "TRUE",
            "UNKNOWN",
            "USER",
            "VALUE",
            "_ROWID_");
    private static final Set<String> LITERALS = Set.of("DATE", "TIME", "TIMESTAMP", "UUID", "JSON");
    private static final Set<String> CASTS = Set.of("CAST", "TRY_CAST", "SAFE_CAST");
    private static final Set<String> TRIMS = Set.of("BOTH", "LEADING", "TRAILING");

    private final String sql;
    private final List<Lexeme> lexemes;
    private final BitSet names = new BitSet();

    /** For each open parenthesis: whether a type may stand in it after AS. */
    private final Deque<Boolean> castParentheses = new ArrayDeque<>();

    private boolean afterOperand;
    private boolean inType;

    /** What is neither a name nor a literal nor between the parts of a list. */
    private int operators;

    private PredicateWords(String sql, List<Lexeme> lexemes) {
        this.sql = sql;
        this.lexemes = lexemes;
    }

    /** The indices of the words that are names. The last lexeme is the end of the text. */
    static BitSet names(String sql, List<Lexeme> lexemes) {
        PredicateWords words = new PredicateWords(sql, lexemes);
        int i = 0;
        while (i < lexemes.size()) {
            int start = words.predicateAfter(i);
            i = start < 0 ? i + 1 : words.scan(start);
        }
        return words.names;
    }

    /** The index of the first lexeme of the predicate that this lexeme opens, or -1. */
    private int predicateAfter(int i) {
        Lexeme lexeme = lexemes.get(i);
        if (lexeme.isWord("WHERE")) {
            return i + 1;
        }
        boolean inParentheses = lexeme.isWord("USING") || lexeme.isWord("CHECK");
        return inParentheses && at(i + 1).isSymbol("(") ? i + 2 : -1;
    }

    /** Goes through a predicate; returns the index of what follows it. */
    private int scan(int start) {
        castParentheses.clear();
        afterOperand = false;
        inType = false;
        operators = 0;
        int i = start;
        while (!isEnd(i)) {
            Lexeme lexeme = lexemes.get(i);
            switch (lexeme.kind()) {
                case WORD -> word(i);
                case SYMBOL -> symbol(i);
                default -> afterOperand = true;
            }
            operators += isOperator(i) ? 1 : 0;
            SyntaxErrors.check(sql, lexeme, "operators and keywords in a condition", operators, OPERATORS_MAX);
            i++;
        }
        return i;
    }

    private boolean isEnd(int i) {
        Lexeme lexeme = lexemes.get(i);
        if (lexeme.kind() == Lexeme.Kind.END || lexeme.isSymbol(";")) {
            return true;
        }
        boolean isOutermost = castParentheses.isEmpty();
        return isOutermost && (lexeme.isSymbol(",") || lexeme.isSymbol(")") || (afterOperand && isWordOf(i, ENDS)));
    }

    private boolean isOperator(int i) {
        Lexeme lexeme = lexemes.get(i);
        return switch (lexeme.kind()) {
            case WORD -> !names.get(i);
            case SYMBOL -> !"().,[]".contains(lexeme.text());
            default -> false;
        };
    }

    private void symbol(int i) {
        Lexeme symbol = lexemes.get(i);
        switch (symbol.text()) {
            case "(" -> {
                castParentheses.push(inType || isWordOf(i - 1, CASTS));
                afterOperand = false;
            }
            case ")" -> {
                castParentheses.pop();
                inType = inType && !castParentheses.isEmpty() && castParentheses.peek();
                afterOperand = true;
            }
            case "*" -> afterOperand = !afterOperand;
            case "]" -> afterOperand = true;
            default -> afterOperand = false;
        }
    }

    private void word(int i) {
        if (inType) {
            afterOperand = true;
        } else if (isName(i)) {
            names.set(i);
            afterOperand = true;
        } else {
            inType = lexemes.get(i).isWord("AS") && !castParentheses.isEmpty() && castParentheses.peek();
            afterOperand = isWordOf(i, OPERANDS);
        }
    }

    private boolean isName(int i) {
        if (at(i - 1).isSymbol(".")) {
            return true;
        }
        if (ReservedWords.contains(lexemes.get(i).text()) || at(i + 1).isSymbol("(") || isAfterIs(i)) {
            return false;
        }
        return afterOperand ? isTableAlias(i) || !isWordOf(i, OPERATORS) : !isPartOfOperator(i);
    }

    /** {@code FROM schema.table word}. */
    private boolean isTableAlias(int i) {
        int first = i - 1;
        while (at(first - 1).isSymbol(".")) {
            first -= 2;
        }
        return at(first - 1).isWord("FROM") || at(first - 1).isWord("JOIN");
    }

    /** {@code x IS [NOT] JSON}. */
    private boolean isAfterIs(int i) {
        return at(i - 1).isWord("IS") || (at(i - 1).isWord("NOT") && at(i - 2).isWord("IS"));
    }

    private boolean isPartOfOperator(int i) {
        Lexeme word = lexemes.get(i);
        Lexeme before = at(i - 1);
        boolean isLiteral = isWordOf(i, LITERALS)
                && (at(i + 1).kind() == Lexeme.Kind.STRING || at(i + 1).isWord("WITH"));
        boolean isField = before.isSymbol("(") && at(i - 2).isWord("EXTRACT");
        boolean isTrim =
                isWordOf(i, TRIMS) && at(i - 2).isWord("TRIM") && !at(i + 1).isSymbol(")");
        boolean isSecondWord = (word.isWord("BY") && (before.isWord("GROUP") || before.isWord("ORDER")))
                || (word.isWord("OUTER") && at(i + 1).isWord("JOIN"))
                || before.isWord("NULLS")
                || before.isWord("FETCH")
                || (word.isWord("ONLY") && (before.isWord("ROW") || before.isWord("ROWS")));
        return isLiteral || isField || isTrim || isSecondWord;
    }

    private boolean isWordOf(int i, Set<String> words) {
        Lexeme lexeme = at(i);
        return lexeme.kind() == Lexeme.Kind.WORD && words.contains(lexeme.text().toUpperCase(Locale.ROOT));
    }

    /** The lexeme at an index; before the first and after the last, the end. */
    private Lexeme at(int i) {
        return lexemes.get(i < 0 || i >= lexemes.size() ? lexemes.size() - 1 : i);
    }
}

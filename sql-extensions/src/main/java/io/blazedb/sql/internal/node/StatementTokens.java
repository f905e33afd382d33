package io.blazedb.sql.internal.node;

import io.blazedb.sql.IdentifierRules;
import io.blazedb.sql.internal.lexer.Lexeme;
import io.blazedb.sql.internal.lexer.Lexer;
import io.blazedb.sql.internal.parser.SimpleCharStream;
import io.blazedb.sql.internal.parser.StatementParserTokenManager;
import io.blazedb.sql.internal.parser.Token;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Gives the generated parser the tokens of a statement as H2 would cut them, in place of those that Calcite would
 * see. For one thread.
 */
final class StatementTokens extends StatementParserTokenManager {
    /** The parser calls itself for each level: this many fit into a stack of 512 KiB. */
    private static final int NESTED_MAX = 100;

    private final List<LexemeToken> tokens = new ArrayList<>();
    private int next;

    StatementTokens(String sql, IdentifierRules rules) {
        super(new SimpleCharStream(new StringReader("")));
        List<Lexeme> lexemes = lexemes(sql);
        BitSet names = PredicateWords.names(sql, lexemes);
        Lines lines = new Lines(sql);
        int parameters = 0;
        for (int i = 0; i < lexemes.size(); i++) {
            Lexeme lexeme = lexemes.get(i);
            parameters += lexeme.kind() == Lexeme.Kind.PARAMETER ? 1 : 0;
            LexemeToken token = new LexemeToken(lexeme, parameters, announcesSecret(lexemes, i - 1), rules);
            lines.place(token);
            tokens.add(names.get(i) ? token.asName() : token);
        }
    }

    /** The lexemes of a text, the end included. */
    private static List<Lexeme> lexemes(String sql) {
        List<Lexeme> lexemes = new ArrayList<>();
        Lexer lexer = new Lexer(sql);
        int depth = 0;
        Lexeme lexeme;
        do {
            lexeme = lexer.next();
            lexemes.add(lexeme);
            depth += opens(lexeme) ? 1 : closes(lexeme) ? -1 : 0;
            SyntaxErrors.check(sql, lexeme, "brackets or CASEs in each other", depth, NESTED_MAX);
        } while (lexeme.kind() != Lexeme.Kind.END);
        return lexemes;
    }

    private static boolean opens(Lexeme lexeme) {
        return lexeme.isWord("CASE") || (lexeme.kind() == Lexeme.Kind.SYMBOL && "([{".contains(lexeme.text()));
    }

    private static boolean closes(Lexeme lexeme) {
        return lexeme.isWord("END") || (lexeme.kind() == Lexeme.Kind.SYMBOL && ")]}".contains(lexeme.text()));
    }

    private static boolean announcesSecret(List<Lexeme> lexemes, int i) {
        if (i < 1) {
            return false;
        }
        Lexeme lexeme = lexemes.get(i);
        boolean isInvitation = lexeme.isWord("INVITATION") && lexemes.get(i - 1).isWord("TO");
        return isInvitation || lexeme.isWord("PASSWORD") || lexeme.isWord("TOKEN");
    }

    @Override
    public Token getNextToken() {
        return tokens.get(next < tokens.size() - 1 ? next++ : next);
    }

    /** Turns offsets, which only grow, into lines and columns. */
    private static final class Lines {
        private final String sql;
        private int line = 1;
        private int lineStart;
        private int seen;

        Lines(String sql) {
            this.sql = sql;
        }

        void place(LexemeToken token) {
            advanceTo(token.lexeme().start());
            token.beginLine = line;
            token.beginColumn = token.lexeme().start() - lineStart + 1;
            advanceTo(Math.max(token.lexeme().start(), token.lexeme().end() - 1));
            token.endLine = line;
            token.endColumn = seen - lineStart + 1;
        }

        private void advanceTo(int offset) {
            for (; seen < offset; seen++) {
                if (sql.charAt(seen) == '\n') {
                    line++;
                    lineStart = seen + 1;
                }
            }
        }
    }
}

package io.blazedb.sql.internal.lexer;

import io.blazedb.sql.SqlSyntaxException;
import java.util.Locale;

/**
 * Tells from its first words whether a statement is one of BlazeDB's. It runs before every statement, so it reads as
 * little as it can. For one thread.
 */
public final class Recogniser {
    private final Lexer lexer;

    private Recogniser(String sql) {
        lexer = new Lexer(sql);
    }

    /** Whether the statement is ours. What cannot be read is not: the database says what is wrong with it. */
    public static boolean recognises(String sql) {
        try {
            return new Recogniser(sql).isOurs();
        } catch (SqlSyntaxException malformed) {
            return false;
        }
    }

    private boolean isOurs() {
        return switch (word()) {
            case "CONNECT", "DISCONNECT", "SYNC" -> true;
            case "PAUSE", "RESUME", "CHECK", "REPAIR", "EXPLAIN" -> follows("SYNC");
            case "SHOW" -> isOneOf(word(), "SYNC", "TOPOLOGY");
            case "RESOLVE" -> follows("CONFLICT");
            case "REVOKE" -> revokesNode();
            case "ROTATE" -> follows("SYNC") && follows("KEY");
            case "CREATE" -> createsOurs();
            case "DROP" -> isObject(word());
            case "ALTER" -> altersOurs();
            default -> false;
        };
    }

    private boolean createsOurs() {
        String word = word();
        if (word.equals("OR")) {
            word = follows("REPLACE") ? word() : "";
        }
        return word.equals("INVITATION") || isObject(word);
    }

    private boolean isObject(String word) {
        return switch (word) {
            case "TOPOLOGY", "SHARE", "TEAM", "POLICY" -> true;
            case "SYNC" -> follows("POLICY");
            case "MERGE" -> follows("RULE");
            default -> false;
        };
    }

    private boolean altersOurs() {
        String word = word();
        return isOneOf(word, "TOPOLOGY", "TEAM") || (word.equals("TABLE") && changesRowSecurity());
    }

    private boolean changesRowSecurity() {
        if (!lexer.next().isName()) {
            return false;
        }
        Lexeme afterName = lexer.next();
        if (afterName.isSymbol(".") && lexer.next().isName()) {
            afterName = lexer.next();
        }
        return (afterName.isWord("ENABLE") || afterName.isWord("DISABLE"))
                && follows("ROW")
                && follows("LEVEL")
                && follows("SECURITY");
    }

    /** {@code REVOKE NODE n}; H2 has {@code REVOKE right FROM} and {@code REVOKE role, ... FROM}. */
    private boolean revokesNode() {
        return follows("NODE") && lexer.next().isName();
    }

    private boolean follows(String word) {
        return lexer.next().isWord(word);
    }

    private String word() {
        Lexeme lexeme = lexer.next();
        return lexeme.kind() == Lexeme.Kind.WORD ? lexeme.text().toUpperCase(Locale.ROOT) : "";
    }

    private static boolean isOneOf(String word, String first, String second) {
        return word.equals(first) || word.equals(second);
    }
}

package io.blazedb.internal.statement;

import io.blazedb.internal.statement.SqlScanner.Token;
import java.util.Set;

/** Tells by its first words whether a statement is one of BlazeDB's own. Everything else is H2's. */
final class BlazeKeywords {
    private static final Set<String> CREATED = Set.of("TOPOLOGY", "SHARE", "TEAM", "INVITATION", "POLICY");
    private static final Set<String> DROPPED = Set.of("TOPOLOGY", "SHARE", "TEAM", "POLICY");

    private BlazeKeywords() {}

    static boolean recognises(String sql) {
        SqlScanner scanner = new SqlScanner(sql);
        if (scanner.next() != Token.WORD) {
            return false;
        }
        return switch (scanner.word()) {
            case "CONNECT", "DISCONNECT", "SYNC" -> true;
            case "PAUSE", "RESUME", "CHECK", "REPAIR", "ROTATE", "EXPLAIN" -> "SYNC".equals(nextWord(scanner));
            case "SHOW" -> Set.of("SYNC", "TOPOLOGY").contains(nextWord(scanner));
            case "RESOLVE" -> "CONFLICT".equals(nextWord(scanner));
            case "REVOKE" -> "NODE".equals(nextWord(scanner));
            case "CREATE" -> isCreated(scanner);
            case "DROP" -> isOurs(scanner, nextWord(scanner), DROPPED);
            case "ALTER" -> isAltered(scanner);
            default -> false;
        };
    }

    private static boolean isCreated(SqlScanner scanner) {
        String word = nextWord(scanner);
        if (word.equals("OR")) {
            nextWord(scanner);
            word = nextWord(scanner);
        }
        return isOurs(scanner, word, CREATED);
    }

    private static boolean isOurs(SqlScanner scanner, String word, Set<String> single) {
        return switch (word) {
            case "SYNC" -> "POLICY".equals(nextWord(scanner));
            case "MERGE" -> "RULE".equals(nextWord(scanner));
            default -> single.contains(word);
        };
    }

    /** {@code ALTER TOPOLOGY}, {@code ALTER TEAM}, {@code ALTER TABLE t {ENABLE | DISABLE} ROW LEVEL SECURITY}. */
    private static boolean isAltered(SqlScanner scanner) {
        String word = nextWord(scanner);
        if (!word.equals("TABLE")) {
            return word.equals("TOPOLOGY") || word.equals("TEAM");
        }
        String name = nextWord(scanner);
        if (name.equals("IF")) {
            nextWord(scanner);
            scanner.next();
        }
        Token afterName = scanner.next();
        while (afterName == Token.OTHER) { // the dot of schema.table
            scanner.next();
            afterName = scanner.next();
        }
        return afterName == Token.WORD
                && (scanner.is("ENABLE") || scanner.is("DISABLE"))
                && "ROW".equals(nextWord(scanner));
    }

    /** The next word in capitals, or an empty text when the next token is none. */
    private static String nextWord(SqlScanner scanner) {
        return scanner.next() == Token.WORD ? scanner.word() : "";
    }
}

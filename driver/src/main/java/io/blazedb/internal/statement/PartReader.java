package io.blazedb.internal.statement;

import io.blazedb.internal.statement.SqlScanner.Token;
import java.util.Set;

/** Reads one statement up to its semicolon and keeps what its kind depends on. For one thread, one statement. */
final class PartReader {
    private static final Set<String> DATA_STATEMENTS =
            Set.of("SELECT", "VALUES", "TABLE", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE");
    private static final Set<String> ROW_STATEMENTS = Set.of("SHOW", "EXPLAIN", "CHECK");

    private final SqlScanner scanner;
    private String first = "";
    private String second = "";
    private String afterAs = "";
    private int parameterCount;
    private boolean empty = true;
    private boolean change;

    PartReader(SqlScanner scanner) {
        this.scanner = scanner;
    }

    /** Reads on; answers {@link Token#SEMICOLON} or {@link Token#END}. */
    Token read() {
        int words = 0;
        boolean afterNext = false;
        boolean isAs = false;
        for (; ; ) {
            Token token = scanner.next();
            if (token == Token.SEMICOLON || token == Token.END) {
                return token;
            }
            empty = false;
            boolean word = token == Token.WORD;
            if (token == Token.PARAMETER) {
                parameterCount++;
            } else if (word || token == Token.QUOTED_NAME) {
                keep(words++, word, isAs);
            }
            if (word && words > 1) {
                change = change || changes() || (afterNext && scanner.is("VALUE"));
            }
            isAs = word && scanner.is("AS");
            afterNext = word && scanner.is("NEXT");
        }
    }

    private void keep(int index, boolean word, boolean isAs) {
        if (index == 0 && word) {
            first = scanner.word();
        } else if (index == 1) {
            second = scanner.word();
        } else if (isAs && afterAs.isEmpty() && first.equals("PREPARE")) {
            afterAs = scanner.word();
        }
    }

    /** Whether a word means that a query may change or lock something. */
    private boolean changes() {
        return switch (scanner.firstLetter()) {
            case 'U' -> scanner.is("UPDATE");
            case 'I' -> scanner.is("INSERT");
            case 'D' -> scanner.is("DELETE");
            case 'M' -> scanner.is("MERGE");
            case 'N' -> scanner.is("NEXTVAL");
            case 'L' -> scanner.is("LINK_SCHEMA");
            default -> false;
        };
    }

    /** The first word in capitals; empty when there is none. */
    String first() {
        return first;
    }

    /** The second word or quoted name in capitals; empty when there is none. */
    String second() {
        return second;
    }

    int parameterCount() {
        return parameterCount;
    }

    boolean isEmpty() {
        return empty;
    }

    boolean mayChange() {
        return change;
    }

    boolean isDataStatement() {
        return DATA_STATEMENTS.contains(first);
    }

    /** Whether this, if it is a statement of BlazeDB's own, gives rows. */
    boolean returnsRows() {
        return ROW_STATEMENTS.contains(first) || (first.equals("CREATE") && second.equals("INVITATION"));
    }

    /** Whether what follows {@code PREPARE name AS} is neither a query nor a change of rows. */
    boolean preparesMoreThanData() {
        return !DATA_STATEMENTS.contains(afterAs) && !afterAs.equals("CALL");
    }
}

package io.blazedb.internal.statement;

import io.blazedb.internal.statement.SqlScanner.Token;
import io.blazedb.sql.BlazeSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the text alone what a statement does. It errs to the stronger side: a SELECT with the word UPDATE outside
 * literals counts as a write, because it may be FOR UPDATE or a data change delta table.
 *
 * <p>Remembers the last queries and changes of rows, since most applications repeat theirs; other statements are rare,
 * and may hold passwords. Safe for use by several threads: the entries are immutable, and a lost one is only computed
 * again.
 */
public final class StatementClassifier {
    private static final int REMEMBERED_TEXTS = 256; // a power of two
    private static final int REMEMBERED_CHARACTERS_MAX = 2048;
    private static final SqlText NOTHING = new SqlText("", StatementKind.READ, List.of());

    /**
     * Settings that the engine owns, or that would have the log miss something; and {@code U}, with which a name in
     * Unicode escapes begins: it could be any of them.
     */
    private static final Set<String> SPECIAL_SETTINGS = Set.of(
            "WRITE_DELAY", "RETENTION_TIME", "REFERENTIAL_INTEGRITY", "EXCLUSIVE", "CLUSTER", "DB_CLOSE_DELAY", "U");

    private final Predicate<String> isBlaze;
    private final @Nullable SqlText[] remembered = new @Nullable SqlText[REMEMBERED_TEXTS];

    /** With the keywords that BlazeDB's language begins with. */
    public StatementClassifier() {
        this(BlazeSql::recognises);
    }

    /** With another test for statements of BlazeDB's own; it gets one statement, comments included. */
    public StatementClassifier(Predicate<String> isBlaze) {
        this.isBlaze = isBlaze;
    }

    /** A null text reads nothing: H2 will refuse it. */
    public SqlText classify(@Nullable String sql) {
        if (sql == null) {
            return NOTHING;
        }
        int hash = sql.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (REMEMBERED_TEXTS - 1);
        SqlText known = remembered[slot];
        if (known != null && known.sql().equals(sql)) {
            return known;
        }
        SqlText text = scan(sql);
        if (text.kind().compareTo(StatementKind.WRITE) <= 0 && sql.length() <= REMEMBERED_CHARACTERS_MAX) {
            remembered[slot] = text;
        }
        return text;
    }

    private SqlText scan(String sql) {
        SqlScanner scanner = new SqlScanner(sql);
        List<SqlPart> parts = new ArrayList<>(1);
        StatementKind strongest = StatementKind.READ;
        int from = 0;
        for (Token last = Token.SEMICOLON; last != Token.END; ) {
            PartReader reader = new PartReader(scanner);
            last = reader.read();
            int to = last == Token.END ? sql.length() : scanner.start();
            boolean whole = from == 0 && last == Token.END;
            if (whole || !reader.isEmpty()) {
                SqlPart part = part(whole ? sql : sql.substring(from, to).strip(), reader);
                parts.add(part);
                strongest = part.kind().compareTo(strongest) > 0 ? part.kind() : strongest;
            }
            from = scanner.end();
        }
        if (parts.isEmpty()) {
            parts.add(new SqlPart(sql, StatementKind.READ, Optional.empty(), 0, false));
        }
        return new SqlText(sql, strongest, parts);
    }

    private SqlPart part(String sql, PartReader reader) {
        if (!reader.isDataStatement() && isBlaze.test(sql)) {
            return new SqlPart(
                    sql, StatementKind.BLAZE, Optional.empty(), reader.parameterCount(), reader.returnsRows());
        }
        SpecialKind special = special(reader);
        StatementKind kind = special == null ? kind(reader) : StatementKind.SPECIAL;
        return new SqlPart(sql, kind, Optional.ofNullable(special), reader.parameterCount(), false);
    }

    private static StatementKind kind(PartReader reader) {
        return switch (reader.first()) {
            case "", "SELECT", "VALUES", "TABLE", "SHOW", "EXPLAIN", "WITH", "SCRIPT", "HELP" ->
                reader.mayChange() ? StatementKind.WRITE : StatementKind.READ;
            case "ALTER" -> reader.second().equals("TABLE") ? StatementKind.ALTERATION : StatementKind.DEFINITION;
            case "CREATE", "DROP", "COMMENT", "GRANT", "REVOKE", "ANALYZE", "DECLARE", "REFRESH" ->
                StatementKind.DEFINITION;
            default -> StatementKind.WRITE;
        };
    }

    private static @Nullable SpecialKind special(PartReader reader) {
        return switch (reader.first()) {
            case "TRUNCATE" -> SpecialKind.TRUNCATE;
            case "SHUTDOWN" -> SpecialKind.SHUTDOWN;
            case "CHECKPOINT" -> SpecialKind.CHECKPOINT;
            case "BACKUP" -> SpecialKind.BACKUP;
            case "RUNSCRIPT" -> SpecialKind.RUNSCRIPT;
            case "DROP" -> reader.second().equals("ALL") ? SpecialKind.DROP_ALL_OBJECTS : null;
            case "SET" -> SPECIAL_SETTINGS.contains(reader.second()) ? SpecialKind.SET : null;
            case "COMMIT", "ROLLBACK" -> reader.second().equals("TRANSACTION") ? SpecialKind.TWO_PHASE_COMMIT : null;
            case "PREPARE" -> prepared(reader);
            default -> null;
        };
    }

    private static @Nullable SpecialKind prepared(PartReader reader) {
        if (reader.second().equals("COMMIT")) {
            return SpecialKind.TWO_PHASE_COMMIT;
        }
        return reader.preparesMoreThanData() ? SpecialKind.PREPARED_DEFINITION : null;
    }
}

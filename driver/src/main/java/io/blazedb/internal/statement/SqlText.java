package io.blazedb.internal.statement;

import java.util.List;

/**
 * A text that an application gave, and what is in it.
 *
 * @param sql the text, unchanged
 * @param kind the strongest kind of its parts
 * @param parts its statements in order; at least one, which may be empty
 */
public record SqlText(String sql, StatementKind kind, List<SqlPart> parts) {

    public SqlText {
        parts = List.copyOf(parts);
    }

    /** Whether H2 runs the text as it is. */
    public boolean goesToH2() {
        return kind != StatementKind.SPECIAL && kind != StatementKind.BLAZE;
    }

    public int parameterCount() {
        int count = 0;
        for (SqlPart part : parts) {
            count += part.parameterCount();
        }
        return count;
    }
}

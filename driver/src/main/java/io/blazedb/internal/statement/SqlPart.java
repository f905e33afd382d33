package io.blazedb.internal.statement;

import java.util.Optional;

/**
 * One statement of a text.
 *
 * @param special which statement, when {@code kind} is {@link StatementKind#SPECIAL}
 * @param parameterCount the number of {@code ?} in it
 * @param returnsRows whether a statement of BlazeDB's own gives rows; false for all others, where H2 knows
 */
public record SqlPart(
        String sql, StatementKind kind, Optional<SpecialKind> special, int parameterCount, boolean returnsRows) {

    /** Whether H2 runs it as it is. */
    public boolean goesToH2() {
        return kind != StatementKind.SPECIAL && kind != StatementKind.BLAZE;
    }
}

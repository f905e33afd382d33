package io.blazedb.internal.statement;

/** What a statement does to the database, weakest first: a text with several statements has the strongest kind. */
public enum StatementKind {
    /** Reads only: takes no lock that a writer waits for, changes nothing. */
    READ,
    /** May change rows, lock rows, or end a transaction. */
    WRITE,
    /** Changes the schema: H2 commits before and after. */
    DEFINITION,
    /** A definition for which H2 may put a copy in the place of a table. */
    ALTERATION,
    /** A statement of H2's that must not reach H2 as it is; {@link SpecialKind} says which. */
    SPECIAL,
    /** A statement of BlazeDB's own language. */
    BLAZE;

    /** Whether the schema may be another one afterwards. */
    public boolean isDefinition() {
        return this == DEFINITION || this == ALTERATION;
    }
}

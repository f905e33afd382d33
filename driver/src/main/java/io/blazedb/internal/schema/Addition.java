package io.blazedb.internal.schema;

import org.jspecify.annotations.Nullable;

/**
 * A statement that brings a table nearer to a peer's.
 *
 * @param statement one that H2 refuses when rows break the constraint that it adds
 * @param violators the query that finds the H2 row numbers of these rows; empty when no row can be in the way
 * @param parent the table that a foreign key refers to
 */
public record Addition(
        String statement, String violators, @Nullable Parent parent) {
    /** Where to find a table. */
    public record Parent(String schema, String name) {}

    /** A statement that concerns no row. */
    public static Addition of(String statement) {
        return new Addition(statement, "", null);
    }
}

package io.blazedb.sql;

import java.util.Objects;

/**
 * A name, folded by the database's {@link IdentifierRules} unless it was quoted.
 *
 * <p>Two are equal when the names are: the place where a name stood tells where an error is, not what is meant.
 */
public record Identifier(String name, Position position) {

    /** The longest name that H2 takes, in UTF-16 units. */
    public static final int LENGTH_MAX = 256;

    @Override
    public boolean equals(Object other) {
        return other instanceof Identifier identifier && name.equals(identifier.name);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(name);
    }

    @Override
    public String toString() {
        return name;
    }
}

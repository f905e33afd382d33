package io.blazedb.sync;

/**
 * One column as its table's author declared it.
 *
 * @param sqlType the type as SQL text, with length, precision and scale
 * @param defaultSql the default expression as SQL text; empty when there is none
 */
public record ColumnDefinition(String name, String sqlType, boolean nullable, String defaultSql, Source source) {
    /** Where the values of a column come from. */
    public enum Source {
        /** From the statement, or from the default. */
        WRITTEN,
        /** Numbered by the database, whatever the statement says. */
        IDENTITY_ALWAYS,
        /** Numbered by the database unless the statement gives a value. */
        IDENTITY_BY_DEFAULT,
        /** Computed from other columns by the default expression; never sent. */
        GENERATED
    }

    public ColumnDefinition {
        if (name.isEmpty() || sqlType.isEmpty()) {
            throw new IllegalArgumentException(
                    "column '" + name + "' of type '" + sqlType + "' (expected: a name and a type)");
        }
        if (source == Source.GENERATED && defaultSql.isEmpty()) {
            throw new IllegalArgumentException("generated column '" + name + "' without its expression");
        }
    }
}

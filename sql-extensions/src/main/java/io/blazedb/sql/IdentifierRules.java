package io.blazedb.sql;

import java.util.Locale;

/**
 * How a database treats names: the values of H2's settings of the same names.
 *
 * @param caseInsensitiveIdentifiers names that differ in case only are the same, quoted or not
 */
public record IdentifierRules(boolean databaseToUpper, boolean databaseToLower, boolean caseInsensitiveIdentifiers) {

    /** H2's defaults. */
    public static final IdentifierRules DEFAULT = new IdentifierRules(true, false, false);

    public IdentifierRules {
        if (databaseToUpper && databaseToLower) {
            throw new IllegalArgumentException("DATABASE_TO_UPPER and DATABASE_TO_LOWER are both TRUE, expected one");
        }
    }

    /** The name that an unquoted word stands for. */
    public String fold(String word) {
        if (databaseToUpper) {
            return word.toUpperCase(Locale.ROOT);
        }
        return databaseToLower ? word.toLowerCase(Locale.ROOT) : word;
    }

    /** Whether two names (folded already) name the same object. */
    public boolean same(String first, String second) {
        return caseInsensitiveIdentifiers ? first.equalsIgnoreCase(second) : first.equals(second);
    }
}

package io.blazedb.internal.schema;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an identity column is numbered. Stands as {@code START WITH n INCREMENT BY n} in the place of the column's
 * default, or as nothing when the numbers are 1, 2, 3.
 */
record IdentityOptions(long start, long increment) {
    private static final IdentityOptions USUAL = new IdentityOptions(1, 1);
    private static final Pattern TEXT = Pattern.compile("START WITH (-?\\d{1,19}) INCREMENT BY (-?\\d{1,19})");

    String sql() {
        return equals(USUAL) ? "" : "START WITH " + start + " INCREMENT BY " + increment;
    }

    /** The options in a text that {@link #sql()} wrote; empty when it is none. */
    static Optional<IdentityOptions> parse(String text) {
        if (text.isEmpty()) {
            return Optional.of(USUAL);
        }
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new IdentityOptions(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }
}

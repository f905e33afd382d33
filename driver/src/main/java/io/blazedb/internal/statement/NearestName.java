package io.blazedb.internal.statement;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The end of a message about a name that nothing has. */
final class NearestName {
    private NearestName() {}

    /** {@code "expected one of those that exist; the nearest is X"}, or that there is none. */
    static String expectation(String found, Collection<String> existing) {
        return existing.stream()
                .min(Comparator.<String>comparingInt(name -> distance(folded(found), folded(name)))
                        .thenComparing(Comparator.naturalOrder()))
                .map(nearest -> "expected one that exists; the nearest name is " + nearest)
                .orElse("and there is none yet");
    }

    private static String folded(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    /** How many characters have to be put in, taken out or changed (Levenshtein). */
    private static int distance(String first, String second) {
        int[] row = new int[second.length() + 1];
        for (int j = 0; j <= second.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= first.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= second.length(); j++) {
                int change = diagonal + (first.charAt(i - 1) == second.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[second.length()];
    }
}

package io.blazedb.internal.catalog;

import java.util.function.Predicate;

/** How names of topologies and nodes compare: without regard to case, wherever they were written. */
public final class Names {
    private Names() {}

    public static boolean same(String first, String second) {
        return first.equalsIgnoreCase(second);
    }

    /** Whether two pairs are the same, whichever of each comes first. */
    public static boolean samePair(String first, String second, String third, String fourth) {
        boolean straight = same(first, third) && same(second, fourth);
        boolean crossed = same(first, fourth) && same(second, third);
        return straight || crossed;
    }

    /** The name itself, or with the first number behind it that makes it a new one. */
    public static String unique(String wanted, Predicate<String> taken) {
        String name = wanted;
        for (int number = 2; taken.test(name); number++) {
            name = wanted + "_" + number;
        }
        return name;
    }
}

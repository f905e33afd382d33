package io.blazedb.internal.schema;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;

/**
 * Copies a list of H2's that a definition of another thread may be changing: H2 changes them under locks of the table,
 * which who only looks at it does not wait for. Stateless.
 */
final class SteadyCopy {
    private SteadyCopy() {}

    /** The list as it was at one moment. */
    static <T> List<T> of(Iterable<T> list) {
        while (true) {
            try {
                List<T> copy = new ArrayList<>();
                for (T element : list) {
                    copy.add(element);
                }
                return copy;
            } catch (ConcurrentModificationException e) {
                Thread.onSpinWait(); // it has just been changed: the copy may be torn
            }
        }
    }
}

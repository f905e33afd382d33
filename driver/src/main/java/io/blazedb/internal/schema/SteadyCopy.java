package io.blazedb.internal.schema;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;

/**
 * Copies a list of H2's that a definition of another thread may be changing: H2 changes them under locks of the table,
 * which who only looks at it does not wait for. Stateless.
 */
final class SteadyCopy {
    private static final int ATTEMPTS_MAX = 1_000;

    private SteadyCopy() {}

    /**
     * The list as it was at one moment.
     *
     * @throws ConcurrentModificationException when it has changed during each of {@link #ATTEMPTS_MAX} attempts
     */
    static <T> List<T> of(Iterable<T> list) {
        for (int attempt = 1; ; attempt++) {
            try {
                List<T> copy = new ArrayList<>();
                for (T element : list) {
                    copy.add(element);
                }
                return copy;
            } catch (ConcurrentModificationException e) {
                if (attempt == ATTEMPTS_MAX) {
                    throw e;
                }
                Thread.onSpinWait(); // it has just been changed: the copy may be torn
            }
        }
    }
}

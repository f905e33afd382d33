package io.blazedb.internal.capture;

import java.util.Set;
import java.util.TreeSet;
import org.h2.constraint.ConstraintReferential;
import org.h2.result.Row;
import org.jspecify.annotations.Nullable;

/**
 * Which foreign keys a transaction had to do with, by the object ids of the parent tables in ascending order. For one
 * thread; reused from transaction to transaction.
 */
final class KeyTouches {
    private final Set<Integer> referredTo = new TreeSet<>();
    private final Set<Integer> givenUp = new TreeSet<>();

    void clear() {
        if (!isEmpty()) {
            referredTo.clear();
            givenUp.clear();
        }
    }

    boolean isEmpty() {
        return referredTo.isEmpty() && givenUp.isEmpty();
    }

    void note(ForeignKeys keys, @Nullable Row before, @Nullable Row now) {
        if (now != null) {
            for (ConstraintReferential key : keys.asChild()) {
                int parent = key.getRefTable().getId();
                if (!referredTo.contains(parent) && ForeignKeys.refersAnew(key, before, now)) {
                    referredTo.add(parent);
                }
            }
        }
        if (before != null) {
            for (ConstraintReferential key : keys.asParent()) {
                int parent = key.getRefTable().getId();
                if (!givenUp.contains(parent) && ForeignKeys.givesUp(key, before, now)) {
                    givenUp.add(parent);
                }
            }
        }
    }

    /** Tables whose rows new or changed children refer to. */
    Set<Integer> referredTo() {
        return referredTo;
    }

    /** Tables of which rows, or keys that can be referred to, are gone. */
    Set<Integer> givenUp() {
        return givenUp;
    }
}

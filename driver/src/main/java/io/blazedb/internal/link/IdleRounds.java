package io.blazedb.internal.link;

import io.blazedb.sync.Dependency;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import java.util.function.Predicate;

/**
 * Looks, whenever a link has had nothing to do for its interval, whether the target has what the source has. When
 * something is missing and neither moves, the log is read again; when that has not brought it, the rows are copied
 * again. For the thread of a link.
 */
final class IdleRounds {
    /** Rounds without a change after which something is done, and once more after which more is done. */
    private static final int ROUNDS_STILL = 2;

    private final Predicate<OriginId> ownOfTarget;
    private VersionVector source = VersionVector.EMPTY;
    private VersionVector target = VersionVector.EMPTY;
    private int still;

    /** What a round says. */
    enum Verdict {
        NOTHING,
        READ_AGAIN,
        COPY_AGAIN
    }

    /** @param ownOfTarget whether the target writes under an origin: what it has of that it need not be sent */
    IdleRounds(Predicate<OriginId> ownOfTarget) {
        this.ownOfTarget = ownOfTarget;
    }

    Verdict round(VersionVector sourceNow, VersionVector targetNow) {
        boolean moved = !sourceNow.equals(source) || !targetNow.equals(target);
        source = sourceNow;
        target = targetNow;
        if (moved || !isMissing(sourceNow, targetNow)) {
            still = 0;
            return Verdict.NOTHING;
        }
        still++;
        if (still == ROUNDS_STILL) {
            return Verdict.READ_AGAIN;
        }
        if (still == 2 * ROUNDS_STILL) {
            still = 0;
            return Verdict.COPY_AGAIN;
        }
        return Verdict.NOTHING;
    }

    private boolean isMissing(VersionVector sourceNow, VersionVector targetNow) {
        for (Dependency entry : sourceNow.entries()) {
            if (!ownOfTarget.test(entry.origin()) && !targetNow.covers(entry)) {
                return true;
            }
        }
        return false;
    }
}

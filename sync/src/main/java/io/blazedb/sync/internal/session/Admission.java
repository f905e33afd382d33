package io.blazedb.sync.internal.session;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;

/** The rules on which exactly-once and cause-before-effect stand. Tests put in broken ones and must see them found. */
interface Admission {
    Admission STANDARD = new Admission() {};

    /** D1: what of a node's operations may leave it. */
    default VersionVector sendable(Standing standing) {
        return standing.durable();
    }

    /** D2: what a node tells others it has. */
    default VersionVector acknowledged(Standing standing) {
        return standing.durable();
    }

    /** Whether an operation was applied before. */
    default boolean isKnown(OriginId origin, long seq, long known) {
        return seq <= known;
    }

    /** Whether everything that the operation follows on is there. */
    default boolean hasDependencies(ChangeSet operation, KnownUpTo known) {
        for (var dependency : operation.dependencies()) {
            if (known.seq(dependency.origin()) < dependency.seq()) {
                return false;
            }
        }
        return true;
    }

    /** Up to which number an origin is known. */
    interface KnownUpTo {
        long seq(OriginId origin);
    }
}

package io.blazedb.sync.internal.session;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;

/** Sessions with a known fault, for tests of other packages that must find it. */
public final class FaultySessions {
    private FaultySessions() {}

    /** D1: sends what is not durable yet. */
    public static Session sendingEarly(Standing standing, SessionLimits limits, Marks marks) {
        return new Session(standing, limits, marks, new Admission() {
            @Override
            public VersionVector sendable(Standing now) {
                return now.applied();
            }
        });
    }

    /** D2: acknowledges what is not durable yet. */
    public static Session acknowledgingEarly(Standing standing, SessionLimits limits, Marks marks) {
        return new Session(standing, limits, marks, new Admission() {
            @Override
            public VersionVector acknowledged(Standing now) {
                return now.applied();
            }
        });
    }

    /** Takes everything for new. */
    public static Session knowingNothing(Standing standing, SessionLimits limits, Marks marks) {
        return new Session(standing, limits, marks, new Admission() {
            @Override
            public boolean isKnown(OriginId origin, long seq, long known) {
                return false;
            }
        });
    }

    /** Applies what comes, whatever it follows on. */
    public static Session waitingForNothing(Standing standing, SessionLimits limits, Marks marks) {
        return new Session(standing, limits, marks, new Admission() {
            @Override
            public boolean hasDependencies(ChangeSet operation, KnownUpTo known) {
                return true;
            }
        });
    }
}

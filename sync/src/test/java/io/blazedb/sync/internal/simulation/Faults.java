package io.blazedb.sync.internal.simulation;

import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.MergeFaults;
import io.blazedb.sync.internal.merge.RowAuthor.Authored;
import io.blazedb.sync.internal.merge.RowMerge;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.session.FaultySessions;
import io.blazedb.sync.internal.session.Marks;
import io.blazedb.sync.internal.session.Session;
import io.blazedb.sync.internal.session.SessionLimits;
import io.blazedb.sync.internal.session.Standing;

/** What is broken on purpose: nothing, or one of the rules that everything stands on, which must then be found. */
enum Faults {
    NONE(""),
    /** Servers have no priority any more. */
    NO_FENCE("I6") {
        @Override
        RowMerge merge() {
            return MergeFaults.withoutFence();
        }
    },
    /** An update takes the causal length of the row, although the value it replaces has a higher one. */
    NO_MAX_RULE("I1") {
        @Override
        Authored authored(Authored authored, RowState before, Stamp stamp) {
            return MergeFaults.withoutMaxRule(authored, before, stamp);
        }
    },
    /** D1: operations leave a node before they are durable. */
    NO_BARRIER("D1") {
        @Override
        Session session(Standing standing, SessionLimits limits, Marks marks) {
            return FaultySessions.sendingEarly(standing, limits, marks);
        }
    },
    /** D2: operations are acknowledged before they are durable. */
    EARLY_ACKNOWLEDGEMENT("D2") {
        @Override
        Session session(Standing standing, SessionLimits limits, Marks marks) {
            return FaultySessions.acknowledgingEarly(standing, limits, marks);
        }
    },
    /** What comes twice is applied twice. */
    NO_DEDUPLICATION("I3") {
        @Override
        Session session(Standing standing, SessionLimits limits, Marks marks) {
            return FaultySessions.knowingNothing(standing, limits, marks);
        }

        @Override
        boolean deduplicates() {
            return false;
        }
    },
    /** Effects may come before their causes. */
    NO_DEPENDENCIES("I5") {
        @Override
        Session session(Standing standing, SessionLimits limits, Marks marks) {
            return FaultySessions.waitingForNothing(standing, limits, marks);
        }
    },
    /** After files were put back, a node goes on writing under its origin. */
    NO_ROTATION("I1") {
        @Override
        boolean rotates() {
            return false;
        }
    };

    private final String breaks;

    Faults(String breaks) {
        this.breaks = breaks;
    }

    /** The promise that is broken then. */
    String breaks() {
        return breaks;
    }

    RowMerge merge() {
        return RowMerge.STANDARD;
    }

    Authored authored(Authored authored, RowState before, Stamp stamp) {
        return authored;
    }

    Session session(Standing standing, SessionLimits limits, Marks marks) {
        return new Session(standing, limits, marks);
    }

    boolean deduplicates() {
        return true;
    }

    boolean rotates() {
        return true;
    }
}

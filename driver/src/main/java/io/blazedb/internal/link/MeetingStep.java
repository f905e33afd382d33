package io.blazedb.internal.link;

import io.blazedb.sync.internal.wire.MalformedException;
import java.util.List;

/** What each of two nodes does when they meet, in this order; see {@link Heads}. */
enum MeetingStep {
    /** Finishes what a crash broke off. */
    FINISH(1),
    /** Ends the origins of its own under which the other one has what it has not. */
    END_LOST(2),
    /** Lets go of operations that their author has written again. */
    LET_GO(3),
    /** Takes origins of which the two have different operations out of exchange. */
    FREEZE(4),
    /** Makes operations of what plain H2 wrote. */
    ADOPT(5),
    /** Lets go of rows that the other one has deleted and forgotten. */
    COME_BACK(6);

    /** Those that find out whose files were put back. */
    static final List<MeetingStep> MEETING = List.of(FINISH, END_LOST, LET_GO, FREEZE);

    private final int code;

    MeetingStep(int code) {
        this.code = code;
    }

    /** What stands for it in a message: never change one. */
    int code() {
        return code;
    }

    static MeetingStep of(int code) throws MalformedException {
        for (MeetingStep step : values()) {
            if (step.code == code) {
                return step;
            }
        }
        throw new MalformedException("step " + code + " (expected: 1 to 6)");
    }
}

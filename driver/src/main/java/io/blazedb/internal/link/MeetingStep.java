package io.blazedb.internal.link;

import java.util.List;

/** What each of two nodes does when they meet, in this order; see {@link Heads}. */
enum MeetingStep {
    /** Finishes what a crash broke off. */
    FINISH,
    /** Ends the origins of its own under which the other one has what it has not. */
    END_LOST,
    /** Lets go of operations that their author has written again. */
    LET_GO,
    /** Takes origins of which the two have different operations out of exchange. */
    FREEZE,
    /** Makes operations of what plain H2 wrote. */
    ADOPT,
    /** Lets go of rows that the other one has deleted and forgotten. */
    COME_BACK;

    /** Those that find out whose files were put back. */
    static final List<MeetingStep> MEETING = List.of(FINISH, END_LOST, LET_GO, FREEZE);
}

package io.blazedb.internal.link;

import io.blazedb.sync.internal.log.LogTrimmedException;
import io.blazedb.sync.internal.wire.MalformedException;
import org.h2.api.ErrorCode;
import org.h2.message.DbException;

/** Why a node could not answer: no more than the other one has to know. A code is part of the format. */
enum PeerFailure {
    /** Its log does not reach back so far. */
    TRIMMED(1),
    /** Another transaction is in the way; try again. */
    BLOCKED(2),
    /** Something else, which stands in its log. */
    FAILED(3);

    private final int code;

    PeerFailure(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static PeerFailure of(int code) throws MalformedException {
        for (PeerFailure failure : values()) {
            if (failure.code == code) {
                return failure;
            }
        }
        throw new MalformedException("failure " + code + " (expected: 1 to 3)");
    }

    static PeerFailure of(Exception e) {
        return e instanceof LogTrimmedException ? TRIMMED : Blocked.is(e) ? BLOCKED : FAILED;
    }

    /** What the one that asked throws. */
    RuntimeException toException() {
        return switch (this) {
            case TRIMMED -> new LogTrimmedException(0, 0);
            case BLOCKED -> DbException.get(ErrorCode.LOCK_TIMEOUT_1, "a table of the peer");
            case FAILED ->
                new IllegalStateException("The peer could not do what it was asked; its log says why (io.blazedb)");
        };
    }
}

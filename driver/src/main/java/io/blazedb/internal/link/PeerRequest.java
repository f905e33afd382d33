package io.blazedb.internal.link;

import io.blazedb.sync.internal.wire.MalformedException;

/** What one node asks another one over a {@link Wire}; see {@link Peer}. A code is part of the format. */
enum PeerRequest {
    GREET(1),
    STANDING(2),
    HORIZON(3),
    EXACT_CLOCK(4),
    CLOCK_AFTER(5),
    LOGGED_CLOCKS(6),
    DISOWNED(7),
    OWNERS(8),
    DEFINITIONS(9),
    PASTS(10),
    COLLECTED(11),
    EXCHANGE(12),
    TABLES(13),
    TABLE(14),
    BEGIN_COPY(15),
    READ(16),
    READ_NAMED(17),
    READ_ANY(18),
    KNOWN(19),
    BLOB(20),
    PULL(21),
    TAKEN(22),
    PERFORM(23);

    private final int code;

    PeerRequest(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static PeerRequest of(int code) throws MalformedException {
        if (code < 1 || code > values().length) {
            throw new MalformedException("request " + code + " (expected: 1 to " + values().length + ")");
        }
        return values()[code - 1];
    }

    /** In which queue it waits at the other end, so that one that takes long holds up none of another kind. */
    Lane lane() {
        return switch (this) {
            case PULL -> Lane.PULLING;
            case PERFORM -> Lane.MEETING;
            default -> Lane.READING;
        };
    }

    enum Lane {
        READING,
        PULLING,
        MEETING
    }
}

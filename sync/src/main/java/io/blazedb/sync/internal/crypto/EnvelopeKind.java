package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.MalformedException;

/** What is in an envelope. A code is part of the format: never change one, never use one again. */
public enum EnvelopeKind {
    /** A change set; its origin and number are those of the envelope and not repeated inside. */
    CHANGE_SET(1),
    /** What an origin says of itself before its first change set: the origin before it, and where that one ended. */
    ORIGIN(2);

    private final int code;

    EnvelopeKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static EnvelopeKind of(int code) throws MalformedException {
        for (EnvelopeKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new MalformedException(
                "kind of an envelope: " + code + " (expected: 1 or 2); a newer version may be able to read it");
    }
}

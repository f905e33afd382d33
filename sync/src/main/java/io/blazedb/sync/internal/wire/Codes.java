package io.blazedb.sync.internal.wire;

import java.util.List;

/**
 * The codes of a set of choices: 0, 1, 2 in the order given. A code is part of the format: append only, and never use
 * one again.
 */
record Codes<T>(String what, List<T> choices) {
    int code(T choice) {
        int code = choices.indexOf(choice);
        if (code < 0) {
            throw new IllegalArgumentException(what + " " + choice + " has no code (expected: one of " + choices + ")");
        }
        return code;
    }

    T choice(int code) throws MalformedException {
        if (code >= choices.size()) {
            throw new MalformedException(what + ": " + code + " (expected: 0 to " + (choices.size() - 1) + ")");
        }
        return choices.get(code);
    }

    void write(ByteWriter out, T choice) {
        out.u8(code(choice));
    }

    T read(ByteReader in) throws MalformedException {
        return choice(in.u8(what));
    }
}

package io.blazedb.sync.internal.crypto;

import java.util.Locale;
import java.util.Optional;

/** What the hub of a database may see, for the database's whole life. A code is part of the protocol. */
public enum DatabaseMode {
    /** The hub has no key: it stores and forwards what it cannot read. */
    BLIND(1),
    /** The hub is a member: it reads, checks and filters. */
    SMART(2);

    private final int code;

    DatabaseMode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** {@code blind} or {@code smart}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<DatabaseMode> of(String text) {
        for (DatabaseMode mode : values()) {
            if (mode.text().equals(text)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}

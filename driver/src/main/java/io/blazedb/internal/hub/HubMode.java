package io.blazedb.internal.hub;

import java.util.Locale;

/** What the hub may know of a database: decided when it is made, and for life. */
public enum HubMode {
    /** The hub has no key: it keeps and hands on what it cannot read. */
    BLIND,
    /** The hub is a member: an ordinary database, which reads, checks and filters. */
    SMART;

    /** {@code blind} or {@code smart}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

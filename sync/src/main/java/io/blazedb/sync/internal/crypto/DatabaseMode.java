package io.blazedb.sync.internal.crypto;

/** What a hub may know of a database: decided when it is made, and for life. */
public enum DatabaseMode {
    /** Members alone have the keys; a hub relays what it cannot read. */
    BLIND,
    /** The hub is a member with the role SERVER, checks what it gets and filters what it sends. */
    SMART
}

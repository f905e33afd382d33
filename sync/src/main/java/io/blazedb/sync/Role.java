package io.blazedb.sync;

/**
 * Data role of an origin: who gives way when two transactions wrote the same column and neither had seen the other.
 *
 * <p>An origin keeps its role for life. The role says nothing about who relays data to whom.
 */
public enum Role {
    /** Wins against every concurrent write of a client. */
    SERVER,
    /** Gives way to every server write that it has not seen; may change what it has seen. */
    CLIENT
}

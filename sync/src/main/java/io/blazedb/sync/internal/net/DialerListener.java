package io.blazedb.sync.internal.net;

/** What a {@link Dialer} tells its owner; on network threads, one call after the other. */
public interface DialerListener {
    /** There is a connection: who listens to it. May send at once. */
    ConnectionListener opened(HubAddress hub, Connection connection);

    /** There is none, or it ended; the next attempt, to the next hub of the list, follows after the time. */
    void waiting(HubAddress hub, String reason, long millis);
}

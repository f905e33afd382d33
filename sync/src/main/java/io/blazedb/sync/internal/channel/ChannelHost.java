package io.blazedb.sync.internal.channel;

import java.util.Optional;

/** What a {@link ChannelServer} asks and tells its owner. Called by several threads at once; must not wait. */
public interface ChannelHost {
    /** The database of a name, if it is served. */
    Optional<ServedDatabase> database(String name);

    /** What {@code GET /health} says. */
    boolean isHealthy();

    /** What {@code GET /ready} says. */
    boolean isReady();

    /**
     * A connection ended without a channel. The peer learned no reason.
     *
     * @param why for the local log; holds no secret
     */
    void refused(String database, String remoteAddress, String why);
}

package io.blazedb.sync.internal.net;

/** What a server asks its owner. Called on network threads, several at once: the answers must come without waiting. */
public interface Endpoint {
    /** Whether a client may ask for this database; if not, it learns nothing more than that there is nothing. */
    boolean serves(String database);

    /** A client is connected for a database that is served: who listens to it. It may send at once. */
    ConnectionListener accept(String database, Connection connection);

    /** What {@code GET /health} says: 200 or 503. */
    boolean isHealthy();

    /** What {@code GET /ready} says: 200 or 503. Not asked any more once the server stops. */
    boolean isReady();
}

package io.blazedb.internal.statement;

import io.blazedb.internal.node.SyncActions;
import io.blazedb.internal.node.SyncPeer;

/** The session's own database, in the places where another one could stand. The session keeps it open. */
record ThisDatabase(SyncActions actions) implements SyncPeer {
    @Override
    public void close() {}
}

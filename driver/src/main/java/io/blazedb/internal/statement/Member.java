package io.blazedb.internal.statement;

import io.blazedb.internal.catalog.Catalog;
import io.blazedb.internal.node.Credentials;
import io.blazedb.internal.node.NodeIdentity;
import io.blazedb.internal.node.SyncActions;
import io.blazedb.internal.node.SyncPeer;
import io.blazedb.sync.NodeId;
import java.sql.SQLException;

/**
 * A database that takes part in a statement, open.
 *
 * @param credentials how its peers sign in there
 */
record Member(NodeIdentity identity, SyncPeer peer, Credentials credentials) {
    NodeId id() {
        return identity.id();
    }

    SyncActions actions() {
        return peer.actions();
    }

    Catalog catalog() throws SQLException {
        return actions().catalog();
    }
}

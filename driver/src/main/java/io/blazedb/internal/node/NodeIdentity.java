package io.blazedb.internal.node;

import io.blazedb.internal.catalog.Slots;
import io.blazedb.sync.NodeId;

/**
 * Who a database is among others.
 *
 * @param defaultName the name it gets in a topology when none is given: that of the database, in H2's letter case
 * @param location {@code jdbc:blaze:...} without settings
 * @param slot the one that it takes its numbers from
 * @param slots every claim that it has ever heard of, its own included
 */
public record NodeIdentity(NodeId id, String defaultName, String location, int slot, Slots slots) {
    /** A database that has never been in a topology. */
    public NodeIdentity(NodeId id, String defaultName, String location) {
        this(id, defaultName, location, 0, Slots.NONE);
    }
}

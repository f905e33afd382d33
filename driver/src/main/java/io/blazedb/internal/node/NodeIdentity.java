package io.blazedb.internal.node;

import io.blazedb.sync.NodeId;

/**
 * Who a database is among others.
 *
 * @param defaultName the name it gets in a topology when none is given: that of the database, in H2's letter case
 * @param location {@code jdbc:blaze:...} without settings
 */
public record NodeIdentity(NodeId id, String defaultName, String location) {}

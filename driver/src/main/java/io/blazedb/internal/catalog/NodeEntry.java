package io.blazedb.internal.catalog;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.Role;

/**
 * A node of a topology.
 *
 * @param location {@code jdbc:blaze:...} without settings, as any process of this machine can open it
 */
public record NodeEntry(String topology, String node, NodeId nodeId, Role role, String location) {}

package io.blazedb.internal.topology;

import io.blazedb.internal.catalog.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * A tree for the eye: the hub, or the node with most connections, and below each node those that it is connected with.
 * A connection that closes a circle is a leaf that says so. An arrow is the way of the data, seen from the node above.
 */
public final class TreeDrawing implements TopologyDrawing {
    @Override
    public List<String> lines(List<Topology> topologies) {
        List<String> lines = new ArrayList<>();
        topologies.forEach(topology -> new TopologyTree(topology).draw(lines));
        return lines;
    }
}

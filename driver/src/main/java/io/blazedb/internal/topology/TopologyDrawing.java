package io.blazedb.internal.topology;

import io.blazedb.internal.catalog.Topology;
import java.util.List;

/** A way to draw topologies as text. */
public interface TopologyDrawing {
    /** The lines of one text that shows all of them. */
    List<String> lines(List<Topology> topologies);
}

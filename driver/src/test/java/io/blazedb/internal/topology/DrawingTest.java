package io.blazedb.internal.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.internal.catalog.ConnectionEntry;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.SyncMode;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.internal.catalog.TopologyEntry;
import io.blazedb.sql.TopologyPattern;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrawingTest {
    private static final Topology OFFICE = Topology.create(
                    new TopologyEntry("OFFICE", TopologyPattern.HUB_AND_SPOKE, Optional.of("HQ")))
            .withNode(node("BERLIN", 1, Role.CLIENT))
            .withNode(node("HQ", 2, Role.SERVER))
            .withNode(node("PARIS", 3, Role.CLIENT))
            .withNode(node("ALONE", 4, Role.CLIENT))
            .withConnection(connection("HQ", "BERLIN", SyncMode.BIDIRECTIONAL, false))
            .withConnection(connection("PARIS", "HQ", SyncMode.READ_ONLY, true))
            .withConnection(connection("BERLIN", "PARIS", SyncMode.WRITE_ONLY, false));

    /** Names that would be markup, or would end the string that they stand in. */
    private static final Topology ODD = Topology.create(
                    new TopologyEntry("a\"b", TopologyPattern.CUSTOM, Optional.empty()))
            .withNode(node("x\"]; evil\\", 1, Role.CLIENT))
            .withNode(node("<b>&\n", 2, Role.CLIENT))
            .withConnection(connection("x\"]; evil\\", "<b>&\n", SyncMode.BIDIRECTIONAL, false));

    @Test
    void aTreeGrowsFromTheHub() {
        assertThat(new TreeDrawing().lines(List.of(OFFICE)))
                .containsExactly(
                        "OFFICE  HUB AND SPOKE",
                        "├── HQ  SERVER  jdbc:blaze:mem:2",
                        "│   ├── <-> BERLIN  CLIENT  jdbc:blaze:mem:1",
                        "│   │   └── <-- PARIS  (see there)",
                        "│   └── <-- PARIS  CLIENT  jdbc:blaze:mem:3  paused",
                        "└── ALONE  CLIENT  jdbc:blaze:mem:4");
    }

    @Test
    void dotDrawsTheWayOfTheData() {
        assertThat(new DotDrawing().lines(List.of(OFFICE)))
                .containsExactly(
                        "digraph \"OFFICE\" {",
                        "  \"BERLIN\" [shape=ellipse];",
                        "  \"HQ\" [shape=box];",
                        "  \"PARIS\" [shape=ellipse];",
                        "  \"ALONE\" [shape=ellipse];",
                        "  \"HQ\" -> \"BERLIN\" [dir=both];",
                        "  \"PARIS\" -> \"HQ\" [style=dashed];",
                        "  \"BERLIN\" -> \"PARIS\" [dir=back];",
                        "}");
    }

    @Test
    void mermaidDrawsTheWayOfTheData() {
        assertThat(new MermaidDrawing().lines(List.of(OFFICE, ODD)))
                .containsExactly(
                        "graph LR",
                        "  subgraph t1[\"OFFICE\"]",
                        "    t1n1(\"BERLIN\")",
                        "    t1n2[\"HQ\"]",
                        "    t1n3(\"PARIS\")",
                        "    t1n4(\"ALONE\")",
                        "    t1n2 <--> t1n1",
                        "    t1n3 -.-> t1n2",
                        "    t1n3 --> t1n1",
                        "  end",
                        "  subgraph t2[\"a#34;b\"]",
                        "    t2n1(\"x#34;#93;#59; evil#92;\")",
                        "    t2n2(\"#60;b#62;#38;#10;\")",
                        "    t2n1 <--> t2n2",
                        "  end");
    }

    @Test
    void namesCannotBreakOut() {
        assertThat(new DotDrawing().lines(List.of(ODD)))
                .containsExactly(
                        "digraph \"a\\\"b\" {",
                        "  \"x\\\"]; evil\\\\\" [shape=ellipse];",
                        "  \"<b>&\\n\" [shape=ellipse];",
                        "  \"x\\\"]; evil\\\\\" -> \"<b>&\\n\" [dir=both];",
                        "}");
        assertThat(new TreeDrawing().lines(List.of(ODD))).hasSize(3).noneMatch(line -> line.contains("\n"));
    }

    @Test
    void nothingIsDrawnOfNothing() {
        assertThat(new TreeDrawing().lines(List.of())).isEmpty();
        assertThat(new DotDrawing().lines(List.of())).isEmpty();
        assertThat(new MermaidDrawing().lines(List.of())).containsExactly("graph LR");
    }

    private static NodeEntry node(String name, int number, Role role) {
        return new NodeEntry("T", name, new NodeId(0, number), role, "jdbc:blaze:mem:" + number);
    }

    private static ConnectionEntry connection(String source, String target, SyncMode mode, boolean paused) {
        return new ConnectionEntry("T", source, target, mode, 5, 0, paused, false);
    }
}

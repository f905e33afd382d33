package io.blazedb.internal.link;

import io.blazedb.SqlState;
import io.blazedb.internal.link.LinkedNode.Host;
import io.blazedb.internal.node.Facts;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.NodeState.Origin;
import io.blazedb.internal.node.Origins;
import io.blazedb.internal.node.Tables;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Makes a database a node, and takes up the node that its log knows of. Stateless; once an open database. */
public final class NodeOpening {
    private static final String NODE = "node.id";

    private NodeOpening() {}

    /** Whether a database has been made a node before. */
    public static boolean exists(Facts facts) {
        return facts.get(NODE) != null;
    }

    /** The identity of the node that a database is. */
    public static NodeId idIn(Facts facts) {
        return NodeId.of(Objects.requireNonNull(facts.get(NODE)));
    }

    /** The files are a copy of another node's, which goes on elsewhere: this one is a node of its own. */
    public static void becomeAnother(Facts facts) {
        Owners original = new Owners(facts);
        NodeId left = idIn(facts);
        OriginFacts.read(facts).values().forEach(origin -> original.learn(Map.of(origin.id(), left)));
        facts.put(NODE, OriginFacts.random());
        Cursors.forgetExcept(facts, Set.of());
    }

    /** Makes a database a node: it gets an identity, and its transactions become operations from here on. */
    public static LinkedNode create(Host host, Role role) throws SQLException {
        Facts facts = host.facts();
        byte[] nodeId = OriginFacts.random();
        Origin origin = new Origin(OriginId.of(OriginFacts.random()), role);
        facts.put(NODE, nodeId);
        long from = host.log().endLsn();
        OriginFacts.put(facts, from, origin);
        NodeState state = new NodeState(NodeId.of(nodeId), Map.of(from, origin), System::currentTimeMillis);
        Tables tables = new Tables(facts, host.valueBytesMax());
        LinkedNode node = new LinkedNode(host, state, tables, loadedOrigins(facts), from);
        Timeline.goOn(facts, host.log());
        host.commits().cutAlone().lock();
        try {
            node.origins().appendBase();
            node.numberRows();
            host.commits().number(state, tables);
        } finally {
            host.commits().cutAlone().unlock();
        }
        node.schemaChanged();
        return node;
    }

    /**
     * Takes up a node again after its database was opened.
     *
     * @param newOrigin whether the machine has started anew without a clean close: what the log had may be gone
     * @param copied whether the files are a copy of another node's, see {@link #becomeAnother}
     * @param writtenWithoutUs whether plain H2 has written to the file
     */
    public static LinkedNode resume(Host host, boolean newOrigin, boolean copied, boolean writtenWithoutUs)
            throws SQLException {
        Facts facts = host.facts();
        Map<Long, Origin> origins = OriginFacts.read(facts);
        byte[] nodeId = facts.get(NODE);
        if (nodeId == null || origins.isEmpty()) {
            throw SqlState.LOG.error("The log has a node without an origin; expected: both, written together");
        }
        NodeState state = new NodeState(NodeId.of(nodeId), origins, System::currentTimeMillis);
        facts.startingWith(NodeState.VOID).keySet().forEach(lsn -> state.isVoid(Long.parseLong(lsn)));
        state.load(host.engine().state());
        long from = Replay.savedAt(host, state);
        OwnOrigins.loadCuts(facts, state, from);
        Disowned.lower(facts, state, from);
        Replay.run(host, state, from);
        Contained.load(facts, state);
        Tables tables = new Tables(facts, host.valueBytesMax());
        tables.load();
        LinkedNode node = new LinkedNode(host, state, tables, loadedOrigins(facts), from);
        if (writtenWithoutUs) {
            node.renumberReplaced();
        }
        Timeline.goOn(facts, host.log());
        host.commits().cutAlone().lock();
        try {
            if (copied) {
                node.origins().leave();
            } else if (newOrigin) {
                node.origins().begin(state.role());
            }
            node.numberRows();
            host.commits().number(state, tables);
        } finally {
            host.commits().cutAlone().unlock();
        }
        node.schemaChanged();
        return node;
    }

    private static Origins loadedOrigins(Facts facts) {
        Origins origins = new Origins(facts);
        origins.load();
        return origins;
    }
}

package io.blazedb.internal.link;

import io.blazedb.internal.apply.Applier;
import io.blazedb.internal.apply.ApplierParts;
import io.blazedb.internal.capture.BlobAccess;
import io.blazedb.internal.capture.CaptureSession.Source;
import io.blazedb.internal.capture.CommitLog;
import io.blazedb.internal.capture.Gate;
import io.blazedb.internal.capture.H2Engine;
import io.blazedb.internal.capture.ValueCodec;
import io.blazedb.internal.node.Facts;
import io.blazedb.internal.node.LocalOperations;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.Numbering;
import io.blazedb.internal.node.Origins;
import io.blazedb.internal.node.ParkedStatus;
import io.blazedb.internal.node.RowKeys;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.Tables;
import io.blazedb.internal.node.VersionIndex;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.log.OperationLog;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.h2.message.DbException;
import org.h2.mvstore.MVMap;

/**
 * A database that has peers: everything that its links work on. Safe for use by several threads.
 */
public final class LinkedNode implements AutoCloseable {
    /** Log that is not in the index yet, where nobody reads it. */
    private static final long INDEX_BYTES_MAX = 8L * 1024 * 1024;

    /** Up to where local transactions have settled conflicts, as a checkpoint keeps it. */
    private static final String SETTLED_TO = "node.settledTo";

    private final Host host;
    private final Facts facts;
    private final NodeState state;
    private final Tables tables;
    private final Numbering numbering;
    private final VersionIndex index;
    private final RowKeys keys;
    private final ValueCodec codec;
    private final EngineSession engineSession;
    private final EngineSession reading;
    private final Applier applier;
    private final Schemas schemas;
    private final Owners owners;
    private final Projector projector;
    private final OwnOrigins origins;
    private final Forks forks;
    private final Membership membership = new Membership(this);
    private final Links links = new Links();
    private volatile Function<NodeId, Optional<String>> names = node -> Optional.empty();

    /** What the open database gives to its node. */
    public record Host(
            H2Engine engine,
            OperationLog log,
            CommitLog commits,
            Gate gate,
            BlobAccess blobs,
            Facts facts,
            long valueBytesMax) {}

    LinkedNode(Host host, NodeState state, Tables tables, Origins numbered, long from) throws SQLException {
        this.host = host;
        this.facts = host.facts();
        this.state = state;
        this.tables = tables;
        this.numbering = new Numbering(facts, host.engine().database());
        this.engineSession = new EngineSession(host.engine(), host.commits(), host.gate(), Source.ENGINE);
        this.reading = new EngineSession(host.engine(), host.commits(), host.gate(), Source.ENGINE);
        this.codec = new ValueCodec(host.blobs(), host.engine().database().getLobStorage(), engineSession.h2());
        this.keys = new RowKeys(codec, engineSession.h2(), tables.rowIds());
        LocalOperations operations = new LocalOperations(state, tables, keys);
        this.index = new VersionIndex(host.engine(), host.log(), numbered, operations, from);
        this.forks = new Forks(facts);
        this.origins = new OwnOrigins(host, state);
        engineSession.makeTables();
        EngineSession applying = new EngineSession(host.engine(), host.commits(), host.gate(), Source.PEER);
        this.applier = new Applier(new ApplierParts(
                applying.h2(),
                applying.connection(),
                applying.capture(),
                host.commits(),
                host.log(),
                state,
                tables,
                index,
                codec,
                keys,
                stamp -> authorName(stamp.origin()),
                settledTo(from)));
        this.owners = new Owners(facts);
        this.schemas = new Schemas(host, state, tables, applier, engineSession);
        this.projector = new Projector(this::project);
        applier.onBehind(projector::soon);
    }

    /** Goes on under a role: an origin has one role for life, so another role is another origin. */
    public void role(Role role) {
        origins.role(role);
    }

    OwnOrigins origins() {
        return origins;
    }

    Forks forks() {
        return forks;
    }

    /** The origins under which this node and a peer have, or had, different operations. */
    public List<ParkedStatus> parked() {
        return forks.parked(state.ownOrigins());
    }

    /** What a checkpoint has to keep, as it is at a position of the log. */
    public void save(MVMap<String, byte[]> kept, long position) {
        kept.put(
                Replay.SAVED_AT,
                ByteBuffer.allocate(Long.BYTES).putLong(position).array());
        links.keepCursors();
        state.save(kept);
        index.save(kept);
        kept.put(
                SETTLED_TO,
                ByteBuffer.allocate(Long.BYTES).putLong(applier.settledTo()).array());
    }

    private long settledTo(long otherwise) {
        byte[] saved = host.engine().state().get(SETTLED_TO);
        return saved == null ? otherwise : ByteBuffer.wrap(saved).getLong();
    }

    public NodeState state() {
        return state;
    }

    public Tables tables() {
        return tables;
    }

    /** Which numbers are this database's to give. */
    public Numbering numbering() {
        return numbering;
    }

    public Facts facts() {
        return facts;
    }

    public OperationLog log() {
        return host.log();
    }

    Host host() {
        return host;
    }

    VersionIndex index() {
        return index;
    }

    RowKeys keys() {
        return keys;
    }

    ValueCodec codec() {
        return codec;
    }

    public Applier applier() {
        return applier;
    }

    EngineSession reading() {
        return reading;
    }

    /** Reads what nobody has read yet, when it is much. To be called before a checkpoint. */
    public void catchUp() {
        if (host.log().visibleEnd() - index.indexed() > INDEX_BYTES_MAX) {
            index.bringTo(host.log().visibleEnd());
        }
    }

    /** Runs work while nothing of the log is read into the index. */
    public void still(Runnable work) {
        index.still(work);
    }

    /** Up to where the last checkpoint has what was read of the log. */
    public long savedTo() {
        return index.saved();
    }

    /** The lowest position of the log that a peer, or the index, needs. To be asked after a checkpoint. */
    public long keptFrom() {
        return Math.min(Cursors.lowest(this), index.saved());
    }

    Membership membership() {
        return membership;
    }

    /**
     * Forgets the nodes that are connected no more: the log is not kept for them, and they will copy again.
     *
     * @param members of all topologies that this node is in
     */
    public void connectedWith(Set<NodeId> peers, Set<NodeId> members) {
        membership.members(members);
        Cursors.forgetExcept(facts, peers);
        Progress.forgetExcept(facts, peers);
        Taken.forgetExcept(facts, peers);
    }

    /** How to name nodes in conflicts. */
    public void names(Function<NodeId, Optional<String>> newNames) {
        names = newNames;
    }

    /** The first position in the log that can have an operation with a number. */
    long firstOperation() {
        return Math.max(host.log().firstLsn(), state.firstPosition());
    }

    /** The name of the node that writes under an origin, or as much as is known. */
    String authorName(OriginId origin) {
        NodeId author = owners().get(origin);
        return author == null ? origin.toString() : names.apply(author).orElseGet(author::toString);
    }

    /** Which node writes under which origin, as far as is known here. */
    Map<OriginId, NodeId> owners() {
        Map<OriginId, NodeId> all = new HashMap<>(owners.all()); // those of files that were copied are the original's
        state.ownOrigins().forEach(origin -> all.putIfAbsent(origin, state.nodeId()));
        return all;
    }

    void learnOwners(Map<OriginId, NodeId> others) {
        owners.learn(others);
    }

    Links links() {
        return links;
    }

    /** To be called before a write: waits a little while a connected peer is too far behind. */
    public void awaitPeers() {
        links.awaitPeers();
    }

    /** Puts rows into their places at once: those that local commits made room for, those of changed tables. */
    public void project() {
        schemas.settle();
        applier.projectAgain();
    }

    /**
     * As {@link #project}, again and again while another transaction is in the way.
     *
     * @throws DbException when one still is at that time of {@link System#nanoTime}
     */
    public void projectBy(long endNanos) {
        Blocked.repeat(this::project, endNanos);
    }

    /** Operations that this node writes by itself. */
    public OwnWrites ownWrites() {
        return new OwnWrites(applier);
    }

    /** To be called after a local commit: it may have made room for hidden rows, or settled a conflict. */
    public void committed() {
        if (applier.isWaiting()) {
            projector.soon();
        }
    }

    /**
     * To be called when the schema has changed: peers have to hear of it. Answers which tables will not be synced and
     * why, each once.
     */
    public List<String> schemaChanged() {
        numbering.apply();
        List<String> obstacles = schemas.describeAll();
        askForWhatCameBack();
        projector.soon();
        return obstacles;
    }

    /**
     * Does what a changed schema means for rows, before they are written to again: values that DDL has moved must not
     * be younger than those. What another transaction keeps from being done is done as soon as it has ended.
     */
    public void settle() {
        try {
            schemas.settle();
        } catch (DbException e) {
            if (!Blocked.is(e)) {
                throw e;
            }
            projector.soon();
        }
    }

    /** Takes over how peers describe their tables. */
    void learn(Map<OriginId, List<TableDefinition>> definitions) throws SQLException {
        if (schemas.learn(definitions)) {
            projector.soon(); // a constraint that is new here may hide and show others
        }
        askForWhatCameBack();
        schemas.settle();
    }

    /** Tables were altered with plain H2, perhaps; before the node is at work. */
    void renumberReplaced() throws SQLException {
        new Renumbering(host, tables.rowIds())
                .run(schemas.keylessTables().stream().filter(tables::isReplaced).toList());
    }

    /** Rows of tables without a key keep their numbers from here on. To be called while nobody commits. */
    void numberRows() {
        host.engine().rowNumbers().begin(tables.rowIds()::nextRange, schemas.keylessTables());
    }

    /** As {@link Schemas#takeKey}. */
    void takeKey(TableDefinition definition) throws SQLException {
        schemas.takeKey(definition);
        schemas.settle();
    }

    /** What of the tables is not synced. */
    public TableLimits limits() {
        return new TableLimits(tables, schemas);
    }

    /** Whether a column has come back and not every peer has been asked: what stands in it is not its value. */
    boolean waitsFor(SyncedTable table, int column) {
        return schemas.returned().stream()
                .filter(returned -> returned.table() == table.number() && returned.has(column))
                .anyMatch(returned -> links.incoming().stream().anyMatch(link -> !link.isRestored(returned)));
    }

    private void askForWhatCameBack() {
        if (schemas.takeReturned()) {
            links.look();
        }
    }

    /** Sends every row to the peers as it is: the log does not say which of them somebody else has changed. */
    public void tellAllRows() {
        PlainEdits.happened(this);
        schemas.tellAllRows();
    }

    Schemas schemas() {
        return schemas;
    }

    /** The rows that a peer copied to here contain all of this. Told on only when it is news. */
    void contained(VersionVector vector) {
        if (state.vector().covers(vector)) {
            return;
        }
        host.log().appendLock().lock();
        try {
            state.joined(vector);
            Contained.put(facts, state, state.vector());
        } finally {
            host.log().appendLock().unlock();
        }
    }

    /** Leaves nothing that only the log has: without it, the versions of rows would be unknown. */
    @Override
    public void close() {
        index.bringTo(host.log().visibleEnd());
        projector.stop();
        applier.close();
        reading.close();
        engineSession.close();
    }
}

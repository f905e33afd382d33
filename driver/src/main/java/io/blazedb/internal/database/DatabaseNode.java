package io.blazedb.internal.database;

import io.blazedb.internal.capture.Gate;
import io.blazedb.internal.catalog.Catalog;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.internal.crypt.FileKeys;
import io.blazedb.internal.jdbc.url.Location;
import io.blazedb.internal.link.EngineSession;
import io.blazedb.internal.link.LinkedNode;
import io.blazedb.internal.link.NodeOpening;
import io.blazedb.internal.listen.Listeners;
import io.blazedb.internal.node.MergeRules;
import io.blazedb.sync.HybridClock;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.Stamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** The part of a database that has to do with others: its node when it has one, its catalogue and its secrets. */
final class DatabaseNode implements Checkpoint.Follower {
    private static final String BOOT = "boot";
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final LinkedNode.Host host;
    private final Secrets secrets;
    private final Listeners listeners;
    private final boolean inMemory;
    private final boolean writtenWithoutUs;
    private final @Nullable FilePlace place;
    private final byte[] boot = bootId();
    private final byte @Nullable [] savedBoot;
    private volatile @Nullable LinkedNode node;
    private @Nullable EngineSession catalogSession;
    private @Nullable Catalog catalog;

    /** Before anything is saved: what the last checkpoint knew of the machine is looked at first. */
    DatabaseNode(
            LinkedNode.Host host,
            Location location,
            @Nullable FileKeys keys,
            boolean writtenWithoutUs,
            Listeners listeners)
            throws SQLException {
        this.host = host;
        this.listeners = listeners;
        this.writtenWithoutUs = writtenWithoutUs;
        this.savedBoot = host.engine().state().get(BOOT);
        Path path = location.path();
        this.inMemory = path == null;
        this.place = path == null ? null : new FilePlace(path);
        this.secrets = Secrets.open(path == null ? null : DatabaseOpening.logDirectory(path), keys);
    }

    @Nullable
    LinkedNode node() {
        return node;
    }

    Secrets secrets() {
        return secrets;
    }

    /** Those who hear of what is committed here, by peers or not. */
    Listeners listeners() {
        return listeners;
    }

    /**
     * Takes up the node that the log knows of. Answers whether there is one.
     *
     * @param isOpen whether a node with an identity is open already
     */
    synchronized boolean resume(Predicate<NodeId> isOpen) throws SQLException {
        if (writtenWithoutUs) {
            System.getLogger("io.blazedb")
                    .log(
                            System.Logger.Level.WARNING,
                            "The database file was written without BlazeDB since it was closed. What was"
                                    + " changed there is taken as this node's own changes when its peers are met."
                                    + " Remedy: open it with jdbc:blaze: only.");
        }
        if (node != null || !NodeOpening.exists(host.facts())) {
            return node != null;
        }
        // Within one boot the page cache has everything that anybody was told of; after one, only a clean close has.
        boolean trusted = host.log().recovery().closedInOrder() || (boot.length > 0 && Arrays.equals(boot, savedBoot));
        FilePlace.Change change = place == null ? FilePlace.Change.NONE : place.change();
        boolean copied = change == FilePlace.Change.COPIED || isOpen.test(NodeOpening.idIn(host.facts()));
        boolean whole = trusted && change == FilePlace.Change.NONE && !writtenWithoutUs;
        if (copied) {
            NodeOpening.becomeAnother(host.facts());
        }
        LinkedNode resumed = withoutCheckpoints(() -> NodeOpening.resume(host, !whole, copied, writtenWithoutUs));
        node = resumed;
        if (copied) {
            leaveTopologies();
            resumed.numbering().settle(resumed.state().nodeId(), List.of());
        }
        if (place != null) {
            place.remember();
        }
        if (writtenWithoutUs) {
            resumed.tellAllRows();
        }
        return true;
    }

    /** The topologies of the original know nothing of a copy. */
    private void leaveTopologies() throws SQLException {
        System.getLogger("io.blazedb")
                .log(
                        System.Logger.Level.WARNING,
                        "This database is a copy of another node (DUPLICATE_NODE), made with its files. It is a node of"
                                + " its own from now on, in no topology. Remedy: CONNECT it to sync it.");
        for (Topology topology : catalog().topologies()) {
            catalog().remove(topology.name());
        }
    }

    /** A checkpoint would not know yet what the node has to keep, and cut the log behind its back. */
    private LinkedNode withoutCheckpoints(Making making) throws SQLException {
        Gate.Place place = host.gate().new Place();
        place.enter();
        try {
            return making.make();
        } finally {
            place.leave();
        }
    }

    private interface Making {
        LinkedNode make() throws SQLException;
    }

    /** The node, made now when there was none. */
    synchronized LinkedNode become() throws SQLException {
        LinkedNode known = node;
        if (known != null) {
            return known;
        }
        if (inMemory) {
            host.commits().cutAlone().lock();
            try {
                host.commits().resume();
            } finally {
                host.commits().cutAlone().unlock();
            }
        }
        LinkedNode made = withoutCheckpoints(() -> NodeOpening.create(host, Role.CLIENT));
        node = made;
        if (place != null) {
            place.remember();
        }
        return made;
    }

    /** The catalogue, read and written through a connection of its own. */
    synchronized Catalog catalog() throws SQLException {
        Catalog known = catalog;
        if (known == null) {
            EngineSession session = EngineSession.open(host);
            catalogSession = session;
            known = new Catalog(session.connection(), session);
            catalog = known;
        }
        return known;
    }

    /** The merge rules of the tables, which wait as facts while there is no node. */
    synchronized MergeRules rules() {
        LinkedNode known = node;
        return known == null ? new MergeRules(host.facts()) : known.tables().rules();
    }

    /** Puts rules in the place of those that a table has. */
    synchronized void rules(String schema, String table, List<MergeRules.Rule> rules) {
        LinkedNode known = node;
        host.log().appendLock().lock();
        try {
            Stamp before = rules().of(schema, table).stamp();
            Stamp stamp = known == null
                    ? new Stamp(Math.max(now(), before.hlc() + 1), randomOrigin())
                    : known.state().stampAfter(before);
            rules().put(schema, table, new MergeRules.RuleSet(stamp, rules));
        } finally {
            host.log().appendLock().unlock();
        }
        if (known != null) {
            known.schemaChanged();
        }
    }

    private static long now() {
        return HybridClock.ofMillis(System.currentTimeMillis());
    }

    /** Before there is a node it has no origin; the stamp has to be one that nobody else gives. */
    private static OriginId randomOrigin() {
        UUID random = UUID.randomUUID();
        return new OriginId(random.getMostSignificantBits(), random.getLeastSignificantBits());
    }

    /** Lets go of conflicts that nobody will act on. Fails when their rows are locked for long. */
    void forgetOldConflicts() throws SQLException {
        LinkedNode known = node;
        if (known != null) {
            known.ownWrites().forgetOldConflicts();
        }
    }

    /** Writes what a checkpoint keeps. */
    void save(MVMap<String, byte[]> state, long position) {
        host.facts().save(state);
        if (!Arrays.equals(boot, state.get(BOOT))) {
            state.put(BOOT, boot);
        }
        LinkedNode known = node;
        if (known != null) {
            known.save(state, position);
        }
    }

    @Override
    public void catchUp() {
        LinkedNode known = node;
        if (known != null) {
            known.catchUp();
        }
    }

    @Override
    public void still(Runnable work) {
        LinkedNode known = node;
        if (known == null) {
            work.run();
        } else {
            known.still(work);
        }
    }

    @Override
    public long savedTo() {
        LinkedNode known = node;
        return known == null ? Long.MAX_VALUE : known.savedTo();
    }

    /** The lowest position of the log that a peer needs; all of it while the node is not taken up yet. */
    @Override
    public long keptFrom() {
        LinkedNode known = node;
        if (known == null) {
            return NodeOpening.exists(host.facts()) ? 0 : Long.MAX_VALUE;
        }
        return known.keptFrom();
    }

    void close() {
        LinkedNode known = node;
        if (known != null) {
            known.close();
        }
        EngineSession session = catalogSession;
        if (session != null) {
            session.close();
        }
    }

    private static byte[] bootId() {
        try {
            return Files.exists(BOOT_ID)
                    ? Files.readString(BOOT_ID).strip().getBytes(StandardCharsets.US_ASCII)
                    : new byte[0];
        } catch (IOException e) {
            // Without one every open after a crash begins a new origin, which is always right.
            return new byte[0];
        }
    }
}

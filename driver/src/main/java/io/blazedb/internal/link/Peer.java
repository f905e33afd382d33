package io.blazedb.internal.link;

import io.blazedb.internal.apply.StateRow;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.session.Clocks;
import io.blazedb.sync.internal.session.MemberReport;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The database at the other end, as one node sees it: what the node asks of it and tells it. Whether it is in the same
 * process is the implementation's business; nothing here hands out anything that is not a value.
 *
 * <p>Numbers of tables and columns are those of the peer, unless a {@link RowCopy} says otherwise. Every method may
 * wait for the peer and throws a {@link PeerLostException} when it does not answer. Safe for use by several threads.
 */
interface Peer {
    NodeId nodeId();

    /** How to name it to people. */
    String name();

    /** How far it is now. */
    Standing standing();

    /** How far it was when something came from it last: costs nothing. */
    Standing lastStanding();

    /** The end of its log, as of {@link #lastStanding}: is asked before each write. */
    long lastEnd();

    /** What it has seen now. */
    Horizon horizon();

    /** The clock of an operation, as far as it remembers it exactly; 0 when it does not. */
    long exactClock(OriginId origin, long seq);

    /** The time of the first operation of an origin after this one, or one before it; 0 when none is known. */
    long clockAfter(OriginId origin, long seq);

    /** The clocks of an origin's operations: those that it remembers, and those that its log has. */
    Clocks loggedClocks(OriginId origin);

    /** The lines of operations that their author has written again under another origin, as far as it knows. */
    List<Disowned.Line> disowned();

    /** Which node writes under which origin. */
    Map<OriginId, NodeId> owners();

    /** How the origins that it knows describe their tables. */
    Map<OriginId, List<TableDefinition>> definitions();

    /** What the authors of the last operations that it has of each origin had seen. */
    Map<OriginId, VersionVector> pasts();

    /** The operations whose deleted rows it may have forgotten. */
    VersionVector collected();

    /** Tells it how far members are, and answers what it knows of that. */
    Map<NodeId, MemberReport> exchange(Map<NodeId, MemberReport> reports);

    /** Its tables in the order in which they are to be copied: parents first, those that it only stashes last. */
    List<PeerTable> tables();

    /** The table with this number, null when it has none. */
    @Nullable
    PeerTable table(int number);

    /** It keeps its log from here on for this node, which begins a copy. */
    CopyStart beginCopy();

    /**
     * The next rows of a table.
     *
     * @param began position in its log at which the copy began
     */
    RowPage read(PeerTable table, CopyPlace place, long began, int rowsMax, RowCopy copy);

    /**
     * Single rows as they are now; without those of which it has no state.
     *
     * @param copies how to put the rows of a table; null: leave them out
     */
    List<StateRow> read(List<Item.RowName> names, Function<PeerTable, @Nullable RowCopy> copies);

    /** Single rows of a table, also those that are older than the node. */
    List<StateRow> readAny(PeerTable table, List<byte[]> keys, RowCopy copy);

    /** Of which of these rows it knows anything, be they dead or older than the node; by their places in the list. */
    BitSet known(PeerTable table, List<byte[]> keys);

    /** The content of a large object. */
    InputStream blob(byte[] name) throws IOException;

    /** What it has to tell from a position of its log on. */
    ItemStream stream(long from, boolean withOwn);

    /** This node has taken over its log up to here. */
    void taken(long position);

    /** Has it do its part of a step; see {@link Meeting}. */
    void perform(MeetingStep step) throws SQLException;

    /** A link begins to bring what it has, or ends. */
    void opened(Link link);

    void closed(Link link);

    /** Wakes a link that waits for more. */
    void wake();
}

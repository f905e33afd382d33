package io.blazedb.internal.link;

import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.DefinitionFacts;
import io.blazedb.internal.node.Facts;
import io.blazedb.internal.node.LogEntry;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.RemoteRecord;
import io.blazedb.internal.node.VersionIndex;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.log.LogReader;
import io.blazedb.sync.internal.log.LogRecord;
import io.blazedb.sync.internal.log.OperationLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The log of a node as a stream of what a peer has to hear. For one thread. */
final class OperationStream implements ItemStream {
    /** Fact that holds the vector which copied rows contain. */
    static final String CONTAINED = "contained";

    /** Facts that name tables which had rows before they were synced; the table's number follows. */
    static final String FILLED = "filled.";

    private final OperationLog log;
    private final NodeState node;
    private final VersionIndex index;
    private final Disowned disowned;
    private final LogReader reader;
    private final @Nullable NodeId peer;

    /** @param peer what came directly from it is left out; null: nothing is */
    OperationStream(LinkedNode source, long from, @Nullable NodeId peer) {
        this.log = source.log();
        this.node = source.state();
        this.index = source.index();
        this.disowned = source.forks().disowned();
        this.peer = peer;
        this.reader = log.reader(from);
    }

    @Override
    public long position() {
        return reader.position();
    }

    @Override
    public @Nullable List<Item> next() {
        LogRecord record = reader.next();
        if (record == null) {
            return null;
        }
        return switch (record.type()) {
            case TXN_LOCAL, BASE -> local(new LogEntry(log, record));
            case TXN_REMOTE -> remote(new LogEntry(log, record));
            case STATE_MERGE -> rows(new LogEntry(log, record));
            case FACT -> fact(new LogEntry(log, record));
            default -> List.of();
        };
    }

    private List<Item> local(LogEntry entry) {
        ChangeSet changeSet = index.changeSet(entry);
        return changeSet == null || node.isCut(changeSet.origin(), changeSet.seq())
                ? List.of()
                : List.of(new Item.Changes(changeSet));
    }

    private List<Item> remote(LogEntry entry) {
        RemoteRecord record = RemoteRecord.read(entry, peer);
        if (record.from().equals(peer)) {
            return List.of();
        }
        List<Item> items = new ArrayList<>();
        for (ChangeSet changeSet : record.changeSets()) {
            boolean own = changeSet.origin().equals(node.originAt(entry.lsn()).id());
            boolean isVoid =
                    (own && node.isCut(changeSet.origin(), changeSet.seq())) || disowned.has(changeSet, entry.lsn());
            if (!isVoid) {
                items.add(new Item.Changes(changeSet));
            }
        }
        return items;
    }

    private List<Item> rows(LogEntry entry) {
        RemoteRecord record = RemoteRecord.read(entry, peer);
        if (record.from().equals(peer)) {
            return List.of();
        }
        return List.of(new Item.Rows(record.states().stream()
                .map(state -> Item.RowName.of(state.key()))
                .toList()));
    }

    private List<Item> fact(LogEntry entry) {
        String name = Facts.nameIn(entry.payload());
        byte[] value = Facts.valueIn(entry.payload());
        if (value == null) {
            return List.of();
        }
        if (DefinitionFacts.isDefinition(name)) {
            Map.Entry<OriginId, TableDefinition> definition = DefinitionFacts.definitionIn(name, value, node.origin());
            return List.of(new Item.Definition(definition.getKey(), definition.getValue()));
        }
        if (name.startsWith(FILLED)) {
            return List.of(new Item.Filled(Integer.parseInt(name.substring(FILLED.length()))));
        }
        if (name.equals(CONTAINED)) {
            VersionVector vector = NodeState.readVector(new RecordInput(value));
            return List.of(new Item.Contained(disowned.without(vector, entry.lsn())));
        }
        if (OriginFacts.isOrigin(name)) {
            return List.of(new Item.Author());
        }
        return List.of();
    }

    @Override
    public boolean await(long nanos, BooleanSupplier asked) throws InterruptedException {
        return log.awaitVisible(position(), nanos, asked);
    }

    @Override
    public boolean hasMore() {
        return log.visibleEnd() > position();
    }

    @Override
    public void close() {
        reader.close();
    }
}

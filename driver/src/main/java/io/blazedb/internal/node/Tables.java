package io.blazedb.internal.node;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.capture.RowGuard;
import io.blazedb.internal.capture.SyncedTables;
import io.blazedb.internal.schema.Sameness;
import io.blazedb.internal.schema.TableReader;
import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.internal.merge.ColumnRules;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.h2.mvstore.db.MVTable;
import org.jspecify.annotations.Nullable;

/**
 * The tables that this node syncs, as they are here and as their authors describe them. Definitions and numbers are
 * facts, so they stand in the log before the first operation that uses them. Safe for use by several threads.
 */
public final class Tables implements SyncedTables {
    private static final String TABLE = "table.";
    private static final String FLOOR = "floor.";
    private static final String DEFINITION = DefinitionFacts.DEFINITION;
    private static final String OWN = DefinitionFacts.OWN;

    /** Facts that name the own definition whose consequences for the rows have been drawn; the number follows. */
    private static final String SETTLED = "settled.";

    /** A table that was never here has not been settled; one that was dropped is settled so. */
    public static final long NEVER = -1;

    public static final long DROPPED = 0;

    private final Facts facts;
    private final MergeRules rules;
    private final RowIds rowIds;
    private final long valueBytesMax;
    private final Map<String, List<SyncedTable>> byName = new ConcurrentHashMap<>();
    private final Map<Integer, SyncedTable> byNumber = new ConcurrentHashMap<>();
    private final Map<Long, Described> own = new ConcurrentHashMap<>();
    private final PeerDefinitions foreign = new PeerDefinitions();
    private long lastId;

    /** A definition, the table it is about, and the numbers and merge rules of its columns. */
    public record Described(
            TableDefinition definition, SyncedTable table, SyncedTable.Ordinals numbers, ColumnRules rules) {
        Described(TableDefinition definition, SyncedTable table, SyncedTable.Ordinals numbers) {
            this(definition, table, numbers, ColumnRules.of(definition, numbers::get));
        }
    }

    public Tables(Facts facts, long valueBytesMax) {
        this.facts = facts;
        this.rules = new MergeRules(facts);
        this.rowIds = new RowIds(facts);
        this.valueBytesMax = valueBytesMax;
    }

    public MergeRules rules() {
        return rules;
    }

    public RowIds rowIds() {
        return rowIds;
    }

    @Override
    public long valueBytesMax() {
        return valueBytesMax;
    }

    /** Takes what the facts say, at opening. */
    public synchronized void load() {
        facts.startingWith(TABLE).forEach((number, bytes) -> {
            add(SyncedTable.read(Integer.parseInt(number), bytes));
        });
        facts.startingWith(FLOOR).forEach((number, bytes) -> {
            SyncedTable table = byNumber.get(Integer.parseInt(number));
            if (table != null) {
                table.floor(new RecordInput(bytes).readVarint());
            }
        });
        facts.startingWith(DEFINITION).forEach((name, bytes) -> learn(DEFINITION + name, bytes));
    }

    /** Takes a fact that was found in the log. */
    private void learn(String name, byte[] bytes) {
        TableDefinition definition = DefinitionFacts.read(bytes);
        Described described = describe(definition);
        if (name.startsWith(OWN)) {
            own.put(definition.id(), described);
            lastId = Math.max(lastId, definition.id());
        } else {
            foreign.put(PeerDefinitions.Id.parse(name.substring(DEFINITION.length())), described);
        }
    }

    private Described describe(TableDefinition definition) {
        SyncedTable table = table(definition);
        int before = table.columnCount();
        SyncedTable.Ordinals numbers = table.numbersOf(definition);
        if (before != table.columnCount()) {
            facts.put(TABLE + table.number(), table.toBytes());
        }
        return new Described(definition, table, numbers);
    }

    private SyncedTable table(TableDefinition definition) {
        String keyKind = Sameness.ofKey(definition);
        for (SyncedTable known : byName.getOrDefault(nameOf(definition.schema(), definition.name()), List.of())) {
            if (known.keyKind().equals(keyKind)) {
                return known;
            }
        }
        return add(new SyncedTable(byNumber.size() + 1, definition.schema(), definition.name(), keyKind));
    }

    private SyncedTable add(SyncedTable table) {
        byName.computeIfAbsent(nameOf(table.schema(), table.name()), key -> new CopyOnWriteArrayList<>())
                .add(table);
        byNumber.put(table.number(), table);
        return table;
    }

    private static String nameOf(String schema, String name) {
        return schema + "\0" + name;
    }

    /** The definition under which a table's changes are written now; made when it is new or has changed. */
    @Override
    public long definitionOf(MVTable table) {
        SyncedTable.Layout layout = layoutOf(table);
        return layout == null ? 0 : layout.definition().id();
    }

    @Override
    public RowGuard guardOf(MVTable table) {
        SyncedTable.Layout layout = layoutOf(table);
        if (layout == null) {
            return RowGuard.NONE;
        }
        RowGuard ofRules = RuleGuard.of(layout.definition());
        return layout.isKeyless() ? rowIds.guard(layout.definition(), ofRules) : ofRules;
    }

    /** Whether another one, with rows that were numbered anew, was put in the place of a table while it was closed. */
    public boolean isReplaced(MVTable table) {
        TableDefinition now = TableReader.read(table, 0);
        return now.primaryKey().isEmpty() && rowIds.isReplaced(table(now), table);
    }

    /** Why a table cannot be synced; nothing for most. */
    public Optional<String> obstacle(MVTable table, TableDefinition now) {
        return SyncObstacle.of(table, now, earlier(now.schema(), now.name()), rowIds);
    }

    /** The table as it is now; null when it is not synced. */
    @SuppressWarnings("ReferenceEquality") // another object is another table, whatever its name
    public SyncedTable.@Nullable Layout layoutOf(MVTable table) {
        if (!TableReader.isUserTable(table)) {
            return null;
        }
        TableDefinition now = rules.in(TableReader.read(table, 0));
        if (obstacle(table, now).isPresent()) {
            return null;
        }
        synchronized (this) {
            SyncedTable synced = table(now);
            SyncedTable.Layout known = synced.layout();
            if (known != null && known.table() == table && sameContent(known.definition(), now)) {
                return known;
            }
            Described described = known != null && sameContent(known.definition(), now)
                    ? new Described(known.definition(), synced, known.numbers())
                    : ownDefinition(synced, now);
            SyncedTable.Layout layout = layout(table, described);
            synced.layout(layout);
            if (layout.isKeyless()) {
                rowIds.remember(synced, table);
            }
            forget(now.schema(), now.name(), synced);
            return layout;
        }
    }

    /** The table of that name is not synced any more, or another one of that name is. */
    public synchronized void forget(String schema, String name, @Nullable SyncedTable except) {
        for (SyncedTable table : byName.getOrDefault(nameOf(schema, name), List.of())) {
            if (!table.equals(except)) {
                table.layout(null);
            }
        }
    }

    private Described ownDefinition(SyncedTable table, TableDefinition now) {
        for (Described known : own.values()) {
            if (known.table() == table && sameContent(known.definition(), now)) {
                return known;
            }
        }
        TableDefinition definition = now.withId(++lastId);
        Described described = describe(definition);
        if (table.baseIs(described.numbers())) {
            facts.put(TABLE + table.number(), table.toBytes());
        }
        facts.put(OWN + definition.id(), DefinitionFacts.bytesOf(definition));
        own.put(definition.id(), described);
        return described;
    }

    private static SyncedTable.Layout layout(MVTable table, Described described) {
        TableDefinition definition = described.definition();
        BitSet generated = new BitSet();
        for (int i = 0; i < definition.columns().size(); i++) {
            if (definition.columns().get(i).source() == ColumnDefinition.Source.GENERATED) {
                generated.set(i);
            }
        }
        int[] key = definition.primaryKey().stream().mapToInt(Integer::intValue).toArray();
        return new SyncedTable.Layout(
                table,
                definition,
                new SyncedTable.Ordinals(key),
                described.numbers(),
                Groups.of(definition),
                generated,
                described.rules());
    }

    private static boolean sameContent(TableDefinition one, TableDefinition other) {
        return one.columns().equals(other.columns()) && one.withId(0).equals(other.withId(0));
    }

    /** One of this node's own definitions. */
    public Described own(long id) {
        Described described = own.get(id);
        if (described == null) {
            throw new IllegalStateException("The log names table definition " + id + " (known: " + own.keySet() + ")");
        }
        return described;
    }

    /** The definition that an origin gave a number, null when it has not come yet. */
    public @Nullable Described foreign(OriginId origin, long id) {
        return foreign.get(new PeerDefinitions.Id(origin, id));
    }

    /** Keeps a definition of a peer. Answers it, and whether it is new. */
    public synchronized boolean learn(OriginId origin, TableDefinition definition) {
        PeerDefinitions.Id key = new PeerDefinitions.Id(origin, definition.id());
        Described known = foreign.get(key);
        if (known != null && known.definition().equals(definition)) {
            return false;
        }
        foreign.put(key, describe(definition));
        facts.put(DEFINITION + key, DefinitionFacts.bytesOf(definition));
        return true;
    }

    /** How a table of that name was here before, and is now if it still is. */
    public List<TableDefinition> earlier(String schema, String name) {
        return own.values().stream()
                .map(Described::definition)
                .filter(known -> known.schema().equals(schema) && known.name().equals(name))
                .toList();
    }

    /** Forgets how those tables look that are not there any more. */
    public synchronized void retain(Collection<MVTable> present) {
        for (SyncedTable table : byNumber.values()) {
            SyncedTable.Layout layout = table.layout();
            if (layout != null && !present.contains(layout.table())) {
                table.layout(null);
            }
        }
    }

    public @Nullable SyncedTable byNumber(int number) {
        return byNumber.get(number);
    }

    /** The table of that name; of several with other keys the one that is here, or was last. */
    public @Nullable SyncedTable byName(String schema, String name) {
        SyncedTable found = null;
        for (SyncedTable table : byName.getOrDefault(nameOf(schema, name), List.of())) {
            if (table.layout() != null) {
                return table;
            }
            found = found == null || settled(table) > settled(found) ? table : found;
        }
        return found;
    }

    /** The table that another node's is; null when nobody has described it here. */
    public @Nullable SyncedTable like(SyncedTable other) {
        for (SyncedTable table : byName.getOrDefault(nameOf(other.schema(), other.name()), List.of())) {
            if (table.keyKind().equals(other.keyKind())) {
                return table;
            }
        }
        return null;
    }

    /** Up to which own definition what follows from it for the rows is done; {@link #NEVER}, {@link #DROPPED}. */
    public long settled(SyncedTable table) {
        byte[] bytes = facts.get(SETTLED + table.number());
        return bytes == null ? NEVER : new RecordInput(bytes).readVarint();
    }

    public void settle(SyncedTable table, long definition) {
        if (settled(table) != definition) {
            RecordBuffer out = new RecordBuffer(8);
            out.putVarint(definition);
            facts.put(SETTLED + table.number(), out.toByteArray());
        }
    }

    /** What peers last said of a table, or of another one of its name: the last definition of each. */
    public List<Described> peers(String schema, String name) {
        return foreign.last(schema, name);
    }

    /** The own definitions that a table has had, and has. */
    public List<Described> own(SyncedTable table) {
        return own.values().stream().filter(known -> known.table() == table).toList();
    }

    public Collection<SyncedTable> all() {
        return byNumber.values();
    }

    /** New rows of a table begin with a later life than this. */
    public synchronized void raiseFloor(SyncedTable table, long floor) {
        if (floor > table.floor()) {
            RecordBuffer out = new RecordBuffer(8);
            out.putVarint(floor);
            facts.put(FLOOR + table.number(), out.toByteArray());
            table.floor(floor);
        }
    }

    /** Takes over what a peer knows of rows that were deleted and forgotten. */
    public void learnFloors(Collection<SyncedTable> tables) {
        for (SyncedTable theirs : tables) {
            SyncedTable ours = theirs.floor() == 0 ? null : like(theirs);
            if (ours != null) {
                raiseFloor(ours, theirs.floor());
            }
        }
    }

    /** What the peers that declare a table so declared it to be before. */
    public List<TableDefinition> before(TableDefinition definition) {
        return foreign.before(definition);
    }

    /** Every definition that this node knows, by its origin; what is this node's own is under the origin given. */
    public Map<OriginId, List<TableDefinition>> definitions(OriginId self) {
        Map<OriginId, List<TableDefinition>> all = new HashMap<>();
        own.values()
                .forEach(described ->
                        all.computeIfAbsent(self, key -> new ArrayList<>()).add(described.definition()));
        foreign.forEach((origin, definition) ->
                all.computeIfAbsent(origin, other -> new ArrayList<>()).add(definition));
        return all;
    }
}

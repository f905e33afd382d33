package io.blazedb.sync.internal.merge;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.HybridClock;
import io.blazedb.sync.MergeRule;
import io.blazedb.sync.MergeRule.Kind;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.merge.RowAuthor.Authored;
import io.blazedb.sync.internal.merge.Write.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** One database of a history with merge rules, which its users change as they write. */
final class RuledNode {
    static final int COLUMNS = 4;
    static final int KEYS = 2;
    static final Numbers TYPES = new Numbers(60);

    private static final int[] ALL_COLUMNS = IntStream.range(0, COLUMNS).toArray();
    private static final List<List<Kind>> KINDS = List.of(
            List.of(Kind.LAST_WRITER, Kind.SERVER),
            List.of(Kind.COUNTER, Kind.COUNTER, Kind.COUNTER, Kind.LAST_WRITER),
            List.of(Kind.MAX, Kind.MIN, Kind.COUNTER),
            List.of(Kind.MIN, Kind.MAX, Kind.SERVER));

    private final Role role;
    private final OriginId origin;
    private final HybridClock clock = new HybridClock(0);
    private final ModelRow[] rows = new ModelRow[KEYS];
    private final List<Conflict> conflicts = new ArrayList<>();
    private final RowMerge merge;
    private ColumnRules rules = ColumnRules.NONE;
    private VersionVector seen = VersionVector.EMPTY;

    RuledNode(int number, Random random, RowMerge merge) {
        this.role = random.nextInt(3) == 0 ? Role.SERVER : Role.CLIENT;
        this.origin = new OriginId(random.nextLong(), number + 1);
        this.merge = merge;
        Arrays.fill(rows, ModelRow.ABSENT);
    }

    ModelRow row(int key) {
        return rows[key];
    }

    List<Conflict> conflicts() {
        return conflicts;
    }

    /** Each column gets a rule or loses it. */
    void changeRules(Random random) {
        List<MergeRule> changed = new ArrayList<>();
        for (int column = 0; column < COLUMNS; column++) {
            List<Kind> kinds = KINDS.get(column);
            if (random.nextInt(5) > 0) {
                changed.add(new MergeRule(List.of(column), kinds.get(random.nextInt(kinds.size()))));
            }
        }
        Stamp stamp = new Stamp(clock.next(0), origin);
        rules = ColumnRules.of(table().withRules(changed, stamp));
    }

    private static TableDefinition table() {
        ColumnDefinition column = new ColumnDefinition("N", "INTEGER", true, "", ColumnDefinition.Source.WRITTEN);
        List<ColumnDefinition> columns =
                IntStream.range(0, COLUMNS).mapToObj(unused -> column).toList();
        return new TableDefinition(1, "", "T", columns, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** One transaction on one or two rows. */
    RuledWrite write(Random random) {
        VersionVector past = seen;
        Stamp stamp = new Stamp(clock.next(random.nextInt(8)), origin);
        List<RowChange> changes = new ArrayList<>();
        int first = random.nextInt(KEYS);
        int rowCount = 1 + random.nextInt(2);
        for (int i = 0; i < rowCount; i++) {
            changes.add(writeRow((first + i) % KEYS, stamp, random));
        }
        long seq = seen.seq(origin) + 1;
        seen = seen.with(origin, seq);
        ChangeSet changeSet = new ChangeSet(origin, seq, stamp.hlc(), role, past.entries(), List.of(), changes);
        return new RuledWrite(new Transaction(changeSet, past), rules);
    }

    private RowChange writeRow(int key, Stamp stamp, Random random) {
        RowAuthor author = new RowAuthor(role, stamp, rules, TYPES);
        ModelRow row = rows[key];
        byte[] name = {(byte) key};
        Authored authored;
        byte[][] table = row.values().toArray(COLUMNS);
        if (!row.state().alive()) {
            table = new byte[COLUMNS][];
            Arrays.setAll(table, column -> random.nextInt(6) == 0 ? Numbers.nothing() : Numbers.of(random.nextInt(20)));
            authored = author.insert(row.state(), 1, name, ALL_COLUMNS, table.clone());
        } else if (random.nextInt(4) == 0) {
            authored = author.delete(row.state(), 1, name, row.values());
        } else {
            int[] columns = random.ints(1 + random.nextInt(COLUMNS), 0, COLUMNS)
                    .distinct()
                    .sorted()
                    .toArray();
            byte[][] written = new byte[columns.length][];
            for (int i = 0; i < columns.length; i++) {
                written[i] = written(columns[i], table[columns[i]], random);
                table[columns[i]] = written[i];
            }
            authored = author.update(row.state(), 1, name, columns, written, row.values());
        }
        rows[key] = new ModelRow(authored.after(), authored.after().alive() ? RowValues.of(table) : RowValues.NONE);
        return authored.change();
    }

    /** A value that the rules let a user write over another. */
    private byte[] written(int column, byte[] old, Random random) {
        long before = old.length == 0 ? 0 : TYPES.number(old).longValueExact();
        long any = Math.max(-60, Math.min(60, before + random.nextInt(15) - 7));
        boolean isNull = old.length == 0 || TYPES.isNull(old);
        return switch (rules.order(column)) {
            case MAX -> Numbers.of(isNull ? any : Math.max(before, any));
            case MIN -> Numbers.of(isNull ? any : Math.min(before, any));
            case STANDARD -> rules.isCounter(column) || random.nextInt(6) > 0 ? Numbers.of(any) : Numbers.nothing();
        };
    }

    boolean canApply(RuledWrite write) {
        ChangeSet changeSet = write.transaction().changeSet();
        return seen.seq(changeSet.origin()) == changeSet.seq() - 1
                && changeSet.dependencies().stream().allMatch(seen::covers);
    }

    boolean hasSeen(RuledWrite write) {
        ChangeSet changeSet = write.transaction().changeSet();
        return seen.covers(changeSet.origin(), changeSet.seq());
    }

    void apply(RuledWrite write, CausalPast past) {
        ChangeSet changeSet = write.transaction().changeSet();
        adopt(write.rules());
        changeSet.changes().forEach(change -> conflicts.addAll(merge(write, change, past)));
        clock.observe(changeSet.hlc());
        seen = seen.with(changeSet.origin(), changeSet.seq());
    }

    /** Merges again what was merged already. */
    void applyAgain(RuledWrite write, CausalPast past) {
        write.transaction().changeSet().changes().forEach(change -> merge(write, change, past));
    }

    private List<Conflict> merge(RuledWrite write, RowChange change, CausalPast past) {
        ModelRow row = rows[change.key()[0]];
        Stamp stamp = write.transaction().changeSet().stamp();
        Merged merged = merge.merge(row.state(), row.values(), change, write.rules(), stamp, past);
        rows[change.key()[0]] = row.merged(merged);
        return merged.conflicts();
    }

    /** Newer rules are taken before what was written under them. */
    private void adopt(ColumnRules others) {
        if (others.epoch().compareTo(rules.epoch()) > 0) {
            rules = others;
            clock.observe(others.epoch().hlc());
        }
    }

    /** Merges the rows of another node, as from a snapshot, without counting its transactions as known. */
    void join(RuledNode other, CausalPast past) {
        adopt(other.rules);
        for (int key = 0; key < KEYS; key++) {
            ModelRow theirs = other.rows[key];
            Merged merged = merge.join(rows[key].state(), rows[key].values(), theirs.state(), theirs.values(), past);
            rows[key] = rows[key].merged(merged);
            conflicts.addAll(merged.conflicts());
        }
    }
}

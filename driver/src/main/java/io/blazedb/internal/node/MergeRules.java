package io.blazedb.internal.node;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.MergeRule;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.TableDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The merge rules of this database's tables, by names, as facts. The whole set of a table stands under one stamp: of
 * two sets the one with the larger stamp holds, also when it is empty, so all nodes come to the same one. Safe for use
 * by several threads.
 */
public final class MergeRules {
    private static final String PREFIX = "rules.";
    private static final char SEPARATOR = '\0';

    private final Facts facts;
    private final Map<String, RuleSet> sets = new ConcurrentHashMap<>();

    /** A rule by the names of its columns; several are one group. */
    public record Rule(List<String> columns, MergeRule.Kind kind) {
        public Rule {
            columns = List.copyOf(columns);
        }
    }

    /** All rules of one table, and the mark of who last changed them. */
    public record RuleSet(Stamp stamp, List<Rule> rules) {
        static final RuleSet NONE = new RuleSet(Stamp.ZERO, List.of());

        public RuleSet {
            rules = List.copyOf(rules);
        }
    }

    public MergeRules(Facts facts) {
        this.facts = facts;
        facts.startingWith(PREFIX).forEach((name, bytes) -> sets.put(name, read(bytes)));
    }

    public RuleSet of(String schema, String table) {
        return sets.getOrDefault(schema + SEPARATOR + table, RuleSet.NONE);
    }

    /** Puts a set in the place of the one that a table has. */
    public void put(String schema, String table, RuleSet set) {
        String name = schema + SEPARATOR + table;
        facts.appendLock().lock();
        try {
            facts.put(PREFIX + name, bytesOf(set));
            sets.put(name, set);
        } finally {
            facts.appendLock().unlock();
        }
    }

    /** Takes over the rules that a peer's definition has, when they are newer. Answers whether they are. */
    public boolean adopt(TableDefinition theirs) {
        facts.appendLock().lock();
        try {
            boolean newer = theirs.rulesStamp()
                            .compareTo(of(theirs.schema(), theirs.name()).stamp())
                    > 0;
            if (newer) {
                put(theirs.schema(), theirs.name(), setOf(theirs));
            }
            return newer;
        } finally {
            facts.appendLock().unlock();
        }
    }

    private static RuleSet setOf(TableDefinition theirs) {
        List<Rule> rules = theirs.mergeRules().stream()
                .map(rule -> new Rule(
                        rule.columns().stream()
                                .map(column -> theirs.columns().get(column).name())
                                .toList(),
                        rule.kind()))
                .toList();
        return new RuleSet(theirs.rulesStamp(), rules);
    }

    /** The table with its rules; columns that it does not have are left out of them. */
    public TableDefinition in(TableDefinition table) {
        RuleSet set = of(table.schema(), table.name());
        if (set.stamp().isZero()) {
            return table;
        }
        List<String> names =
                table.columns().stream().map(ColumnDefinition::name).toList();
        List<MergeRule> rules = new ArrayList<>();
        for (Rule rule : set.rules()) {
            List<Integer> columns = new ArrayList<>(rule.columns().stream()
                    .map(names::indexOf)
                    .filter(column -> column >= 0)
                    .toList());
            if (!columns.isEmpty()) {
                Collections.sort(columns);
                rules.add(new MergeRule(columns, rule.kind()));
            }
        }
        return table.withRules(rules, set.stamp());
    }

    private static byte[] bytesOf(RuleSet set) {
        RecordBuffer out = new RecordBuffer(64);
        out.putLong(set.stamp().hlc());
        out.putLong(set.stamp().origin().high());
        out.putLong(set.stamp().origin().low());
        out.putVarint(set.rules().size());
        for (Rule rule : set.rules()) {
            out.putString(rule.kind().name());
            out.putVarint(rule.columns().size());
            rule.columns().forEach(out::putString);
        }
        return out.toByteArray();
    }

    private static RuleSet read(byte[] bytes) {
        RecordInput in = new RecordInput(bytes);
        Stamp stamp = new Stamp(in.readLong(), new OriginId(in.readLong(), in.readLong()));
        List<Rule> rules = new ArrayList<>();
        for (int count = in.readCount(); count > 0; count--) {
            MergeRule.Kind kind = MergeRule.Kind.valueOf(in.readString());
            List<String> columns = new ArrayList<>();
            for (int names = in.readCount(); names > 0; names--) {
                columns.add(in.readString());
            }
            rules.add(new Rule(columns, kind));
        }
        return new RuleSet(stamp, rules);
    }
}

package io.blazedb.sync.internal.wire;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.CounterDeltas;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.Life;
import io.blazedb.sync.MergeRule;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.RowChange.Kind;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.TableDefinition.Action;
import io.blazedb.sync.TableDefinition.Check;
import io.blazedb.sync.TableDefinition.ForeignKey;
import io.blazedb.sync.TableDefinition.Index;
import io.blazedb.sync.TableDefinition.IndexColumn;
import io.blazedb.sync.TableDefinition.Nulls;
import io.blazedb.sync.TableDefinition.UniqueKey;
import io.blazedb.sync.WrittenVersions;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Change sets of every shape the format knows. The seed decides everything. */
final class RandomChangeSets {
    private static final List<String> TEXTS =
            List.of("", "ID", "\"q\"\"\"", "naïve Größe", "\uD83D\uDE00", "x".repeat(20));

    private final Random random;
    private final List<Stamp> fences = new ArrayList<>();

    RandomChangeSets(long seed) {
        random = new Random(seed);
    }

    ChangeSet next() {
        OriginId origin = origin();
        long hlc = random.nextLong();
        fences.clear();
        fences.add(Stamp.ZERO);
        fences.add(new Stamp(hlc, origin));
        fences.add(new Stamp(hlc + 1, origin));
        fences.add(new Stamp(random.nextLong(), origin()));
        fences.add(new Stamp(random.nextLong(), origin()));
        List<Dependency> dependencies = some(
                3, () -> new Dependency(random.nextBoolean() ? fences.get(3).origin() : origin(), number()));
        Role role = random.nextBoolean() ? Role.SERVER : Role.CLIENT;
        List<TableDefinition> definitions = random.nextInt(4) == 0 ? some(2, this::definition) : List.of();
        return new ChangeSet(origin, number(), hlc, role, dependencies, definitions, some(5, this::change));
    }

    private RowChange change() {
        long table = random.nextInt(3) == 0 ? TableDefinition.ID_MAX : random.nextInt(2);
        Kind kind = pick(Kind.values());
        byte[] key = bytes(random.nextInt(12));
        Life life = new Life(fence(), cause(kind));
        if (kind == Kind.DELETE) {
            return RowChange.delete(table, key, life);
        }
        int[] columns = random.nextBoolean()
                ? random.ints(random.nextInt(5), 0, 9).distinct().sorted().toArray()
                : IntStream.range(0, random.nextInt(6)).toArray();
        byte[][] values = new byte[columns.length][];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes(1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 8));
        }
        WrittenVersions versions = versions(life, columns.length);
        return new RowChange(table, key, kind, life, columns, versions, values, counters(columns));
    }

    private CounterDeltas counters(int[] written) {
        int[] columns = random.ints(random.nextInt(3), 0, 30)
                .filter(column -> IntStream.of(written).noneMatch(other -> other == column))
                .distinct()
                .sorted()
                .toArray();
        BigDecimal[] deltas = new BigDecimal[columns.length];
        for (int i = 0; i < deltas.length; i++) {
            BigInteger unscaled = new BigInteger(random.nextInt(80), random).subtract(BigInteger.valueOf(50));
            deltas[i] = new BigDecimal(unscaled, random.nextInt(9) - 4);
        }
        return CounterDeltas.of(columns, deltas);
    }

    private long cause(Kind kind) {
        long lives = random.nextBoolean() ? 0 : random.nextInt(100);
        return 2 * lives + (kind == Kind.DELETE ? 2 : 1);
    }

    private WrittenVersions versions(Life life, int columns) {
        if (columns == 0 || random.nextBoolean()) {
            return WrittenVersions.uniform(life.fence(), life.cause());
        }
        Stamp[] each = new Stamp[columns];
        long[] causes = new long[columns];
        for (int i = 0; i < columns; i++) {
            each[i] = fence();
            causes[i] = 1 + random.nextLong(Life.CAUSE_MAX);
        }
        return WrittenVersions.each(each, causes);
    }

    private TableDefinition definition() {
        List<ColumnDefinition> columns = new ArrayList<>(some(4, this::column));
        columns.add(column());
        Supplier<Integer> ordinal = () -> random.nextInt(columns.size());
        TableDefinition table = new TableDefinition(
                random.nextInt(Integer.MAX_VALUE),
                text(),
                text(),
                columns,
                some(2, ordinal),
                some(2, () -> uniqueKey(ordinal)),
                some(2, () -> foreignKey(ordinal)),
                some(2, () -> new Check(text(), text())),
                some(2, () -> new Index(text(), some(2, () -> new IndexColumn(ordinal.get(), random.nextBoolean())))));
        return random.nextBoolean() ? table : table.withRules(rules(columns.size()), fences.get(3));
    }

    private UniqueKey uniqueKey(Supplier<Integer> ordinal) {
        List<Integer> columns = some(2, ordinal);
        if (columns.isEmpty() || random.nextBoolean()) {
            return new UniqueKey(text(), columns, pick(Nulls.values()));
        }
        List<IndexColumn> index = new ArrayList<>();
        columns.forEach(column -> index.add(new IndexColumn(column, random.nextBoolean())));
        index.addAll(some(1, () -> new IndexColumn(ordinal.get(), random.nextBoolean())));
        return new UniqueKey(text(), columns, pick(Nulls.values()), index);
    }

    private List<MergeRule> rules(int columns) {
        List<MergeRule> rules = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            MergeRule.Kind kind = pick(MergeRule.Kind.values());
            if (kind.groups() && i + 1 < columns && random.nextBoolean()) {
                rules.add(new MergeRule(List.of(i, i + 1), kind));
                i++;
            } else if (random.nextBoolean()) {
                rules.add(new MergeRule(List.of(i), kind));
            }
        }
        return rules;
    }

    private ForeignKey foreignKey(Supplier<Integer> ordinal) {
        List<Integer> columns = some(2, ordinal);
        List<String> parents = columns.stream().map(unused -> text()).toList();
        return new ForeignKey(text(), columns, text(), text(), parents, pick(Action.values()), pick(Action.values()));
    }

    private ColumnDefinition column() {
        ColumnDefinition.Source source = pick(ColumnDefinition.Source.values());
        return new ColumnDefinition("C" + text(), "VARCHAR(10)", random.nextBoolean(), "1" + text(), source);
    }

    private Stamp fence() {
        return fences.get(random.nextInt(fences.size()));
    }

    private OriginId origin() {
        return new OriginId(random.nextLong(), random.nextLong());
    }

    private long number() {
        return 1 + (random.nextLong() >>> (1 + random.nextInt(63))) / 2;
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> T pick(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private <T> List<T> some(int max, Supplier<T> items) {
        List<T> list = new ArrayList<>();
        int count = random.nextInt(max + 1);
        for (int i = 0; i < count; i++) {
            list.add(items.get());
        }
        return list;
    }
}

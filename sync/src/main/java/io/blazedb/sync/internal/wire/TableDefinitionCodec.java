package io.blazedb.sync.internal.wire;

import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.ColumnDefinition.Source;
import io.blazedb.sync.MergeRule;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.TableDefinition.Action;
import io.blazedb.sync.TableDefinition.Check;
import io.blazedb.sync.TableDefinition.ForeignKey;
import io.blazedb.sync.TableDefinition.Index;
import io.blazedb.sync.TableDefinition.IndexColumn;
import io.blazedb.sync.TableDefinition.Nulls;
import io.blazedb.sync.TableDefinition.UniqueKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a table definition: its parts in the order in which it declares them; last a flag whether it ever had
 * merge rules, then their stamp (origin 16, u64 clock) and the rules. Stateless.
 */
public final class TableDefinitionCodec {
    /** Id, two names, six counts, a flag. */
    static final int BYTES_MIN = 10;

    private static final int TEXT_BYTES_MAX = 1 << 20;
    private static final int PARTS_MAX = 1 << 16;

    private static final Codes<Boolean> FLAG = new Codes<>("flag", List.of(false, true));
    private static final Codes<Source> SOURCE = new Codes<>(
            "source of a column",
            List.of(Source.WRITTEN, Source.IDENTITY_ALWAYS, Source.IDENTITY_BY_DEFAULT, Source.GENERATED));
    private static final Codes<Nulls> NULLS =
            new Codes<>("nulls of a unique key", List.of(Nulls.DISTINCT, Nulls.ALL_DISTINCT, Nulls.NOT_DISTINCT));
    private static final Codes<Action> ACTION = new Codes<>(
            "action of a foreign key",
            List.of(Action.RESTRICT, Action.NO_ACTION, Action.CASCADE, Action.SET_NULL, Action.SET_DEFAULT));

    private static final Codes<MergeRule.Kind> RULE = new Codes<>(
            "kind of a merge rule",
            List.of(
                    MergeRule.Kind.SERVER,
                    MergeRule.Kind.LAST_WRITER,
                    MergeRule.Kind.COUNTER,
                    MergeRule.Kind.MAX,
                    MergeRule.Kind.MIN));

    private TableDefinitionCodec() {}

    public static void write(ByteWriter out, TableDefinition table) {
        out.varint(table.id()).string(table.schema()).string(table.name());
        list(out, table.columns(), TableDefinitionCodec::column);
        list(out, table.primaryKey(), TableDefinitionCodec::ordinal);
        list(out, table.uniqueKeys(), TableDefinitionCodec::uniqueKey);
        list(out, table.foreignKeys(), TableDefinitionCodec::foreignKey);
        list(out, table.checks(), (to, check) -> to.string(check.name()).string(check.conditionSql()));
        list(out, table.indexes(), TableDefinitionCodec::index);
        FLAG.write(out, !table.rulesStamp().isZero());
        if (!table.rulesStamp().isZero()) {
            out.raw(table.rulesStamp().origin().toBytes())
                    .u64(table.rulesStamp().hlc());
            list(out, table.mergeRules(), TableDefinitionCodec::rule);
        }
    }

    /** Refuses what is cut off or changed, but leaves what follows. */
    public static TableDefinition read(ByteReader in) throws MalformedException {
        try {
            TableDefinition table = new TableDefinition(
                    in.varint(TableDefinition.ID_MAX, "table id"),
                    in.string(TEXT_BYTES_MAX, "schema name"),
                    in.string(TEXT_BYTES_MAX, "table name"),
                    list(in, 5, "columns", TableDefinitionCodec::column),
                    ordinals(in),
                    list(in, 4, "unique keys", TableDefinitionCodec::uniqueKey),
                    list(in, 7, "foreign keys", TableDefinitionCodec::foreignKey),
                    list(in, 2, "checks", from -> new Check(name(from), text(from))),
                    list(in, 2, "indexes", TableDefinitionCodec::index));
            return FLAG.read(in) ? readRules(in, table) : table;
        } catch (IllegalArgumentException e) {
            throw new MalformedException("table definition: " + e.getMessage(), e);
        }
    }

    private static TableDefinition readRules(ByteReader in, TableDefinition table) throws MalformedException {
        OriginId origin = OriginId.of(in.raw(OriginId.BYTES, "origin of merge rules"));
        Stamp stamp = new Stamp(in.u64("clock of merge rules"), origin);
        if (stamp.isZero()) {
            throw new MalformedException("stamp of merge rules: none (expected: the flag for it)");
        }
        List<MergeRule> rules = list(in, 3, "merge rules", TableDefinitionCodec::rule);
        TableDefinition ruled = table.withRules(rules, stamp);
        if (!ruled.mergeRules().equals(rules)) {
            throw new MalformedException("merge rules of table " + table.name() + " (expected: in order)");
        }
        return ruled;
    }

    private static void rule(ByteWriter out, MergeRule rule) {
        list(out, rule.columns(), TableDefinitionCodec::ordinal);
        RULE.write(out, rule.kind());
    }

    private static MergeRule rule(ByteReader in) throws MalformedException {
        return new MergeRule(ordinals(in), RULE.read(in));
    }

    private static void column(ByteWriter out, ColumnDefinition column) {
        out.string(column.name()).string(column.sqlType());
        FLAG.write(out, column.nullable());
        out.string(column.defaultSql());
        SOURCE.write(out, column.source());
    }

    private static ColumnDefinition column(ByteReader in) throws MalformedException {
        return new ColumnDefinition(name(in), text(in), FLAG.read(in), text(in), SOURCE.read(in));
    }

    private static void uniqueKey(ByteWriter out, UniqueKey key) {
        out.string(key.name());
        list(out, key.columns(), TableDefinitionCodec::ordinal);
        NULLS.write(out, key.nulls());
        list(out, key.index(), TableDefinitionCodec::indexColumn);
    }

    private static UniqueKey uniqueKey(ByteReader in) throws MalformedException {
        return new UniqueKey(name(in), ordinals(in), NULLS.read(in), indexColumns(in));
    }

    private static void foreignKey(ByteWriter out, ForeignKey key) {
        out.string(key.name());
        list(out, key.columns(), TableDefinitionCodec::ordinal);
        out.string(key.parentSchema()).string(key.parentTable());
        list(out, key.parentColumns(), ByteWriter::string);
        ACTION.write(out, key.onDelete());
        ACTION.write(out, key.onUpdate());
    }

    private static ForeignKey foreignKey(ByteReader in) throws MalformedException {
        return new ForeignKey(
                name(in),
                ordinals(in),
                name(in),
                name(in),
                list(in, 1, "parent columns", TableDefinitionCodec::name),
                ACTION.read(in),
                ACTION.read(in));
    }

    private static void index(ByteWriter out, Index index) {
        out.string(index.name());
        list(out, index.columns(), TableDefinitionCodec::indexColumn);
    }

    private static void indexColumn(ByteWriter out, IndexColumn column) {
        out.varint(column.column());
        FLAG.write(out, column.descending());
    }

    private static Index index(ByteReader in) throws MalformedException {
        return new Index(name(in), indexColumns(in));
    }

    private static List<IndexColumn> indexColumns(ByteReader in) throws MalformedException {
        return list(in, 2, "index columns", from -> new IndexColumn(ordinal(from), FLAG.read(from)));
    }

    private static List<Integer> ordinals(ByteReader in) throws MalformedException {
        return list(in, 1, "columns of a key", TableDefinitionCodec::ordinal);
    }

    private static void ordinal(ByteWriter out, int ordinal) {
        out.varint(ordinal);
    }

    private static int ordinal(ByteReader in) throws MalformedException {
        return (int) in.varint(TableDefinition.COLUMNS_MAX, "column ordinal");
    }

    private static String name(ByteReader in) throws MalformedException {
        return in.string(TEXT_BYTES_MAX, "name");
    }

    private static String text(ByteReader in) throws MalformedException {
        return in.string(TEXT_BYTES_MAX, "SQL text");
    }

    private interface PartWriter<T> {
        void write(ByteWriter out, T part);
    }

    private interface PartReader<T> {
        T read(ByteReader in) throws MalformedException;
    }

    private static <T> void list(ByteWriter out, List<T> parts, PartWriter<? super T> writer) {
        out.varint(parts.size());
        parts.forEach(part -> writer.write(out, part));
    }

    private static <T> List<T> list(ByteReader in, int bytesEachMin, String what, PartReader<T> reader)
            throws MalformedException {
        int count = in.count(bytesEachMin, PARTS_MAX, what);
        List<T> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            parts.add(reader.read(in));
        }
        return parts;
    }
}

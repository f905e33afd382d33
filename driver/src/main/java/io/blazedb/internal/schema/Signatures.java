package io.blazedb.internal.schema;

import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.TableDefinition.Check;
import io.blazedb.sync.TableDefinition.ForeignKey;
import io.blazedb.sync.TableDefinition.Index;
import io.blazedb.sync.TableDefinition.IndexColumn;
import io.blazedb.sync.TableDefinition.UniqueKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the constraints and indexes of a table say, without their names and by column names. */
final class Signatures {
    private record Unique(Set<String> columns, TableDefinition.Nulls nulls) {}

    /** Actions are left out: a second key with other actions would get in the way; see {@link ForeignKeyActions}. */
    private record Reference(Set<List<String>> columns, String parentSchema, String parentTable) {}

    private record Condition(String sql) {}

    private record Sorting(List<String> columns, List<Boolean> descending) {}

    /** A literal that H2 converted to the type of the column it is compared with. */
    private static final Pattern CAST_LITERAL =
            Pattern.compile("CAST\\((-?[0-9][0-9.]*+(?:E-?[0-9]++)?|(?:U&)?'[^']*+(?:''[^']*+)*+')"
                    + " AS [A-Z_ ]++(?:\\((?:[^()']++|'[^']*+')*+\\))?\\)");

    private final TableDefinition table;
    private final Set<Record> present = new HashSet<>();

    Signatures(TableDefinition table) {
        this.table = table;
        table.uniqueKeys().forEach(key -> present.add(of(key)));
        table.foreignKeys().forEach(key -> present.add(of(key)));
        table.checks().forEach(check -> present.add(of(check)));
        table.indexes().forEach(index -> present.add(of(index)));
    }

    /** Of a table, and of what it was before. */
    Signatures(TableDefinition table, List<TableDefinition> earlier) {
        this(table);
        earlier.forEach(before -> present.addAll(new Signatures(before).present));
    }

    boolean lacks(Record signature) {
        return !present.contains(signature);
    }

    Record of(UniqueKey key) {
        return new Unique(new TreeSet<>(Names.columns(table, key.columns())), key.nulls());
    }

    Record of(ForeignKey key) {
        List<String> children = Names.columns(table, key.columns());
        Set<List<String>> pairs = new HashSet<>();
        for (int i = 0; i < children.size(); i++) {
            pairs.add(List.of(children.get(i), key.parentColumns().get(i)));
        }
        return new Reference(pairs, key.parentSchema(), key.parentTable());
    }

    Record of(Check check) {
        return new Condition(withoutCasts(check.conditionSql()));
    }

    /**
     * An expression to be compared with another's: {@code A > 0} is printed as {@code A > CAST(0 AS BIGINT)} where A
     * is a BIGINT, and two sides may still differ in that.
     */
    static String withoutCasts(String sql) {
        return CAST_LITERAL.matcher(sql).replaceAll("$1");
    }

    Record of(Index index) {
        return new Sorting(
                columns(index),
                index.columns().stream().map(IndexColumn::descending).toList());
    }

    List<String> columns(Index index) {
        List<Integer> ordinals = new ArrayList<>();
        index.columns().forEach(column -> ordinals.add(column.column()));
        return Names.columns(table, ordinals);
    }
}

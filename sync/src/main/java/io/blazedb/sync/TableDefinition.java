package io.blazedb.sync;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * One table as its author declared it. Stands in the author's log before the first change that uses it.
 *
 * <p>The id is local to the origin and never used again, receivers map by name. Columns of a key are ordinals in
 * {@code columns}; names of constraints that the database made up are empty, so that definitions compare equal.
 *
 * @param id an unsigned 32-bit number
 * @param primaryKey ordinals of the key's columns, in the order of the key; empty when there is no key
 * @param mergeRules in the order of their first columns; no column is in two of them
 * @param rulesStamp the transaction that last changed the merge rules, taking the last one away included;
 *     {@link Stamp#ZERO} if the table never had any
 */
public record TableDefinition(
        long id,
        String schema,
        String name,
        List<ColumnDefinition> columns,
        List<Integer> primaryKey,
        List<UniqueKey> uniqueKeys,
        List<ForeignKey> foreignKeys,
        List<Check> checks,
        List<Index> indexes,
        List<MergeRule> mergeRules,
        Stamp rulesStamp) {
    /** Largest table id. */
    public static final long ID_MAX = 0xFFFF_FFFFL;

    /** Most columns a table can have. */
    public static final int COLUMNS_MAX = 16_384;

    /** How a unique key sees rows with a NULL in it. */
    public enum Nulls {
        /** A row with at least one NULL is never equal to another. */
        DISTINCT,
        /** Only a row of nothing but NULL is never equal to another. */
        ALL_DISTINCT,
        /** NULL equals NULL. */
        NOT_DISTINCT
    }

    /** What happens to a child row. */
    public enum Action {
        RESTRICT,
        NO_ACTION,
        CASCADE,
        SET_NULL,
        SET_DEFAULT
    }

    /**
     * A set of columns that no two rows share.
     *
     * @param index the columns of the index that was created as such, those of the key first and in their order, then
     *     those that it only carries; empty for a constraint
     */
    public record UniqueKey(String name, List<Integer> columns, Nulls nulls, List<IndexColumn> index) {
        public UniqueKey {
            columns = List.copyOf(columns);
            index = List.copyOf(index);
            if (!index.isEmpty() && !startsWith(index, columns)) {
                throw new IllegalArgumentException("unique index '" + name + "' on " + index + " for columns " + columns
                        + " (expected: these first)");
            }
        }

        /** A constraint. */
        public UniqueKey(String name, List<Integer> columns, Nulls nulls) {
            this(name, columns, nulls, List.of());
        }

        private static boolean startsWith(List<IndexColumn> index, List<Integer> columns) {
            return index.stream()
                    .limit(columns.size())
                    .map(IndexColumn::column)
                    .toList()
                    .equals(columns);
        }
    }

    /** A reference to a table that may be known to the receiver or not yet; so it goes by names. */
    public record ForeignKey(
            String name,
            List<Integer> columns,
            String parentSchema,
            String parentTable,
            List<String> parentColumns,
            Action onDelete,
            Action onUpdate) {
        public ForeignKey {
            columns = List.copyOf(columns);
            parentColumns = List.copyOf(parentColumns);
            if (columns.size() != parentColumns.size()) {
                throw new IllegalArgumentException("foreign key '" + name + "' from " + columns.size() + " columns to "
                        + parentColumns.size() + " (expected: as many)");
            }
        }
    }

    /** A condition on a row, as SQL text. */
    public record Check(String name, String conditionSql) {}

    /** An index that constrains nothing. */
    public record Index(String name, List<IndexColumn> columns) {
        public Index {
            columns = List.copyOf(columns);
        }
    }

    /** A column of an index, in its direction. */
    public record IndexColumn(int column, boolean descending) {}

    /** A table without merge rules. */
    public TableDefinition(
            long id,
            String schema,
            String name,
            List<ColumnDefinition> columns,
            List<Integer> primaryKey,
            List<UniqueKey> uniqueKeys,
            List<ForeignKey> foreignKeys,
            List<Check> checks,
            List<Index> indexes) {
        this(id, schema, name, columns, primaryKey, uniqueKeys, foreignKeys, checks, indexes, List.of(), Stamp.ZERO);
    }

    public TableDefinition {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        uniqueKeys = List.copyOf(uniqueKeys);
        foreignKeys = List.copyOf(foreignKeys);
        checks = List.copyOf(checks);
        indexes = List.copyOf(indexes);
        mergeRules = List.copyOf(mergeRules);
        if (id < 0 || id > ID_MAX) {
            throw new IllegalArgumentException("table id " + id + " (expected: 0 to " + ID_MAX + ")");
        }
        if (columns.size() > COLUMNS_MAX) {
            throw new IllegalArgumentException(
                    "table " + name + " of " + columns.size() + " columns (expected: <= " + COLUMNS_MAX + ")");
        }
        int count = columns.size();
        checkOrdinals(name, primaryKey, count);
        uniqueKeys.forEach(key -> checkOrdinals(name, key.columns(), count));
        uniqueKeys.forEach(key -> checkIndex(name, key.index(), count));
        foreignKeys.forEach(key -> checkOrdinals(name, key.columns(), count));
        indexes.forEach(index -> checkIndex(name, index.columns(), count));
        checkRules(name, mergeRules, rulesStamp, count);
    }

    /** The same table under another id. */
    public TableDefinition withId(long otherId) {
        return new TableDefinition(
                otherId,
                schema,
                name,
                columns,
                primaryKey,
                uniqueKeys,
                foreignKeys,
                checks,
                indexes,
                mergeRules,
                rulesStamp);
    }

    /**
     * The same table under other merge rules, which are put in order.
     *
     * @param stamp the transaction that changed the rules; never older than the one before
     */
    public TableDefinition withRules(List<MergeRule> rules, Stamp stamp) {
        List<MergeRule> ordered = rules.stream()
                .sorted(Comparator.comparing(rule -> rule.columns().get(0)))
                .toList();
        return new TableDefinition(
                id, schema, name, columns, primaryKey, uniqueKeys, foreignKeys, checks, indexes, ordered, stamp);
    }

    private static void checkRules(String table, List<MergeRule> rules, Stamp stamp, int count) {
        if (!rules.isEmpty() && stamp.isZero()) {
            throw new IllegalArgumentException(
                    rules.size() + " merge rules of table " + table + " without a stamp (expected: who made them)");
        }
        BitSet ruled = new BitSet();
        int previous = -1;
        for (MergeRule rule : rules) {
            checkOrdinals(table, rule.columns(), count);
            int first = rule.columns().get(0);
            boolean free = rule.columns().stream().noneMatch(ruled::get);
            if (first <= previous || !free) {
                throw new IllegalArgumentException("merge rule on columns " + rule.columns() + " of table " + table
                        + " (expected: after column " + previous + ", no column with two rules)");
            }
            rule.columns().forEach(ruled::set);
            previous = first;
        }
    }

    private static void checkIndex(String table, List<IndexColumn> columns, int count) {
        checkOrdinals(table, columns.stream().map(IndexColumn::column).toList(), count);
    }

    private static void checkOrdinals(String table, List<Integer> ordinals, int count) {
        for (int ordinal : ordinals) {
            if (ordinal < 0 || ordinal >= count) {
                throw new IllegalArgumentException("column " + ordinal + " in a key or rule of table " + table
                        + " (expected: 0 to " + (count - 1) + ")");
            }
        }
    }
}

package io.blazedb.internal.schema;

import static java.util.Comparator.comparing;

import io.blazedb.sync.TableDefinition.Action;
import io.blazedb.sync.TableDefinition.Check;
import io.blazedb.sync.TableDefinition.ForeignKey;
import io.blazedb.sync.TableDefinition.Index;
import io.blazedb.sync.TableDefinition.IndexColumn;
import io.blazedb.sync.TableDefinition.Nulls;
import io.blazedb.sync.TableDefinition.UniqueKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.constraint.Constraint;
import org.h2.constraint.ConstraintActionType;
import org.h2.constraint.ConstraintCheck;
import org.h2.constraint.ConstraintDomain;
import org.h2.constraint.ConstraintReferential;
import org.h2.constraint.ConstraintUnique;
import org.h2.engine.NullsDistinct;
import org.h2.index.IndexType;
import org.h2.mvstore.db.MVTable;
import org.h2.result.SortOrder;
import org.h2.schema.Domain;
import org.h2.table.Column;
import org.jspecify.annotations.Nullable;

/** Reads what constrains a table, and its indexes, each kind in an order that only depends on what was declared. */
final class ConstraintReader {
    private final MVTable table;
    private final List<Constraint> constraints = new ArrayList<>();

    ConstraintReader(MVTable table) {
        this.table = table;
        for (Constraint constraint : SteadyCopy.of(table.getConstraints())) {
            // A parent lists the foreign keys of its children too.
            if (constraint.getTable().equals(table)) {
                constraints.add(constraint);
            }
        }
    }

    /** Unique constraints, and unique indexes that no constraint stands on: they refuse the same rows. */
    List<UniqueKey> uniqueKeys() {
        List<UniqueKey> keys = new ArrayList<>();
        for (Constraint constraint : constraints) {
            if (constraint instanceof ConstraintUnique unique
                    && constraint.getConstraintType() == Constraint.Type.UNIQUE) {
                keys.add(new UniqueKey(
                        Names.declared(unique.getName()),
                        ordinals(unique.getColumns()),
                        nulls(unique.getNullsDistinct())));
            }
        }
        for (org.h2.index.Index index : freeIndexes()) {
            if (index.getIndexType().isUnique()) {
                org.h2.table.IndexColumn[] key = Arrays.copyOf(index.getIndexColumns(), index.getUniqueColumnCount());
                keys.add(new UniqueKey(
                        Names.declared(index.getName()),
                        ordinals(key),
                        nulls(index.getIndexType().getNullsDistinct()),
                        directions(index.getIndexColumns())));
            }
        }
        keys.sort(comparing((UniqueKey key) -> key.columns().toString())
                .thenComparing(UniqueKey::nulls)
                .thenComparing(key -> key.index().toString())
                .thenComparing(UniqueKey::name));
        return keys;
    }

    List<ForeignKey> foreignKeys() {
        List<ForeignKey> keys = new ArrayList<>();
        for (Constraint constraint : constraints) {
            if (constraint instanceof ConstraintReferential reference) {
                keys.add(foreignKey(reference));
            }
        }
        keys.sort(comparing((ForeignKey key) -> key.columns().toString())
                .thenComparing(ForeignKey::parentSchema)
                .thenComparing(ForeignKey::parentTable)
                .thenComparing(key -> key.parentColumns().toString())
                .thenComparing(ForeignKey::name));
        return keys;
    }

    static ForeignKey foreignKey(ConstraintReferential reference) {
        return new ForeignKey(
                Names.declared(reference.getName()),
                ordinals(reference.getColumns()),
                reference.getRefTable().getSchema().getName(),
                reference.getRefTable().getName(),
                names(reference.getRefColumns()),
                action(reference.getDeleteAction()),
                action(reference.getUpdateAction()));
    }

    /** Checks of the table, and those of its columns' domains as checks of the column. */
    List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        for (Constraint constraint : constraints) {
            if (constraint instanceof ConstraintCheck check) {
                checks.add(new Check(Names.declared(check.getName()), TableReader.sql(check.getExpression())));
            }
        }
        for (Column column : table.getColumns()) {
            checks.addAll(domainChecks(column));
        }
        checks.sort(comparing(Check::conditionSql).thenComparing(Check::name));
        return checks;
    }

    /** What a column's domain, and the domains below that, demand of the column. */
    static List<Check> domainChecks(Column column) {
        List<Check> checks = new ArrayList<>();
        for (Domain domain = column.getDomain(); domain != null; domain = domain.getDomain()) {
            List<ConstraintDomain> conditions = domain.getConstraints();
            if (conditions == null) {
                continue;
            }
            for (ConstraintDomain condition : conditions) {
                String sql = TableReader.sql(condition.getExpression());
                checks.add(new Check("", SqlTokens.replaceWord(sql, "VALUE", Names.quoted(column.getName()))));
            }
        }
        return checks;
    }

    List<Index> indexes() {
        List<Index> indexes = new ArrayList<>();
        for (org.h2.index.Index index : freeIndexes()) {
            if (!index.getIndexType().isUnique()) {
                indexes.add(new Index(Names.declared(index.getName()), directions(index.getIndexColumns())));
            }
        }
        indexes.sort(comparing((Index index) -> index.columns().toString()).thenComparing(Index::name));
        return indexes;
    }

    /** Indexes that were created as such: not the rows themselves, not those behind keys. */
    private List<org.h2.index.Index> freeIndexes() {
        List<org.h2.index.Index> free = new ArrayList<>();
        for (org.h2.index.Index index : SteadyCopy.of(table.getIndexes())) {
            IndexType type = index.getIndexType();
            if (!type.isScan() && !type.isPrimaryKey() && !type.getBelongsToConstraint() && !isBehindKey(index)) {
                free.add(index);
            }
        }
        return free;
    }

    private boolean isBehindKey(org.h2.index.Index index) {
        for (Constraint constraint : constraints) {
            if (constraint.getConstraintType().isUnique() && constraint.usesIndex(index)) {
                return true;
            }
        }
        return false;
    }

    static List<Integer> ordinals(org.h2.table.IndexColumn[] columns) {
        return Arrays.stream(columns).map(column -> column.column.getColumnId()).toList();
    }

    private static List<String> names(org.h2.table.IndexColumn[] columns) {
        return Arrays.stream(columns).map(column -> column.column.getName()).toList();
    }

    private static List<IndexColumn> directions(org.h2.table.IndexColumn[] columns) {
        return Arrays.stream(columns)
                .map(column ->
                        new IndexColumn(column.column.getColumnId(), (column.sortType & SortOrder.DESCENDING) != 0))
                .toList();
    }

    private static Nulls nulls(@Nullable NullsDistinct kind) {
        if (kind == null) {
            return Nulls.DISTINCT;
        }
        return switch (kind) {
            case DISTINCT -> Nulls.DISTINCT;
            case ALL_DISTINCT -> Nulls.ALL_DISTINCT;
            case NOT_DISTINCT -> Nulls.NOT_DISTINCT;
        };
    }

    private static Action action(ConstraintActionType type) {
        return switch (type) {
            case NO_ACTION -> Action.NO_ACTION;
            case RESTRICT -> Action.RESTRICT;
            case CASCADE -> Action.CASCADE;
            case SET_DEFAULT -> Action.SET_DEFAULT;
            case SET_NULL -> Action.SET_NULL;
        };
    }
}

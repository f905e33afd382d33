package io.blazedb.internal.schema;

import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.MergeRule.Kind;
import io.blazedb.sync.TableDefinition;
import java.util.Optional;
import java.util.Set;

/** Which columns can have which merge rule. Stateless. */
public final class RuleLimits {
    private static final Set<String> EXACT =
            Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "NUMERIC", "DECIMAL", "DECFLOAT");
    private static final Set<String> ORDERED = Set.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "NUMERIC",
            "DECIMAL",
            "DECFLOAT",
            "REAL",
            "FLOAT",
            "DOUBLE PRECISION",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "TIMESTAMP WITH TIME ZONE");

    private RuleLimits() {}

    /** Why a column cannot have a rule of that kind, as what was found and what was expected; empty when it can. */
    public static Optional<String> against(TableDefinition table, int column, Kind kind) {
        ColumnDefinition declared = table.columns().get(column);
        if (declared.source() == ColumnDefinition.Source.GENERATED) {
            return Optional.of(declared.name() + " is computed from other columns (expected: one that is written)");
        }
        if (kind.groups()) {
            return Optional.empty();
        }
        if (table.primaryKey().contains(column)) {
            return Optional.of(declared.name() + " is in the primary key (expected: another column)");
        }
        if (!(kind == Kind.COUNTER ? EXACT : ORDERED).contains(typeName(declared.sqlType()))) {
            return Optional.of(declared.name() + " has the type " + declared.sqlType() + " (expected: "
                    + (kind == Kind.COUNTER
                            ? "TINYINT, SMALLINT, INTEGER, BIGINT, NUMERIC, DECIMAL or DECFLOAT"
                            : "a number, DATE, TIME or TIMESTAMP")
                    + ")");
        }
        return kind == Kind.COUNTER ? constraint(table, column) : Optional.empty();
    }

    /** What a sum that nobody wrote could break. */
    private static Optional<String> constraint(TableDefinition table, int column) {
        String name = table.columns().get(column).name();
        if (table.uniqueKeys().stream().anyMatch(key -> key.columns().contains(column))) {
            return Optional.of(name + " is in a unique key (expected: a counter without constraints)");
        }
        if (table.foreignKeys().stream().anyMatch(key -> key.columns().contains(column))) {
            return Optional.of(name + " is in a foreign key (expected: a counter without constraints)");
        }
        if (table.checks().stream().anyMatch(check -> check.conditionSql().contains('"' + name + '"'))) {
            return Optional.of(name + " is in a CHECK (expected: a counter without constraints)");
        }
        boolean computed = table.columns().stream()
                .anyMatch(other -> other.source() == ColumnDefinition.Source.GENERATED
                        && other.defaultSql().contains('"' + name + '"'));
        return computed
                ? Optional.of(name + " is used by a generated column (expected: a counter without constraints)")
                : Optional.empty();
    }

    private static String typeName(String sqlType) {
        return sqlType.replaceAll("\\([^)]*\\)", "").strip();
    }
}

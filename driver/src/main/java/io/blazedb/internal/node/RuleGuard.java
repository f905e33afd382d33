package io.blazedb.internal.node;

import io.blazedb.SqlState;
import io.blazedb.internal.capture.RowGuard;
import io.blazedb.sync.MergeRule;
import io.blazedb.sync.MergeRule.Kind;
import io.blazedb.sync.TableDefinition;
import java.util.List;
import org.h2.message.DbException;
import org.h2.result.Row;
import org.h2.value.CompareMode;
import org.h2.value.Value;
import org.h2.value.ValueNull;
import org.jspecify.annotations.Nullable;

/**
 * Refuses local writes that a merge rule would undo: less than the largest value, more than the smallest, no number in
 * a counter. Only within one life of a row: what is inserted begins anew. Immutable.
 */
final class RuleGuard implements RowGuard {
    private static final CompareMode BINARY = CompareMode.getInstance(null, 0);

    private final TableDefinition definition;
    private final List<MergeRule> rules;

    private RuleGuard(TableDefinition definition, List<MergeRule> rules) {
        this.definition = definition;
        this.rules = rules;
    }

    static RowGuard of(TableDefinition definition) {
        List<MergeRule> onValues = definition.mergeRules().stream()
                .filter(rule -> !rule.kind().groups())
                .toList();
        return onValues.isEmpty() ? RowGuard.NONE : new RuleGuard(definition, onValues);
    }

    @Override
    public void check(long number, @Nullable Row old, Row now) {
        boolean sameRow = old != null && !isMoved(old, now);
        for (MergeRule rule : rules) {
            int column = rule.columns().get(0);
            Value before = sameRow && old != null ? old.getValue(column) : ValueNull.INSTANCE;
            Value after = now.getValue(column);
            if (rule.kind() == Kind.COUNTER) {
                checkCounter(column, before, after);
            } else if (sameRow) {
                checkExtremum(rule.kind(), column, before, after);
            }
        }
    }

    private boolean isMoved(Row old, Row now) {
        return definition.primaryKey().stream()
                .anyMatch(column -> !old.getValue(column).equals(now.getValue(column)));
    }

    @SuppressWarnings("ReferenceEquality") // H2 has one NULL
    private void checkCounter(int column, Value before, Value after) {
        if (after == ValueNull.INSTANCE && before != ValueNull.INSTANCE) {
            throw refused(Kind.COUNTER, column, before, after, "set it to 0 instead");
        }
        if (after != ValueNull.INSTANCE && !ColumnValues.isCountable(after)) {
            throw refused(Kind.COUNTER, column, before, after, "write a finite number");
        }
    }

    @SuppressWarnings("ReferenceEquality") // H2 has one NULL
    private void checkExtremum(Kind kind, int column, Value before, Value after) {
        if (before == ValueNull.INSTANCE) {
            return;
        }
        int comparison = after == ValueNull.INSTANCE ? 0 : after.compareTo(before, null, BINARY);
        boolean undone = after == ValueNull.INSTANCE || (kind == Kind.MAX ? comparison < 0 : comparison > 0);
        if (undone) {
            throw refused(
                    kind,
                    column,
                    before,
                    after,
                    "write a " + (kind == Kind.MAX ? "larger" : "smaller")
                            + " value, or delete the row and insert it again");
        }
    }

    private DbException refused(Kind kind, int column, Value before, Value after, String remedy) {
        String name = definition.schema() + "." + definition.name() + "."
                + definition.columns().get(column).name();
        return DbException.convert(
                SqlState.MERGE.error("Column " + name + " has the merge rule " + kind + ": it was " + text(before)
                        + ", and " + text(after) + " would not hold. Remedy: " + remedy
                        + ", or drop the rule. The transaction was rolled back."));
    }

    private static String text(Value value) {
        return value.getTraceSQL();
    }
}

package io.blazedb.internal.schema;

import io.blazedb.sync.TableDefinition;
import java.util.Optional;
import java.util.TreeSet;
import org.h2.expression.Expression;
import org.h2.mvstore.db.MVTable;
import org.h2.schema.Sequence;
import org.h2.table.Column;
import org.h2.util.HasSQL;
import org.h2.value.Value;

/**
 * Finds keys that two databases would give to different rows: columns of a primary or unique key whose numbers come
 * from a sequence that has no room for a slot to each database. Stateless; the caller keeps the table from being
 * altered meanwhile.
 */
public final class NumberedKeys {
    private NumberedKeys() {}

    /** A column that stands against syncing its table: what it is, and how to change it. */
    public record Obstacle(String table, String column, String found, String remedy) {
        /** The reason, in the words of a view. */
        public String reason() {
            return "column " + Names.quoted(column) + " of a key is numbered with " + found
                    + ", so two databases would give different rows the same key. Remedy: " + remedy;
        }

        /** The reason, with the table. */
        public String describe() {
            return "Table " + table + " cannot be synced: " + reason();
        }
    }

    /** The first such column of a table. */
    public static Optional<Obstacle> obstacle(MVTable table, TableDefinition definition) {
        TreeSet<Integer> columns = new TreeSet<>(definition.primaryKey());
        definition.uniqueKeys().forEach(key -> columns.addAll(key.columns()));
        return columns.stream()
                .map(ordinal -> obstacle(definition, table.getColumn(ordinal)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Obstacle> obstacle(TableDefinition table, Column column) {
        Sequence sequence = column.getSequence();
        if (sequence == null && !drawsFromSequence(column)) {
            return Optional.empty();
        }
        String alter = "ALTER TABLE " + Names.quoted(table) + " ALTER COLUMN " + Names.quoted(column.getName());
        boolean up = sequence == null || sequence.getIncrement() > 0;
        String unlimited = alter + (up ? " SET NO MAXVALUE" : " SET NO MINVALUE");
        if (isNarrow(column)) {
            // The limits of an identity stay those of the narrow type.
            String widened = alter + " SET DATA TYPE BIGINT" + (sequence == null ? "" : "; " + unlimited);
            String type = column.getType().getTraceSQL();
            return Optional.of(new Obstacle(Names.quoted(table), column.getName(), type, widened));
        }
        if (sequence == null) {
            return Optional.empty();
        }
        if (sequence.getCycle() == Sequence.Cycle.CYCLE) {
            return Optional.of(new Obstacle(Names.quoted(table), column.getName(), "CYCLE", alter + " SET NO CYCLE"));
        }
        if (NumberRange.reach(sequence) < NumberRange.REACH_MIN) {
            String limit = up ? "MAXVALUE " + sequence.getMaxValue() : "MINVALUE " + sequence.getMinValue();
            return Optional.of(new Obstacle(Names.quoted(table), column.getName(), limit, unlimited));
        }
        return Optional.empty();
    }

    private static boolean isNarrow(Column column) {
        return switch (column.getType().getValueType()) {
            case Value.TINYINT, Value.SMALLINT, Value.INTEGER -> true;
            default -> false;
        };
    }

    private static boolean drawsFromSequence(Column column) {
        Expression value = column.getEffectiveDefaultExpression();
        return value != null && value.getSQL(HasSQL.DEFAULT_SQL_FLAGS).startsWith("NEXT VALUE FOR ");
    }
}

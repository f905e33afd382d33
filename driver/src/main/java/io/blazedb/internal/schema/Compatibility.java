package io.blazedb.internal.schema;

import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.ColumnDefinition.Source;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.TableDefinition.UniqueKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.h2.engine.Database;
import org.h2.engine.DbSettings;
import org.h2.value.CompareMode;

/** Whether two tables of one name, and two databases, can be kept in sync. Pure: for any thread. */
public final class Compatibility {
    private Compatibility() {}

    /**
     * Compares two definitions of a table. Answers the same whichever side asks, but for the words.
     *
     * @return the first difference that widening and adding cannot overcome
     */
    public static Optional<Difference> check(TableDefinition ours, TableDefinition theirs) {
        Optional<Difference> key = checkPrimaryKey(ours, theirs);
        if (key.isPresent()) {
            return key;
        }
        Map<String, ColumnDefinition> theirColumns = byName(theirs);
        Set<String> keyColumns = keyColumns(ours);
        keyColumns.addAll(keyColumns(theirs));
        for (ColumnDefinition column : ours.columns()) {
            ColumnDefinition other = theirColumns.remove(column.name());
            Optional<Difference> difference = other == null
                    ? checkOptional(ours, column, true)
                    : checkColumn(ours, column, other, keyColumns.contains(column.name()));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return theirs.columns().stream()
                .filter(column -> theirColumns.containsKey(column.name()))
                .flatMap(column -> checkOptional(ours, column, false).stream())
                .findFirst();
    }

    private static Optional<Difference> checkPrimaryKey(TableDefinition ours, TableDefinition theirs) {
        List<String> ourKey = Names.columns(ours, ours.primaryKey());
        List<String> theirKey = Names.columns(theirs, theirs.primaryKey());
        if (ourKey.equals(theirKey)) {
            return Optional.empty();
        }
        return Optional.of(Difference.ofTable(
                ours,
                "primary key",
                keyText(ourKey),
                keyText(theirKey),
                "Give the table the same primary key on both sides, its columns in the same order"));
    }

    private static String keyText(List<String> columns) {
        return columns.isEmpty() ? "none" : Names.quotedList(columns);
    }

    private static Optional<Difference> checkColumn(
            TableDefinition table, ColumnDefinition ours, ColumnDefinition theirs, boolean inKey) {
        DeclaredType ourType = new DeclaredType(ours.sqlType());
        DeclaredType theirType = new DeclaredType(theirs.sqlType());
        boolean fits = inKey ? ourType.isKeyCompatibleWith(theirType) : ourType.isComparableWith(theirType);
        if (!fits) {
            return Optional.of(Difference.ofColumn(
                    table,
                    ours.name(),
                    inKey ? "type of a key column" : "type",
                    ours.sqlType(),
                    theirs.sqlType(),
                    "Change the type on one side to that of the other"));
        }
        if (!generation(ours).equals(generation(theirs))) {
            return Optional.of(Difference.ofColumn(
                    table,
                    ours.name(),
                    "generation",
                    generation(ours),
                    generation(theirs),
                    "Generate the column by the same expression on both sides, or on none"));
        }
        return Optional.empty();
    }

    private static String generation(ColumnDefinition column) {
        return column.source() == Source.GENERATED
                ? "generated as " + Signatures.withoutCasts(column.defaultSql())
                : "not generated";
    }

    /** A row of the side without the column must be storable on the side with it. */
    private static Optional<Difference> checkOptional(
            TableDefinition table, ColumnDefinition column, boolean oursOnly) {
        boolean needed = !column.nullable()
                && column.source() == Source.WRITTEN
                && column.defaultSql().isEmpty();
        if (!needed) {
            return Optional.empty();
        }
        String type = column.sqlType() + " NOT NULL";
        return Optional.of(Difference.ofColumn(
                table,
                column.name(),
                "column without a default",
                oursOnly ? type : "absent",
                oursOnly ? "absent" : type,
                "Add the column to the other side, or give it a default, or allow NULL"));
    }

    private static Map<String, ColumnDefinition> byName(TableDefinition table) {
        Map<String, ColumnDefinition> columns = new HashMap<>();
        table.columns().forEach(column -> columns.put(column.name(), column));
        return columns;
    }

    private static Set<String> keyColumns(TableDefinition table) {
        Set<String> names = new HashSet<>(Names.columns(table, table.primaryKey()));
        for (UniqueKey key : table.uniqueKeys()) {
            names.addAll(Names.columns(table, key.columns()));
        }
        return names;
    }

    /** Compares what decides how two databases read names and compare values; each has its own lifetime setting. */
    public static Optional<Difference> checkSettings(Database ours, Database theirs) {
        DbSettings ourSettings = ours.getSettings();
        DbSettings theirSettings = theirs.getSettings();
        return differing("MODE", ours.getMode().getName(), theirs.getMode().getName())
                .or(() -> differing("COLLATION", collation(ours), collation(theirs)))
                .or(() -> differing("IGNORECASE", ours.getIgnoreCase(), theirs.getIgnoreCase()))
                .or(() -> differing("DATABASE_TO_UPPER", ourSettings.databaseToUpper, theirSettings.databaseToUpper))
                .or(() -> differing("DATABASE_TO_LOWER", ourSettings.databaseToLower, theirSettings.databaseToLower))
                .or(() -> differing(
                        "CASE_INSENSITIVE_IDENTIFIERS",
                        ourSettings.caseInsensitiveIdentifiers,
                        theirSettings.caseInsensitiveIdentifiers));
    }

    private static Optional<Difference> differing(String setting, Object ours, Object theirs) {
        return Objects.equals(ours, theirs)
                ? Optional.empty()
                : Optional.of(Difference.ofSetting(setting, ours, theirs));
    }

    private static String collation(Database database) {
        CompareMode mode = database.getCompareMode();
        return mode.getName().equals(CompareMode.OFF)
                ? CompareMode.OFF
                : mode.getName() + " STRENGTH " + mode.getStrength();
    }
}

package io.blazedb.internal.schema;

import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.TableDefinition;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What makes two columns, or two tables, of one name the same to a merge. Both answers are equivalences that survive
 * every addition and every widening, so each node finds them from one definition alone, in whatever order definitions
 * come. Pure: for any thread.
 */
public final class Sameness {
    /** A column that its table computes: no values of it are sent, and none can be stored. */
    private static final String GENERATED = "generated";

    private static final String IGNORING_CASE = "VARCHAR_IGNORECASE";

    private Sameness() {}

    /** The kind of a column: columns of one name and one kind have values that either can hold, when widened. */
    public static String ofColumn(ColumnDefinition column) {
        return column.source() == ColumnDefinition.Source.GENERATED
                ? GENERATED
                : new DeclaredType(column.sqlType()).kind();
    }

    /** The kind of a table's key: rows of tables of one name and one kind of key have comparable row keys. */
    public static String ofKey(TableDefinition table) {
        return table.primaryKey().stream()
                .map(table.columns()::get)
                .map(column -> Names.quoted(column.name()) + " " + kindInKey(column))
                .collect(Collectors.joining(", "));
    }

    /** Texts are compared with or without case: then other rows are equal. */
    private static String kindInKey(ColumnDefinition column) {
        String type = column.sqlType().toUpperCase(Locale.ROOT);
        return type.startsWith(IGNORING_CASE) ? IGNORING_CASE : new DeclaredType(column.sqlType()).kind();
    }

    /** A definition in words, for people who have to compare two. */
    public static String text(TableDefinition table) {
        String columns = table.columns().stream()
                .map(column -> Names.quoted(column.name()) + " " + column.sqlType()
                        + (column.source() == ColumnDefinition.Source.GENERATED
                                ? " GENERATED ALWAYS AS (" + column.defaultSql() + ")"
                                : column.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", "));
        List<Integer> ordinals = table.primaryKey();
        return Names.quoted(table) + "(" + columns
                + (ordinals.isEmpty() ? "" : ", PRIMARY KEY " + Names.quotedList(Names.columns(table, ordinals)))
                + ")";
    }
}

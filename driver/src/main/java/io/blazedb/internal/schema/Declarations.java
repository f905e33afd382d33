package io.blazedb.internal.schema;

import io.blazedb.SqlState;
import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.ColumnDefinition.Source;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.TableDefinition.Check;
import io.blazedb.sync.TableDefinition.ForeignKey;
import io.blazedb.sync.TableDefinition.Index;
import io.blazedb.sync.TableDefinition.IndexColumn;
import io.blazedb.sync.TableDefinition.UniqueKey;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The parts of a definition as SQL, each checked. For the thread of the session behind the {@link PeerSql}. */
final class Declarations {
    private final PeerSql peerSql;

    Declarations(PeerSql peerSql) {
        this.peerSql = peerSql;
    }

    /** A column as it stands in CREATE TABLE and after ADD COLUMN. */
    String column(TableDefinition table, int ordinal) throws SQLException {
        ColumnDefinition column = table.columns().get(ordinal);
        StringBuilder sql = new StringBuilder(Names.quoted(column.name()));
        sql.append(' ').append(type(table, column)).append(origin(table, column));
        return sql.append(column.nullable() ? "" : " NOT NULL").toString();
    }

    /** A nullable column that starts as NULL in the rows that are there. */
    String columnWithoutDefault(TableDefinition table, int ordinal) throws SQLException {
        ColumnDefinition column = table.columns().get(ordinal);
        return Names.quoted(column.name()) + " " + type(table, column);
    }

    private String type(TableDefinition table, ColumnDefinition column) throws SQLException {
        String what = "The type of column " + Names.quoted(column.name()) + " of table " + Names.quoted(table);
        peerSql.type(what, column.sqlType());
        return column.sqlType();
    }

    private String origin(TableDefinition table, ColumnDefinition column) throws SQLException {
        return switch (column.source()) {
            case WRITTEN -> column.defaultSql().isEmpty() ? "" : " DEFAULT (" + defaultSql(table, column) + ")";
            case GENERATED -> " GENERATED ALWAYS AS (" + defaultSql(table, column) + ")";
            case IDENTITY_ALWAYS, IDENTITY_BY_DEFAULT -> identity(table, column);
        };
    }

    /** The default or generating expression, as H2 prints it. */
    String defaultSql(TableDefinition table, ColumnDefinition column) throws SQLException {
        return peerSql.expression(defaultOf(table, column), column.defaultSql());
    }

    boolean hasConstantDefault(TableDefinition table, ColumnDefinition column) throws SQLException {
        return !column.defaultSql().isEmpty() && peerSql.isConstant(defaultOf(table, column), column.defaultSql());
    }

    private static String defaultOf(TableDefinition table, ColumnDefinition column) {
        return "The default of column " + Names.quoted(column.name()) + " of table " + Names.quoted(table);
    }

    private static String identity(TableDefinition table, ColumnDefinition column) throws SQLException {
        IdentityOptions options = IdentityOptions.parse(column.defaultSql())
                .orElseThrow(() -> SqlState.SCHEMA_DIFFERS.error("Identity column " + Names.quoted(column.name())
                        + " of table " + Names.quoted(table) + " is numbered by \"" + column.defaultSql()
                        + "\"; expected: START WITH n INCREMENT BY n. Update BlazeDB on the peer"));
        String kind = column.source() == Source.IDENTITY_ALWAYS ? "ALWAYS" : "BY DEFAULT";
        return " GENERATED " + kind + " AS IDENTITY (START WITH " + options.start() + " INCREMENT BY "
                + options.increment() + ")";
    }

    Addition addUniqueKey(TableDefinition table, UniqueKey key) {
        String nulls = switch (key.nulls()) {
            case DISTINCT -> "NULLS DISTINCT";
            case ALL_DISTINCT -> "NULLS ALL DISTINCT";
            case NOT_DISTINCT -> "NULLS NOT DISTINCT";
        };
        String statement = key.index().isEmpty()
                ? addConstraint(table, key.name()) + "UNIQUE " + nulls + " "
                        + Names.quotedList(Names.columns(table, key.columns()))
                : createUniqueIndex(table, key, nulls);
        return new Addition(statement, Violators.of(table, key), null);
    }

    private String createUniqueIndex(TableDefinition table, UniqueKey key, String nulls) {
        int unique = key.columns().size();
        List<IndexColumn> beside = key.index().subList(unique, key.index().size());
        return "CREATE UNIQUE " + nulls + " INDEX " + named(table, key.name()) + "ON " + Names.quoted(table) + " "
                + columnList(table, key.index().subList(0, unique))
                + (beside.isEmpty() ? "" : " INCLUDE " + columnList(table, beside));
    }

    Addition addCheck(TableDefinition table, Check check) throws SQLException {
        String what = "The check " + Names.quoted(check.name()) + " of table " + Names.quoted(table);
        String condition = peerSql.expression(what, check.conditionSql());
        return new Addition(
                addConstraint(table, check.name()) + "CHECK (" + condition + ")",
                Violators.ofCheck(table, condition),
                null);
    }

    Addition addForeignKey(TableDefinition table, ForeignKey key) {
        return new Addition(
                addConstraint(table, key.name()) + foreignKey(table, key),
                Violators.of(table, key),
                new Addition.Parent(key.parentSchema(), key.parentTable()));
    }

    /** Under the very name of the key, which must be free by then. */
    String foreignKeyAs(TableDefinition table, ForeignKey key) {
        String name = key.name().isEmpty() ? "" : "CONSTRAINT " + Names.quoted(table.schema(), key.name()) + " ";
        return "ALTER TABLE " + Names.quoted(table) + " ADD " + name + foreignKey(table, key);
    }

    private static String foreignKey(TableDefinition table, ForeignKey key) {
        return "FOREIGN KEY " + Names.quotedList(Names.columns(table, key.columns())) + " REFERENCES "
                + Names.quoted(key.parentSchema(), key.parentTable()) + " " + Names.quotedList(key.parentColumns())
                + " ON DELETE " + action(key.onDelete()) + " ON UPDATE " + action(key.onUpdate());
    }

    private static String action(TableDefinition.Action action) {
        return switch (action) {
            case RESTRICT -> "RESTRICT";
            case NO_ACTION -> "NO ACTION";
            case CASCADE -> "CASCADE";
            case SET_NULL -> "SET NULL";
            case SET_DEFAULT -> "SET DEFAULT";
        };
    }

    /** An index on one GEOMETRY column is a spatial one, since a sorted one would be of no use there. */
    String createIndex(TableDefinition table, Index index) {
        return (isSpatial(table, index) ? "CREATE SPATIAL INDEX " : "CREATE INDEX ") + named(table, index.name())
                + "ON " + Names.quoted(table) + " " + columnList(table, index.columns());
    }

    private static String columnList(TableDefinition table, List<IndexColumn> columns) {
        return columns.stream()
                .map(column -> Names.quoted(table.columns().get(column.column()).name())
                        + (column.descending() ? " DESC" : ""))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private String named(TableDefinition table, String name) {
        String free = freeName(table, name);
        return free.isEmpty() ? "" : free + " ";
    }

    private static boolean isSpatial(TableDefinition table, Index index) {
        return index.columns().size() == 1
                && table.columns()
                        .get(index.columns().get(0).column())
                        .sqlType()
                        .startsWith("GEOMETRY");
    }

    private String addConstraint(TableDefinition table, String name) {
        String free = freeName(table, name);
        return "ALTER TABLE " + Names.quoted(table) + " ADD " + (free.isEmpty() ? "" : "CONSTRAINT " + free + " ");
    }

    /** Names are those of a whole schema; when a table that only we have took one, H2 makes up another. */
    private String freeName(TableDefinition table, String name) {
        boolean usable = !name.isEmpty() && !peerSql.isTaken(table.schema(), name);
        return usable ? Names.quoted(table.schema(), name) : "";
    }
}

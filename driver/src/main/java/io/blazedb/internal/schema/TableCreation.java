package io.blazedb.internal.schema;

import io.blazedb.SqlState;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.TableDefinition.ForeignKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.engine.SessionLocal;

/**
 * The statements that create a peer's table here. They are built from the definition's fields: names are quoted, types
 * and expressions are those that H2 parsed, so that a peer can declare a table and do nothing else.
 *
 * <p>Parses with the session that it was given, so it serves the thread of that session only. Runs nothing.
 */
public final class TableCreation {
    private final Declarations declarations;

    public TableCreation(SessionLocal session) {
        declarations = new Declarations(new PeerSql(session));
    }

    /**
     * Schema, table with its primary key, unique keys, checks and indexes, in the order in which they can run.
     *
     * @throws SQLException {@link SqlState#SCHEMA_DIFFERS} when the definition cannot or must not be created
     */
    public List<String> statements(TableDefinition table) throws SQLException {
        refuseUncreatable(table);
        List<String> statements = new ArrayList<>();
        statements.add("CREATE SCHEMA IF NOT EXISTS " + Names.quoted(table.schema()));
        statements.add(createTable(table));
        for (TableDefinition.UniqueKey key : table.uniqueKeys()) {
            statements.add(declarations.addUniqueKey(table, key).statement());
        }
        for (TableDefinition.Check check : table.checks()) {
            statements.add(declarations.addCheck(table, check).statement());
        }
        for (TableDefinition.Index index : table.indexes()) {
            statements.add(declarations.createIndex(table, index));
        }
        return statements;
    }

    /** The foreign keys, which can be added once the tables they refer to exist. */
    public List<String> foreignKeys(TableDefinition table) throws SQLException {
        refuseUncreatable(table);
        List<String> statements = new ArrayList<>();
        for (ForeignKey key : table.foreignKeys()) {
            statements.add(declarations.addForeignKey(table, key).statement());
        }
        return statements;
    }

    private String createTable(TableDefinition table) throws SQLException {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            parts.add(declarations.column(table, i));
        }
        if (!table.primaryKey().isEmpty()) {
            parts.add("PRIMARY KEY " + Names.quotedList(Names.columns(table, table.primaryKey())));
        }
        return "CREATE TABLE " + Names.quoted(table) + " (" + String.join(", ", parts) + ")";
    }

    private static void refuseUncreatable(TableDefinition table) throws SQLException {
        if (Names.isReservedSchema(table.schema())) {
            throw SqlState.SCHEMA_DIFFERS.error("A peer declares table " + Names.quoted(table)
                    + "; expected: a table outside the schemas of the database itself. Move the table on the peer");
        }
        if (table.columns().isEmpty()) {
            throw SqlState.SCHEMA_DIFFERS.error("A peer declares table " + Names.quoted(table)
                    + " without columns; expected: at least one. Add a column on the peer");
        }
    }
}

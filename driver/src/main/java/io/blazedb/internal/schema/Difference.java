package io.blazedb.internal.schema;

import io.blazedb.SqlState;
import io.blazedb.sync.TableDefinition;
import java.sql.SQLException;

/**
 * Why two databases cannot be synced as they stand.
 *
 * @param table the quoted name of the table; empty when a setting of the database differs
 * @param column the column's name; empty when it is not about one column
 * @param subject what differs
 * @param ours what it is here
 * @param theirs what it is at the peer
 * @param remedy what can be done, as a sentence
 */
public record Difference(String table, String column, String subject, String ours, String theirs, String remedy) {
    static Difference ofSetting(String setting, Object ours, Object theirs) {
        return new Difference(
                "",
                "",
                "setting " + setting,
                ours.toString(),
                theirs.toString(),
                "Open both databases with the same " + setting);
    }

    static Difference ofTable(TableDefinition table, String subject, String ours, String theirs, String remedy) {
        return new Difference(Names.quoted(table), "", subject, ours, theirs, remedy);
    }

    static Difference ofColumn(
            TableDefinition table, String column, String subject, String ours, String theirs, String remedy) {
        return new Difference(Names.quoted(table), column, subject, ours, theirs, remedy);
    }

    /** Where, what, both sides and the remedy, in one line. */
    public String describe() {
        String where = (table.isEmpty() ? "" : "table " + table + ", ")
                + (column.isEmpty() ? "" : "column " + Names.quoted(column) + ", ");
        return where + subject + ": " + ours + " here, " + theirs + " at the peer. " + remedy;
    }

    /** The difference as an error of state {@link SqlState#SCHEMA_DIFFERS}. */
    public SQLException toError() {
        return SqlState.SCHEMA_DIFFERS.error("The schemas differ in " + describe());
    }
}

package io.blazedb.internal.link;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.TableStatus;
import io.blazedb.internal.node.Tables;
import io.blazedb.sync.ColumnDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Says what of a node's tables is not synced, and why. Safe for use by several threads. */
public final class TableLimits {
    private final Tables tables;
    private final Schemas schemas;

    TableLimits(Tables tables, Schemas schemas) {
        this.tables = tables;
        this.schemas = schemas;
    }

    /** What of a table is not synced, and why; empty when all of it is. */
    public String of(String schema, String name) {
        List<String> limits = new ArrayList<>();
        List<String> missing = missing(schema, name);
        if (!missing.isEmpty()) {
            limits.add("not here, and what peers write to it waits in BLAZE.BZ_STASH: " + String.join(", ", missing));
        }
        String refusal = schemas.refusal(schema, name);
        if (refusal != null) {
            limits.add("a peer has declared what cannot be here: " + refusal);
        }
        return String.join("; ", limits);
    }

    /** The tables that peers have and this node has not. */
    public List<TableStatus> absent() {
        List<TableStatus> absent = new ArrayList<>();
        for (SyncedTable table : tables.all()) {
            SyncedTable current = tables.byName(table.schema(), table.name());
            if (table.equals(current) && table.layout() == null && isAbsent(table)) {
                absent.add(new TableStatus(
                        table.schema(), table.name(), false, false, of(table.schema(), table.name()), 0, ""));
            }
        }
        return absent;
    }

    /** What peers have of a table that is not here, each in words: another key, columns. Their values wait. */
    private List<String> missing(String schema, String name) {
        SyncedTable here = tables.byName(schema, name);
        SyncedTable.Layout layout = here == null ? null : here.layout();
        Set<String> missing = new TreeSet<>();
        for (Tables.Described peer : tables.peers(schema, name)) {
            if (layout == null || here == null) {
                missing.add("the table");
            } else if (!peer.table().equals(here)) {
                missing.add("primary key " + keyOf(peer.table()) + " in place of " + keyOf(here));
            } else {
                peer.definition().columns().stream()
                        .filter(column -> column.source() != ColumnDefinition.Source.GENERATED)
                        .filter(column -> layout.ordinalOf(here.columnNumber(SyncedTable.ColumnName.of(column))) < 0)
                        .forEach(column -> missing.add("column \"" + column.name() + "\" " + column.sqlType()));
            }
        }
        return List.copyOf(missing);
    }

    private static String keyOf(SyncedTable table) {
        return table.keyKind().isEmpty() ? "none" : table.keyKind();
    }

    private boolean isAbsent(SyncedTable table) {
        return !missing(table.schema(), table.name()).isEmpty() && !schemas.exists(table);
    }
}

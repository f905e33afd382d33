package io.blazedb.internal.link;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.TableStatus;
import io.blazedb.internal.node.Tables;
import java.util.ArrayList;
import java.util.List;

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
        List<String> missing = tables.missing(schema, name);
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

    private boolean isAbsent(SyncedTable table) {
        return !tables.missing(table.schema(), table.name()).isEmpty() && !schemas.exists(table);
    }
}

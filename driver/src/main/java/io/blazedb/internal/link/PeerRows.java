package io.blazedb.internal.link;

import io.blazedb.internal.apply.StateRow;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.ChangeSetCodec;
import io.blazedb.sync.internal.wire.MalformedException;
import io.blazedb.sync.internal.wire.OriginList;
import io.blazedb.sync.internal.wire.RowStateCodec;
import io.blazedb.sync.internal.wire.TableDefinitionCodec;
import io.blazedb.sync.internal.wire.VectorCodec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of tables, rows and items, with the numbers of the node that sends them. Stateless. */
final class PeerRows {
    private static final int NAME_BYTES_MAX = 1 << 10;
    private static final int TEXT_BYTES_MAX = 1 << 16;

    /** Items by their codes. */
    private static final int DEFINITION = 1;

    private static final int CHANGES = 2;
    private static final int ROWS = 3;
    private static final int FILLED = 4;
    private static final int CONTAINED = 5;
    private static final int AUTHOR = 6;

    private PeerRows() {}

    static void writeTable(ByteWriter out, PeerTable table) {
        SyncedTable numbered = table.table();
        out.varint(numbered.number()).string(numbered.schema()).string(numbered.name());
        out.string(numbered.keyKind()).varint(numbered.floor());
        int columns = numbered.columnCount();
        out.varint(columns);
        for (int i = 0; i < columns; i++) {
            out.string(numbered.column(i).name()).string(numbered.column(i).kind());
        }
        out.u8(table.definition() == null ? 0 : 1);
        if (table.definition() != null) {
            TableDefinitionCodec.write(out, table.definition());
        }
    }

    static PeerTable readTable(ByteReader in) throws MalformedException {
        int number = (int) in.varint(Integer.MAX_VALUE, "number of a table");
        String schema = in.string(NAME_BYTES_MAX, "schema");
        String name = in.string(NAME_BYTES_MAX, "table");
        String keyKind = in.string(TEXT_BYTES_MAX, "kind of a key");
        long floor = in.varint("floor");
        List<SyncedTable.ColumnName> columns = PeerValues.readAll(
                in,
                2,
                from -> new SyncedTable.ColumnName(
                        from.string(NAME_BYTES_MAX, "column"), from.string(TEXT_BYTES_MAX, "kind of a column")));
        TableDefinition definition = in.u8("definition") == 0 ? null : TableDefinitionCodec.read(in);
        return new PeerTable(SyncedTable.of(number, schema, name, keyKind, columns, floor), definition);
    }

    /** Rows of one table or of several. */
    static void writeRows(ByteWriter out, List<StateRow> rows) {
        OriginList origins = new OriginList();
        RowStateCodec states = new RowStateCodec(origins);
        ByteWriter content = new ByteWriter();
        for (StateRow row : rows) {
            content.varint(row.table().number()).bytes(row.key());
            states.write(content, row.state());
            RowValues values = row.state().alive() ? row.values() : RowValues.NONE;
            content.varint(values.size());
            for (int i = 0; i < values.size(); i++) {
                content.bytes(values.value(i));
            }
        }
        origins.write(out);
        out.varint(rows.size()).raw(content.toByteArray());
    }

    /** Says how rows of a table are put, by its number; null: leave them out. */
    interface Copies {
        @Nullable
        RowCopy of(int table);
    }

    static List<StateRow> readRows(ByteReader in, Copies copies) throws MalformedException {
        RowStateCodec states = new RowStateCodec(OriginList.read(in));
        int count = in.count(4, Integer.MAX_VALUE, "rows");
        List<StateRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int table = (int) in.varint(Integer.MAX_VALUE, "number of a table");
            byte[] key = in.bytes(RowChange.KEY_BYTES_MAX, "row key");
            RowState state = states.read(in);
            byte[][] values = new byte[in.count(1, TableDefinition.COLUMNS_MAX, "values")][];
            for (int column = 0; column < values.length; column++) {
                values[column] = in.bytes(Integer.MAX_VALUE, "value");
            }
            RowCopy copy = copies.of(table);
            if (copy != null) {
                rows.add(copy.copy(key, state, state.alive() ? RowValues.of(values) : null));
            }
        }
        return rows;
    }

    static void writeKeys(ByteWriter out, List<byte[]> keys) {
        PeerValues.writeAll(out, keys, ByteWriter::bytes);
    }

    static List<byte[]> readKeys(ByteReader in) throws MalformedException {
        return PeerValues.readAll(in, 1, from -> from.bytes(RowChange.KEY_BYTES_MAX, "row key"));
    }

    static void writeNames(ByteWriter out, List<Item.RowName> names) {
        PeerValues.writeAll(out, names, (to, name) -> to.varint(name.table()).bytes(name.key()));
    }

    static List<Item.RowName> readNames(ByteReader in) throws MalformedException {
        return PeerValues.readAll(
                in,
                2,
                from -> new Item.RowName(
                        (int) from.varint(Integer.MAX_VALUE, "number of a table"),
                        from.bytes(RowChange.KEY_BYTES_MAX, "row key")));
    }

    static void writeItem(ByteWriter out, Item item) {
        if (item instanceof Item.Definition definition) {
            out.u8(DEFINITION);
            PeerValues.writeOrigin(out, definition.origin());
            TableDefinitionCodec.write(out, definition.table());
        } else if (item instanceof Item.Changes changes) {
            ChangeSetCodec.write(out.u8(CHANGES), changes.changeSet());
        } else if (item instanceof Item.Rows rows) {
            writeNames(out.u8(ROWS), rows.rows());
        } else if (item instanceof Item.Filled filled) {
            out.u8(FILLED).varint(filled.table());
        } else if (item instanceof Item.Contained contained) {
            VectorCodec.write(out.u8(CONTAINED), contained.vector());
        } else {
            out.u8(AUTHOR);
        }
    }

    static Item readItem(ByteReader in) throws MalformedException {
        int code = in.u8("item");
        return switch (code) {
            case DEFINITION -> new Item.Definition(PeerValues.readOrigin(in), TableDefinitionCodec.read(in));
            case CHANGES -> new Item.Changes(ChangeSetCodec.read(in));
            case ROWS -> new Item.Rows(readNames(in));
            case FILLED -> new Item.Filled((int) in.varint(Integer.MAX_VALUE, "number of a table"));
            case CONTAINED -> new Item.Contained(VectorCodec.read(in));
            case AUTHOR -> new Item.Author();
            default -> throw new MalformedException("item " + code + " (expected: 1 to 6)");
        };
    }
}

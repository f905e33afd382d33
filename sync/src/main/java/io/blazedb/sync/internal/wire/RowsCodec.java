package io.blazedb.sync.internal.wire;

import io.blazedb.sync.RowChange;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.internal.merge.ColumnVersion;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import io.blazedb.sync.internal.session.Message;
import io.blazedb.sync.internal.session.StateRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows with their states, for another node: the origins that they name, then each row as {@link RowStateCodec} writes
 * it with these origins' numbers.
 */
final class RowsCodec {
    private static final int NAME_BYTES_MAX = 1 << 10;

    /** Key length, a state, number of values. */
    private static final int ROW_BYTES_MIN = 5;

    private RowsCodec() {}

    static void write(ByteWriter out, Message.Rows message) {
        out.string(message.schema()).string(message.table());
        out.varint(message.columns().size());
        message.columns().forEach(out::string);
        OriginList origins = new OriginList();
        RowStateCodec states = new RowStateCodec(origins);
        ByteWriter rows = new ByteWriter();
        for (StateRow row : message.rows()) {
            rows.bytes(row.key());
            states.write(rows, row.state());
            rows.varint(row.values().size());
            for (int i = 0; i < row.values().size(); i++) {
                rows.bytes(row.values().value(i));
            }
        }
        origins.write(out);
        out.varint(message.rows().size()).raw(rows.toByteArray());
    }

    static Message.Rows read(ByteReader in) throws MalformedException {
        String schema = in.string(NAME_BYTES_MAX, "schema");
        String table = in.string(NAME_BYTES_MAX, "table");
        List<String> columns = new ArrayList<>();
        int columnCount = in.count(1, TableDefinition.COLUMNS_MAX, "columns");
        for (int i = 0; i < columnCount; i++) {
            columns.add(in.string(NAME_BYTES_MAX, "column"));
        }
        OriginList origins = OriginList.read(in);
        List<StateRow> rows = readRows(in, origins, columnCount);
        return new Message.Rows(schema, table, columns, rows);
    }

    private static List<StateRow> readRows(ByteReader in, OriginTable origins, int columns) throws MalformedException {
        RowStateCodec states = new RowStateCodec(origins);
        List<StateRow> rows = new ArrayList<>();
        int count = in.count(ROW_BYTES_MIN, Integer.MAX_VALUE, "rows");
        for (int i = 0; i < count; i++) {
            byte[] key = in.bytes(RowChange.KEY_BYTES_MAX, "row key");
            RowState state = states.read(in);
            byte[][] values = new byte[in.count(1, columns, "values")][];
            for (int column = 0; column < values.length; column++) {
                values[column] = in.bytes(Integer.MAX_VALUE, "value");
            }
            if (state.columns() > columns || (!state.alive() && values.length > 0)) {
                throw new MalformedException("row of " + state.columns() + " columns with " + values.length
                        + " values (expected: <= " + columns + ", and none of a dead row)");
            }
            requireOneForm(state);
            rows.add(new StateRow(key, state, RowValues.of(values)));
        }
        return rows;
    }

    /** A row that never was has nothing to say. */
    private static void requireOneForm(RowState state) throws MalformedException {
        if (state.life().cause() == 0 && state.commonVersion().equals(ColumnVersion.ABSENT)) {
            throw new MalformedException("row that never was (expected: one that was inserted)");
        }
    }
}

package io.blazedb.internal.apply;

import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.capture.ValueCodec;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.RowKeys;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.Conflict;
import io.blazedb.sync.internal.merge.Merged;
import io.blazedb.sync.internal.merge.RowValues;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.h2.message.DbException;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueNull;
import org.jspecify.annotations.Nullable;

/** Turns what merging reports into rows of BLAZE.BZ_CONFLICT that people can read. For the applier's thread. */
final class Conflicts {
    /** Longer values are cut in the table; the whole value is in the log. */
    private static final int TEXT_CHARACTERS_MAX = 100_000;

    private final Connection connection;
    private final ValueCodec codec;
    private final RowKeys keys;
    private final Function<Stamp, String> nodeNames;
    private final NodeState node;

    Conflicts(
            Connection connection, ValueCodec codec, RowKeys keys, Function<Stamp, String> nodeNames, NodeState node) {
        this.connection = connection;
        this.codec = codec;
        this.keys = keys;
        this.nodeNames = nodeNames;
        this.node = node;
    }

    /** @param incoming the transaction that was merged, null when a state was */
    void add(Target target, List<Conflict> conflicts, RowValues before, Merged merged, @Nullable Stamp incoming) {
        for (Conflict conflict : conflicts) {
            boolean remoteWins = incoming == null
                    ? contains(merged.won(), conflict.column())
                    : conflict.winner().equals(incoming);
            RowValues after = merged.row();
            byte[] winner = conflict.column() < 0
                    ? RowValues.UNKNOWN
                    : remoteWins ? after.value(conflict.column()) : before.value(conflict.column());
            byte[] local = remoteWins ? conflict.loserValue() : winner;
            byte[] remote = remoteWins ? winner : conflict.loserValue();
            Stamp ours = remoteWins ? conflict.loser() : conflict.winner();
            Stamp theirs = remoteWins ? conflict.winner() : conflict.loser();
            write(entry(
                    target,
                    conflict.column() < 0 ? null : target.table().columnName(conflict.column()),
                    conflict.kind().name(),
                    text(target, conflict.column(), local),
                    text(target, conflict.column(), remote),
                    remoteWins ? "REMOTE" : "LOCAL",
                    ours.isZero() ? nodeNames.apply(node.baseStamp()) : nodeNames.apply(ours),
                    theirs.isZero() ? null : nodeNames.apply(theirs),
                    conflict.loser().toString(),
                    "LOST"));
        }
    }

    /** A row that a constraint keeps out of its table, or values of it. */
    void hidden(Target target, HiddenRow row) {
        if (row.isWhole()) {
            Stamp youngest = Stamp.ZERO;
            for (int i = 0; i < target.state().columns(); i++) {
                Stamp stamp = target.state().version(i).stamp();
                youngest = stamp.compareTo(youngest) > 0 ? stamp : youngest;
            }
            hidden(target, null, row.reason(), rowText(target, row.values()), youngest);
            return;
        }
        row.stamps().forEach((column, stamp) -> {
            String value = text(target, column, row.values().value(column));
            hidden(target, target.table().columnName(column), Outcome.FOREIGN_KEY.name(), value, stamp);
        });
    }

    private void hidden(Target target, @Nullable String column, String kind, @Nullable String value, Stamp stamp) {
        write(entry(
                target,
                column,
                kind,
                null,
                value,
                "LOCAL",
                nodeNames.apply(node.baseStamp()),
                stamp.isZero() ? null : nodeNames.apply(stamp),
                stamp.toString(),
                "HIDDEN"));
    }

    private ConflictLog.Entry entry(
            Target target,
            @Nullable String column,
            String kind,
            @Nullable String local,
            @Nullable String remote,
            String winner,
            String localNode,
            @Nullable String remoteNode,
            String transaction,
            String status) {
        return new ConflictLog.Entry(
                target.table().schema(),
                target.table().name(),
                keys.text(target.layout(), target.key()),
                target.key(),
                column,
                kind,
                local,
                remote,
                winner,
                localNode,
                remoteNode,
                transaction,
                status);
    }

    private void write(ConflictLog.Entry entry) {
        try {
            ConflictLog.add(connection, entry);
        } catch (SQLException e) {
            throw DbException.convert(e);
        }
    }

    private static boolean contains(int[] columns, int column) {
        for (int candidate : columns) {
            if (candidate == column) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("ReferenceEquality") // H2 has one NULL
    private @Nullable String text(Target target, int column, byte[] bytes) {
        if (bytes.length == 0) {
            return null;
        }
        int ordinal = target.layout().ordinalOf(column);
        TypeInfo type = ordinal < 0
                ? TypeInfo.TYPE_UNKNOWN
                : target.layout().table().getColumn(ordinal).getType();
        Value value = codec.read(new RecordInput(bytes), type);
        String text = value == ValueNull.INSTANCE ? null : value.getString();
        return text == null || text.length() <= TEXT_CHARACTERS_MAX ? text : text.substring(0, TEXT_CHARACTERS_MAX);
    }

    private String rowText(Target target, RowValues values) {
        StringBuilder text = new StringBuilder("(");
        SyncedTable.Layout layout = target.layout();
        for (int i = 0; i < layout.columns(); i++) {
            byte[] bytes = values.value(layout.numbers().get(i));
            String value =
                    bytes.length == 0 ? null : text(target, layout.numbers().get(i), bytes);
            text.append(i == 0 ? "" : ", ")
                    .append(layout.definition().columns().get(i).name())
                    .append('=')
                    .append(value);
        }
        return text.append(')').toString();
    }
}

package io.blazedb.internal.apply;

import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.capture.ValueCodec;
import io.blazedb.internal.capture.WholeValues;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.RowKeys;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.Conflict;
import io.blazedb.sync.internal.merge.Merged;
import io.blazedb.sync.internal.merge.RowValues;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.h2.message.DbException;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueNull;
import org.jspecify.annotations.Nullable;

/** Turns what merging reports into rows of BLAZE.BZ_CONFLICT that people can read. For the applier's thread. */
final class Conflicts {
    /** Longer values are cut where people read them; the whole value stands beside. */
    private static final int TEXT_CHARACTERS_MAX = 100_000;

    /**
     * The row that a conflict is about.
     *
     * @param layout its table as it is now, null when that is not here
     */
    @SuppressWarnings("ArrayRecordComponent") // never written to
    record Place(SyncedTable table, SyncedTable.@Nullable Layout layout, byte[] key) {
        static Place of(Target target) {
            return new Place(target.table(), target.layout(), target.key());
        }
    }

    private final ConflictLog log;
    private final ValueCodec codec;
    private final WholeValues whole;
    private final RowKeys keys;
    private final Function<Stamp, String> nodeNames;
    private final NodeState node;

    Conflicts(ConflictLog log, ValueCodec codec, RowKeys keys, Function<Stamp, String> nodeNames, NodeState node) {
        this.log = log;
        this.codec = codec;
        this.whole = codec.wholeValues();
        this.keys = keys;
        this.nodeNames = nodeNames;
        this.node = node;
    }

    /**
     * Writes down what a merge reports.
     *
     * @param incoming the transaction that was merged, null when a state was
     */
    void add(Place place, RowValues before, Merged merged, @Nullable Stamp incoming) {
        for (Conflict conflict : merged.conflicts()) {
            boolean remoteWins = incoming == null
                    ? remoteStateWins(merged, conflict)
                    : conflict.winner().equals(incoming);
            RowValues after = merged.row();
            byte[] winner = conflict.column() < 0
                    ? RowValues.UNKNOWN
                    : remoteWins ? after.value(conflict.column()) : before.value(conflict.column());
            byte[] local = remoteWins ? conflict.loserValue() : winner;
            byte[] remote = remoteWins ? winner : conflict.loserValue();
            Stamp ours = remoteWins ? conflict.loser() : conflict.winner();
            Stamp theirs = remoteWins ? conflict.winner() : conflict.loser();
            write(
                    place,
                    conflict.column() < 0 ? null : place.table().columnName(conflict.column()),
                    conflict.kind().name(),
                    side(place, conflict.column(), local, nodeNames.apply(ours.isZero() ? node.baseStamp() : ours)),
                    side(place, conflict.column(), remote, theirs.isZero() ? null : nodeNames.apply(theirs)),
                    remoteWins ? "REMOTE" : "LOCAL",
                    conflict.winner(),
                    conflict.loser(),
                    ConflictLog.LOST);
        }
    }

    private ConflictLog.Side side(Place place, int column, byte[] value, @Nullable String author) {
        return new ConflictLog.Side(author, text(place, column, value), value.length == 0 ? null : whole.whole(value));
    }

    /** A row that a constraint keeps out of its table, or values of it. */
    void hidden(Target target, HiddenRow row) {
        if (row.isWhole()) {
            Stamp youngest = Stamp.ZERO;
            for (int i = 0; i < target.state().columns(); i++) {
                Stamp stamp = target.state().version(i).stamp();
                youngest = stamp.compareTo(youngest) > 0 ? stamp : youngest;
            }
            hidden(target, null, row.reason(), author(youngest, rowText(target, row.values()), null), youngest);
            return;
        }
        row.stamps().forEach((column, stamp) -> {
            byte[] value = row.values().value(column);
            ConflictLog.Side side = author(stamp, text(Place.of(target), column, value), whole.whole(value));
            hidden(target, target.table().columnName(column), Outcome.FOREIGN_KEY.name(), side, stamp);
        });
    }

    private ConflictLog.Side author(Stamp stamp, @Nullable String text, byte @Nullable [] bytes) {
        return new ConflictLog.Side(stamp.isZero() ? null : nodeNames.apply(stamp), text, bytes);
    }

    private void hidden(Target target, @Nullable String column, String kind, ConflictLog.Side remote, Stamp youngest) {
        write(
                Place.of(target),
                column,
                kind,
                new ConflictLog.Side(nodeNames.apply(node.baseStamp()), null, null),
                remote,
                "LOCAL",
                Stamp.ZERO,
                youngest,
                ConflictLog.HIDDEN);
    }

    /** A hidden row has other values, or is hidden for another reason: what people see of it follows. */
    void hiddenStill(Target target, RowValues values) {
        try {
            log.hiddenStill(
                    target.table().schema(),
                    target.table().name(),
                    target.key(),
                    target.reason(),
                    rowText(target, values));
        } catch (SQLException e) {
            throw DbException.convert(e);
        }
    }

    /**
     * A row goes that a peer has deleted and forgotten: what was written to it and the peer has not seen goes, too.
     *
     * @param seen whether the peer has seen a transaction
     */
    void stale(Target target, RowValues values, Predicate<Stamp> seen, String peer) {
        for (int column = 0; column < target.state().columns(); column++) {
            Stamp written = target.state().version(column).stamp();
            if (!written.isZero() && !seen.test(written) && target.layout().ordinalOf(column) >= 0) {
                write(
                        Place.of(target),
                        target.table().columnName(column),
                        ConflictLog.STALE,
                        side(Place.of(target), column, values.value(column), nodeNames.apply(written)),
                        new ConflictLog.Side(peer, null, null),
                        "REMOTE",
                        Stamp.ZERO,
                        written,
                        ConflictLog.REJECTED);
            }
        }
    }

    /** A row that came into its table although it is deleted. */
    void stray(Target target, RowValues values) {
        write(
                Place.of(target),
                null,
                Conflict.Kind.FORK.name(),
                new ConflictLog.Side(nodeNames.apply(node.baseStamp()), rowText(target, values), null),
                new ConflictLog.Side(null, null, null),
                "REMOTE",
                target.state().life().fence(),
                node.baseStamp(),
                ConflictLog.LOST);
    }

    /**
     * A value that waited for its column met another one that stood there.
     *
     * @param waited the stamp of the value that waited
     * @param placed whether that one has won; else the one that stands there was written after it came
     */
    void gaveWay(Target target, int column, byte[] loser, byte[] winner, Stamp waited, boolean placed) {
        Stamp known = target.state().version(column).stamp();
        Stamp stands = placed || known.equals(waited) ? node.baseStamp() : known; // what DDL put there has no stamp yet
        write(
                Place.of(target),
                target.table().columnName(column),
                Conflict.Kind.UPDATE_UPDATE.name(),
                side(Place.of(target), column, placed ? loser : winner, nodeNames.apply(stands)),
                side(Place.of(target), column, placed ? winner : loser, nodeNames.apply(waited)),
                placed ? "REMOTE" : "LOCAL",
                placed ? waited : stands,
                placed ? stands : waited,
                ConflictLog.LOST);
    }

    /** The reason for hiding a row is gone, or the row is. */
    void shown(Target target) throws SQLException {
        log.resolveHidden(target.table().schema(), target.table().name(), target.key());
    }

    /**
     * A row is written again: what the author had seen of its conflicts is resolved by that; new stamps alone resolve
     * nothing.
     *
     * @param seen whether the author of the change had seen a transaction
     */
    void seen(SyncedTable table, byte[] key, RowChange change, Predicate<Stamp> seen) {
        if (change.kind() == RowChange.Kind.RESTAMP) {
            return;
        }
        try {
            log.settle(
                    table.schema(),
                    table.name(),
                    key,
                    open -> writes(table, change, open.column())
                            && seen.test(open.winning())
                            && seen.test(open.losing()));
        } catch (SQLException e) {
            throw DbException.convert(e);
        }
    }

    /** A conflict about a whole row is settled by what begins or ends its life. */
    private static boolean writes(SyncedTable table, RowChange change, @Nullable String column) {
        if (column == null) {
            return change.kind() == RowChange.Kind.INSERT || change.kind() == RowChange.Kind.DELETE;
        }
        int number = table.columnNumber(column);
        for (int i = 0; i < change.size(); i++) {
            if (change.column(i) == number) {
                return true;
            }
        }
        return false;
    }

    private void write(
            Place place,
            @Nullable String column,
            String kind,
            ConflictLog.Side local,
            ConflictLog.Side remote,
            String winner,
            Stamp winning,
            Stamp losing,
            String status) {
        try {
            log.add(new ConflictLog.Entry(
                    place.table().schema(),
                    place.table().name(),
                    keys.text(place.table(), place.layout(), place.key()),
                    place.key(),
                    column,
                    kind,
                    local,
                    remote,
                    winner,
                    winning,
                    losing,
                    status));
        } catch (SQLException e) {
            throw DbException.convert(e);
        }
    }

    private static boolean remoteStateWins(Merged merged, Conflict conflict) {
        return conflict.kind() == Conflict.Kind.UPDATE_DELETE
                ? merged.transition() == Merged.Transition.DIES
                : contains(merged.won(), conflict.column());
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
    private @Nullable String text(Place place, int column, byte[] bytes) {
        if (bytes.length == 0) {
            return null;
        }
        SyncedTable.Layout layout = place.layout();
        int ordinal = layout == null ? -1 : layout.ordinalOf(column);
        TypeInfo type = layout == null || ordinal < 0
                ? TypeInfo.TYPE_UNKNOWN
                : layout.table().getColumn(ordinal).getType();
        Value value = codec.read(new RecordInput(bytes), type);
        String text = value == ValueNull.INSTANCE ? null : value.getString();
        return text == null || text.length() <= TEXT_CHARACTERS_MAX ? text : text.substring(0, TEXT_CHARACTERS_MAX);
    }

    private String rowText(Target target, RowValues values) {
        StringBuilder text = new StringBuilder("(");
        SyncedTable.Layout layout = target.layout();
        for (int i = 0; i < layout.columns(); i++) {
            byte[] bytes = values.value(layout.numbers().get(i));
            String value = bytes.length == 0
                    ? null
                    : text(Place.of(target), layout.numbers().get(i), bytes);
            text.append(i == 0 ? "" : ", ")
                    .append(layout.definition().columns().get(i).name())
                    .append('=')
                    .append(value);
        }
        return text.append(')').toString();
    }
}

package io.blazedb.sync.internal.merge;

import io.blazedb.sync.Life;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.WrittenVersions;
import io.blazedb.sync.internal.merge.RowAuthor.Authored;
import java.util.Comparator;
import java.util.Random;

/** The rules that a history is played by: the real ones, or ones with a known fault that the checks must find. */
record Rules(RowMerge merge, boolean raisesCauses) {
    static final Rules REAL = new Rules(RowMerge.STANDARD, true);

    /** The order without its fence: servers have no priority any more. */
    static final Rules WITHOUT_FENCE = new Rules(
            new RowMerge(
                    Comparator.comparingLong(ColumnVersion::cause).thenComparing(ColumnVersion::stamp),
                    Comparator.comparingLong(Life::cause).thenComparing(Life::fence),
                    ColumnTypes.UNKNOWN),
            true);

    /** An update takes the row's causal length, although the value it replaces may have a higher one. */
    static final Rules WITHOUT_MAX_RULE = new Rules(RowMerge.STANDARD, false);

    private static final int[] ALL_COLUMNS = {0, 1, 2};

    /** An insert, update or delete, whatever the row admits. */
    Authored author(RowAuthor author, ModelRow row, byte[] key, Random random) {
        if (!row.state().alive()) {
            return author.insert(row.state(), 1, key, ALL_COLUMNS, values(ALL_COLUMNS.length, random));
        }
        if (random.nextInt(3) == 0) {
            return author.delete(row.state(), 1, key, row.values());
        }
        int[] columns = random.ints(1 + random.nextInt(ALL_COLUMNS.length), 0, ALL_COLUMNS.length)
                .distinct()
                .sorted()
                .toArray();
        Authored authored = author.update(row.state(), 1, key, columns, values(columns.length, random));
        return raisesCauses ? authored : lowered(authored, row.state(), author.stamp());
    }

    private static byte[][] values(int count, Random random) {
        byte[][] values = new byte[count][8];
        for (byte[] value : values) {
            random.nextBytes(value);
        }
        return values;
    }

    static Authored lowered(Authored authored, RowState before, Stamp stamp) {
        RowChange change = authored.change();
        Stamp[] fences = new Stamp[change.size()];
        long[] causes = new long[change.size()];
        int[] columns = new int[change.size()];
        byte[][] values = new byte[change.size()][];
        for (int i = 0; i < change.size(); i++) {
            fences[i] = change.versions().fence(i);
            causes[i] = change.life().cause();
            columns[i] = change.column(i);
            values[i] = change.value(i);
        }
        RowChange lowered = new RowChange(
                change.tableId(),
                change.key(),
                change.kind(),
                change.life(),
                columns,
                WrittenVersions.each(fences, causes),
                values);
        RowVersions versions = Incoming.of(lowered, stamp, ColumnRules.NONE).writtenOver(before.versions());
        return new Authored(lowered, RowState.of(change.life(), before.highestCause(), versions, RowValues.NONE));
    }
}

package io.blazedb.sync.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.Life;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.ColumnVersion;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Digests of tables: the same for the same rows, and they find the row that is not. */
class TableDigestTest {
    private static final List<String> COLUMNS = List.of("A", "B", "C");
    private static final byte[] KEY = {1, 2, 3};
    private static final OriginId ORIGIN = new OriginId(7, 7);

    /** A row as one node has it; another node numbers the columns in another order. */
    @SuppressWarnings("ArrayRecordComponent") // tests write to them
    private record Row(byte[] key, Life life, long highest, ColumnVersion[] versions, byte[][] values) {
        Fingerprint fingerprint(int[] numbers) {
            ColumnVersion[] numbered = new ColumnVersion[versions.length];
            for (int i = 0; i < numbers.length; i++) {
                numbered[numbers[i]] = versions[i];
            }
            return new RowFingerprints(KEY)
                    .of(
                            "PUBLIC.T",
                            key,
                            RowState.of(life, highest, numbered, RowValues.NONE),
                            COLUMNS,
                            numbers,
                            RowValues.of(values),
                            life.alive());
        }
    }

    private static Row row(Random random) {
        byte[] key = new byte[8];
        random.nextBytes(key);
        long cause = 1 + 2L * random.nextInt(3);
        ColumnVersion[] versions = new ColumnVersion[COLUMNS.size()];
        byte[][] values = new byte[COLUMNS.size()][];
        for (int i = 0; i < values.length; i++) {
            versions[i] = new ColumnVersion(Stamp.ZERO, cause, new Stamp(1 + random.nextInt(3), ORIGIN));
            values[i] = new byte[1 + random.nextInt(4)];
            random.nextBytes(values[i]);
        }
        return new Row(key, new Life(Stamp.ZERO, cause), cause, versions, values);
    }

    private static List<Row> rows(long seed, int count) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(random));
        }
        return rows;
    }

    private static TableDigest digest(List<Row> rows, int... numbers) {
        TableDigest digest = new TableDigest();
        rows.forEach(row -> digest.add(row.key(), row.fingerprint(numbers)));
        return digest;
    }

    @Property(tries = 200)
    void neitherTheOrderOfRowsNorTheNumbersOfColumnsMatter(@ForAll long seed, @ForAll @IntRange(max = 40) int count) {
        List<Row> rows = rows(seed, count);
        TableDigest digest = digest(rows, 0, 1, 2);
        Collections.shuffle(rows, new Random(seed));

        assertThat(digest(rows, 2, 0, 1).at(0, 0)).isEqualTo(digest.at(0, 0));
        assertThat(TableDigest.differing(digest, digest(rows, 1, 2, 0)).isEmpty())
                .isTrue();
    }

    @Property(tries = 200)
    void oneChangedByteChangesTheRootAndOneLeaf(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int count) {
        List<Row> rows = rows(seed, count);
        TableDigest before = digest(rows, 0, 1, 2);
        Random random = new Random(seed);
        Row changed = rows.get(random.nextInt(count));
        byte[] value = changed.values()[random.nextInt(COLUMNS.size())];
        value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));

        TableDigest after = digest(rows, 0, 1, 2);

        assertThat(after.at(0, 0)).isNotEqualTo(before.at(0, 0));
        BitSet leaf = new BitSet();
        leaf.set(TableDigest.leafOf(changed.key()));
        assertThat(TableDigest.differing(before, after)).isEqualTo(leaf);
    }

    @Property(tries = 200)
    void anotherVersionIsAnotherRow(@ForAll long seed) {
        Row row = row(new Random(seed));
        Fingerprint before = row.fingerprint(new int[] {0, 1, 2});

        row.versions()[1] = new ColumnVersion(Stamp.ZERO, row.life().cause(), new Stamp(9, ORIGIN));

        assertThat(row.fingerprint(new int[] {0, 1, 2})).isNotEqualTo(before);
    }

    @Test
    void aLateColumnWithoutAVersionIsOneWithTheOldest() {
        Row row = row(new Random(1));
        ColumnVersion oldest = new ColumnVersion(Stamp.ZERO, row.life().cause(), new Stamp(1, ORIGIN));
        Arrays.fill(row.versions(), oldest);
        Fingerprint before = row.fingerprint(new int[] {0, 1, 2});

        row.versions()[2] = ColumnVersion.ABSENT;

        assertThat(row.fingerprint(new int[] {0, 1, 2})).isEqualTo(before);
    }

    @Test
    void sumsCarry() {
        Fingerprint sum = new Fingerprint(1, -1).plus(new Fingerprint(2, 2));

        assertThat(sum).isEqualTo(new Fingerprint(4, 1));
    }

    @Test
    void agreeingNodesCompareOneFingerprintAndOneRowCostsFortyNine() {
        List<Row> rows = rows(3, 500);
        TableDigest digest = digest(rows, 0, 1, 2);
        int[] asked = new int[1];
        DigestLevels counting = (level, index) -> {
            asked[0]++;
            return digest.at(level, index);
        };

        TableDigest.differing(digest(rows, 0, 1, 2), counting);
        assertThat(asked[0]).isEqualTo(1);
        rows.remove(17);
        TableDigest.differing(digest(rows, 0, 1, 2), counting);
        assertThat(asked[0]).isEqualTo(1 + 1 + 3 * TableDigest.FAN_OUT);
    }
}

package io.blazedb.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.blazedb.sync.RowChange.Kind;
import org.junit.jupiter.api.Test;

class RowChangeTest {
    private static final byte[] KEY = {1};
    private static final Life ALIVE = new Life(Stamp.ZERO, 1);
    private static final Stamp FENCE = new Stamp(9, new OriginId(1, 2));

    @Test
    void aReceiverSeesItInItsOwnTerms() {
        WrittenVersions versions =
                WrittenVersions.each(new Stamp[] {Stamp.ZERO, FENCE, Stamp.ZERO}, new long[] {1, 1, 3});
        RowChange sent = change(Kind.UPDATE, ALIVE, new int[] {0, 1, 2}, versions, 3);

        RowChange mapped = sent.mapped(8, ordinal -> 2 - ordinal);

        assertThat(mapped.tableId()).isEqualTo(8);
        assertThat(mapped.column(0)).isZero();
        assertThat(mapped.value(0)).containsExactly(3);
        assertThat(mapped.versions().cause(0)).isEqualTo(3);
        assertThat(mapped.versions().fence(1)).isEqualTo(FENCE);
        assertThat(mapped.mapped(1, ordinal -> 2 - ordinal)).isEqualTo(sent);
    }

    @Test
    void aColumnThatTheReceiverLacksIsLeftOut() {
        RowChange sent = change(Kind.UPDATE, ALIVE, new int[] {0, 5, 6}, WrittenVersions.uniform(FENCE, 1), 3);

        RowChange mapped = sent.mapped(1, ordinal -> ordinal == 5 ? -1 : ordinal);

        assertThat(mapped.size()).isEqualTo(2);
        assertThat(mapped.column(1)).isEqualTo(6);
        assertThat(mapped.value(1)).containsExactly(3);
        assertThat(sent.mapped(1, ordinal -> -1).size()).isZero();
    }

    @Test
    void versionsThatAreAllTheSameAreUniform() {
        assertThat(WrittenVersions.each(new Stamp[] {FENCE, FENCE}, new long[] {3, 3}))
                .isEqualTo(WrittenVersions.uniform(FENCE, 3));
    }

    @Test
    void columnsAreAscendingAndHaveValuesWithATypeTag() {
        WrittenVersions plain = WrittenVersions.uniform(Stamp.ZERO, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> change(Kind.UPDATE, ALIVE, new int[] {1, 1}, plain, 2))
                .withMessageContaining("expected: ascending");
        assertThatIllegalArgumentException().isThrownBy(() -> change(Kind.UPDATE, ALIVE, new int[] {1}, plain, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowChange(1, KEY, Kind.UPDATE, ALIVE, new int[] {0}, plain, new byte[][] {{}}))
                .withMessageContaining("type tag");
    }

    @Test
    void onlyADeleteEndsALife() {
        WrittenVersions plain = WrittenVersions.uniform(Stamp.ZERO, 1);

        assertThatIllegalArgumentException().isThrownBy(() -> RowChange.delete(1, KEY, ALIVE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> change(Kind.INSERT, new Life(Stamp.ZERO, 2), new int[] {0}, plain, 1));
    }

    @Test
    void aKeyThatIsTooLongIsRefusedWithTheRemedy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowChange.delete(1, new byte[1025], new Life(Stamp.ZERO, 2)))
                .withMessage("row key of 1025 bytes (expected: <= 1024); use a shorter key");
    }

    private static RowChange change(Kind kind, Life life, int[] columns, WrittenVersions versions, int values) {
        byte[][] each = new byte[values][];
        for (int i = 0; i < values; i++) {
            each[i] = new byte[] {(byte) (i + 1)};
        }
        return new RowChange(1, KEY, kind, life, columns, versions, each);
    }
}

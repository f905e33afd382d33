package io.blazedb.sync.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.Life;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Stamp;
import org.junit.jupiter.api.Test;

/** The order in which rows are admitted to values that only one of them can have. */
class ClaimTest {
    private static final int[] UNIQUE = {0, 1};

    @Test
    void aServersClaimComesBeforeAnOlderOneOfAClient() {
        Claim client = claim(version(10, false), version(10, false), 1);
        Claim server = claim(version(20, true), version(20, true), 2);

        assertThat(server).isLessThan(client);
        assertThat(server.byServer()).isTrue();
    }

    @Test
    void ofTwoClaimsTheOlderOneComesFirst() {
        assertThat(claim(version(10, false), version(10, false), 2))
                .isLessThan(claim(version(20, false), version(20, false), 1));
    }

    @Test
    void aClaimIsAsOldAsItsYoungestValue() {
        Claim changedLater = claim(version(5, true), version(30, false), 1);
        Claim unchanged = claim(version(20, false), version(20, false), 2);

        assertThat(unchanged).isLessThan(changedLater);
        assertThat(changedLater.byServer()).isFalse();
    }

    @Test
    void valuesOutsideOfUniqueKeysDoNotCount() {
        RowState state = RowState.of(
                new Life(Stamp.ZERO, 1),
                1,
                new ColumnVersion[] {version(10, false), version(10, false), version(99, true)},
                RowValues.NONE);

        assertThat(Claim.of(state, UNIQUE, new byte[] {1})).isEqualTo(claim(version(10, false), version(10, false), 1));
    }

    @Test
    void claimsOfOneTransactionAreOrderedByUnsignedRowKey() {
        assertThat(claim(version(10, false), version(10, false), 1))
                .isLessThan(claim(version(10, false), version(10, false), 0x80));
    }

    private static Claim claim(ColumnVersion first, ColumnVersion second, int key) {
        RowState state = RowState.of(new Life(Stamp.ZERO, 1), 1, new ColumnVersion[] {first, second}, RowValues.NONE);
        return Claim.of(state, UNIQUE, new byte[] {(byte) key});
    }

    private static ColumnVersion version(long hlc, boolean byServer) {
        Stamp stamp = new Stamp(hlc, new OriginId(0, 1));
        return new ColumnVersion(byServer ? stamp : Stamp.ZERO, 1, stamp);
    }
}

package io.blazedb.sync.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.Stamp;
import org.junit.jupiter.api.Test;

/** The one form of the versions of a row. */
class RowVersionsTest {
    private static final ColumnVersion A = version(1);
    private static final ColumnVersion B = version(2);
    private static final ColumnVersion C = version(3);

    @Test
    void theMostFrequentVersionIsTheCommonOne() {
        RowVersions versions = RowVersions.of(new ColumnVersion[] {A, B, C, B});

        assertThat(versions.common()).isEqualTo(B);
        assertThat(versions.exceptions()).containsExactly(0, 2);
    }

    @Test
    void aMajorityIsFoundWhereverItStands() {
        assertThat(RowVersions.of(new ColumnVersion[] {A, B, B}).common()).isEqualTo(B);
        assertThat(RowVersions.of(new ColumnVersion[] {B, A, B, A, B}).common()).isEqualTo(B);
        assertThat(RowVersions.of(new ColumnVersion[] {B, B, B}).exceptions()).isEmpty();
    }

    @Test
    void ofEquallyFrequentVersionsTheFirstIsTheCommonOne() {
        assertThat(RowVersions.of(new ColumnVersion[] {B, A}).common()).isEqualTo(B);
        assertThat(RowVersions.of(new ColumnVersion[] {C, A, B, A, B}).common()).isEqualTo(A);
    }

    @Test
    void absentVersionsAtTheEndAreNotKept() {
        ColumnVersion absent = ColumnVersion.ABSENT;

        assertThat(RowVersions.of(new ColumnVersion[] {A, absent, absent}))
                .isEqualTo(RowVersions.uniform(A, 1))
                .extracting(RowVersions::size)
                .isEqualTo(1);
        assertThat(RowVersions.of(new ColumnVersion[] {absent})).isEqualTo(RowVersions.NONE);
        assertThat(RowVersions.of(new ColumnVersion[] {absent, A}).get(0)).isEqualTo(absent);
    }

    private static ColumnVersion version(long hlc) {
        return new ColumnVersion(Stamp.ZERO, 1, new Stamp(hlc, new OriginId(0, 1)));
    }
}

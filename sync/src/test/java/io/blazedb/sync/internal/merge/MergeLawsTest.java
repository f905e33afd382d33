package io.blazedb.sync.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.Life;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Stamp;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/**
 * T1: states of one row form a join semilattice. Any states, also such as no history leads to; few different stamps, so
 * that equal ones with different values are frequent.
 */
class MergeLawsTest {
    private static final int IN_VERIFY = 20_000;
    private static final int IN_FULL = 1_000_000;

    @Property(tries = IN_VERIFY)
    void joinIsASemilattice(@ForAll("rows") ModelRow a, @ForAll("rows") ModelRow b, @ForAll("rows") ModelRow c) {
        assertSame(a.join(b).join(c), a.join(b.join(c)));
        assertSame(a.join(b), b.join(a));
        assertSame(a.join(a), a);
        assertSame(a.join(b).join(b), a.join(b));
        assertSame(ModelRow.ABSENT.join(a), a);
    }

    @Tag("full")
    @Property(tries = IN_FULL)
    void joinIsASemilatticeAtLength(
            @ForAll("rows") ModelRow a, @ForAll("rows") ModelRow b, @ForAll("rows") ModelRow c) {
        joinIsASemilattice(a, b, c);
    }

    @Property(tries = IN_VERIFY)
    void versionsAreTotallyOrdered(
            @ForAll("versions") ColumnVersion a,
            @ForAll("versions") ColumnVersion b,
            @ForAll("versions") ColumnVersion c) {
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
        assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
        if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
            assertThat(a.compareTo(c)).isNotPositive();
        }
    }

    @Property(tries = IN_VERIFY)
    void equalVersionsHaveEqualForm(@ForAll("rows") ModelRow row) {
        RowState state = row.state();

        RowState again = RowState.of(
                state.life(), state.highestCause(), state.versions().dense(state.columns() + 2), state.image());

        assertThat(again).isEqualTo(state).hasSameHashCodeAs(state);
    }

    private static void assertSame(ModelRow one, ModelRow other) {
        assertThat(one.sameAs(other)).as("%s and %s", one, other).isTrue();
    }

    @Provide
    Arbitrary<Stamp> stamps() {
        Arbitrary<Stamp> some = Combinators.combine(
                        Arbitraries.of(1L, 2L, -1L), Arbitraries.of(new OriginId(0, 1), new OriginId(-1, 0)))
                .as(Stamp::new);
        return Arbitraries.oneOf(Arbitraries.just(Stamp.ZERO), some);
    }

    @Provide
    Arbitrary<ColumnVersion> versions() {
        Arbitrary<ColumnVersion> some = Combinators.combine(
                        stamps(), Arbitraries.longs().between(1, 4), stamps())
                .as(ColumnVersion::new);
        return Arbitraries.oneOf(Arbitraries.just(ColumnVersion.ABSENT), some);
    }

    @Provide
    Arbitrary<ModelRow> rows() {
        Arbitrary<Life> lives =
                Combinators.combine(stamps(), Arbitraries.longs().between(0, 4)).as(Life::new);
        Arbitrary<Long> more = Arbitraries.longs().between(0, 2);
        Arbitrary<ColumnVersion[]> versions =
                versions().array(ColumnVersion[].class).ofMaxSize(4);
        Arbitrary<byte[][]> values = Arbitraries.bytes()
                .between((byte) -1, (byte) 1)
                .array(byte[].class)
                .ofMaxSize(1)
                .array(byte[][].class)
                .ofMaxSize(4);
        return Combinators.combine(lives, more, versions, values).as(MergeLawsTest::row);
    }

    private static ModelRow row(Life life, long more, ColumnVersion[] versions, byte[][] values) {
        RowValues held = RowValues.of(values);
        return new ModelRow(RowState.of(life, life.cause() + more, versions, held), held);
    }
}

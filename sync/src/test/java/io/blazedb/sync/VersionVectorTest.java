package io.blazedb.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class VersionVectorTest {
    @Property
    void knowsTheLargestNumberOfEachOrigin(@ForAll("entries") List<Dependency> entries) {
        Map<OriginId, Long> expected = new HashMap<>();
        entries.forEach(entry -> expected.merge(entry.origin(), entry.seq(), Math::max));

        VersionVector vector = VersionVector.of(entries);

        assertThat(vector.size()).isEqualTo(expected.size());
        expected.forEach((origin, seq) -> assertThat(vector.seq(origin)).isEqualTo(seq));
        assertThat(VersionVector.of(vector.entries())).isEqualTo(vector).hasSameHashCodeAs(vector);
        assertThat(entries).allMatch(vector::covers);
    }

    @Property
    void joinIsTheSmallestThatCoversBoth(
            @ForAll("entries") List<Dependency> some, @ForAll("entries") List<Dependency> others) {
        VersionVector one = VersionVector.of(some);
        VersionVector other = VersionVector.of(others);

        VersionVector joined = one.join(other);

        assertThat(joined).isEqualTo(other.join(one));
        assertThat(joined.covers(one) && joined.covers(other)).isTrue();
        assertThat(joined.entries())
                .allMatch(entry -> Math.max(one.seq(entry.origin()), other.seq(entry.origin())) == entry.seq());
        assertThat(one.covers(other)).isEqualTo(joined.equals(one));
    }

    @Property
    void whatGrewLeadsFromTheEarlierToTheLater(
            @ForAll("entries") List<Dependency> some, @ForAll("entries") List<Dependency> others) {
        VersionVector earlier = VersionVector.of(some);
        VersionVector later = earlier.join(VersionVector.of(others));

        assertThat(earlier.join(VersionVector.of(later.since(earlier)))).isEqualTo(later);
        assertThat(later.since(earlier)).noneMatch(earlier::covers);
    }

    @Property
    void anEntryNeverShrinks(@ForAll("entries") List<Dependency> entries) {
        VersionVector vector = VersionVector.of(entries);

        for (Dependency entry : vector.entries()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> vector.with(entry.origin(), entry.seq() - 1))
                    .withMessageContaining("expected: >= ");
        }
    }

    @Provide
    Arbitrary<List<Dependency>> entries() {
        Arbitrary<OriginId> origins =
                Arbitraries.longs().between(-3, 3).map(number -> new OriginId(number, number * number));
        Arbitrary<Long> seqs = Arbitraries.longs().between(1, 6);
        return Combinators.combine(origins, seqs).as(Dependency::new).list().ofMaxSize(12);
    }
}

package io.blazedb.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IdentifiersTest {
    @Property
    void theirTextAndBytesAreReadBack(@ForAll long high, @ForAll long low) {
        OriginId origin = new OriginId(high, low);
        NodeId node = new NodeId(high, low);

        assertThat(OriginId.parse(origin.toString())).isEqualTo(origin);
        assertThat(OriginId.of(origin.toBytes())).isEqualTo(origin);
        assertThat(NodeId.parse(node.toString())).isEqualTo(node);
        assertThat(NodeId.of(node.toBytes())).isEqualTo(node);
        assertThat(origin.toString()).hasSize(32);
    }

    @Property
    void theyAreOrderedAsUnsignedBytes(@ForAll long a, @ForAll long b, @ForAll long c, @ForAll long d) {
        OriginId one = new OriginId(a, b);
        OriginId other = new OriginId(c, d);

        assertThat(Integer.signum(one.compareTo(other)))
                .isEqualTo(Integer.signum(Arrays.compareUnsigned(one.toBytes(), other.toBytes())));
        assertThat(Integer.signum(new NodeId(a, b).compareTo(new NodeId(c, d))))
                .isEqualTo(Integer.signum(one.compareTo(other)));
    }

    @Test
    void whatIsNoIdentifierIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OriginId.parse("12"))
                .withMessage("origin id '12' (expected: 32 hexadecimal digits)");
        assertThatIllegalArgumentException().isThrownBy(() -> NodeId.parse("g".repeat(32)));
        assertThatIllegalArgumentException().isThrownBy(() -> OriginId.of(new byte[15]));
    }

    @Test
    void stampsAreOrderedByUnsignedClockThenOrigin() {
        OriginId small = new OriginId(1, 0);
        OriginId large = new OriginId(-1, 0);

        assertThat(new Stamp(-1, small)).isGreaterThan(new Stamp(1, large));
        assertThat(new Stamp(1, large)).isGreaterThan(new Stamp(1, small));
        assertThat(new Stamp(0, small)).isGreaterThan(Stamp.ZERO);
    }
}

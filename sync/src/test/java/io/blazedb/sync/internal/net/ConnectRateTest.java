package io.blazedb.sync.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How often one address may connect: four at once here, then one a second. */
class ConnectRateTest {
    private static final NetLimits LIMITS = NetLimits.defaults()
            .with(Map.of(NetLimit.ADDRESS_CONNECTIONS_MAX, 2, NetLimit.ADDRESS_CONNECTS_PER_MINUTE_MAX, 60));
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long now;
    private final ConnectRate rate = new ConnectRate(LIMITS, () -> now);

    private static AddressKey address(int number) {
        try {
            return new AddressKey(InetAddress.getByAddress(
                    ByteBuffer.allocate(4).putInt(number).array()));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private int taken(AddressKey address) {
        int taken = 0;
        while (rate.take(address)) {
            taken++;
        }
        return taken;
    }

    @Test
    void addressMayComeInABurstAndThenEvenly() {
        assertThat(taken(address(1))).isEqualTo(4);

        now += SECOND - 1;
        assertThat(taken(address(1))).isZero();
        now += 1;
        assertThat(taken(address(1))).isEqualTo(1);
        now += 2 * SECOND;
        assertThat(taken(address(1))).isEqualTo(2);
        now += 100 * SECOND;
        assertThat(taken(address(1))).isEqualTo(4);
    }

    @Test
    void addressesDoNotWaitForEachOther() {
        assertThat(taken(address(1))).isEqualTo(4);
        assertThat(taken(address(2))).isEqualTo(4);
    }

    @Test
    void addressesThatMadeUpAreForgottenForOthers() {
        for (int i = 0; i < ConnectRate.ADDRESSES_MAX; i++) {
            assertThat(rate.take(address(i))).isTrue();
        }
        assertThat(rate.take(address(-1))).as("one more, not remembered").isTrue();
        assertThat(rate.addresses()).isEqualTo(ConnectRate.ADDRESSES_MAX);

        now += SECOND;
        assertThat(rate.take(address(-2))).isTrue();
        assertThat(rate.addresses()).isEqualTo(1);
    }
}

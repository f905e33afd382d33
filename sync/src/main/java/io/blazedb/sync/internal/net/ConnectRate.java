package io.blazedb.sync.internal.net;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How often each address may connect: twice as often at once as it may have connections, since all behind a router may
 * come, be lost and come back; then at an even rate. So one address cannot keep the handshakes of all others waiting.
 * Not safe for use by several threads.
 */
final class ConnectRate {
    /** Addresses that are remembered: 65,536 x 100 bytes = 6.5 MB. Beyond these, new ones are let through. */
    static final int ADDRESSES_MAX = 65_536;

    private static final long NANOS_A_MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long intervalNanos;
    private final long aheadNanosMax;
    private final LongSupplier nowNanos;
    /** When an address has made up for all that it did, if that is to come. */
    private final Map<AddressKey, Long> paidUpAt = new HashMap<>();

    private long forgottenAt;

    /** @param nowNanos a time that begins about now, and never goes back */
    ConnectRate(NetLimits limits, LongSupplier nowNanos) {
        this.nowNanos = nowNanos;
        intervalNanos = NANOS_A_MINUTE / limits.of(NetLimit.ADDRESS_CONNECTS_PER_MINUTE_MAX);
        aheadNanosMax = 2 * intervalNanos * limits.of(NetLimit.ADDRESS_CONNECTIONS_MAX);
    }

    /** Counts one more of this address; false, and nothing counted, if it came too soon. */
    boolean take(AddressKey address) {
        long now = nowNanos.getAsLong();
        long next = Math.max(now, paidUpAt.getOrDefault(address, now)) + intervalNanos;
        if (next - now > aheadNanosMax) {
            return false;
        }
        if (paidUpAt.size() >= ADDRESSES_MAX && now - forgottenAt >= FORGET_NANOS) {
            forgottenAt = now;
            paidUpAt.values().removeIf(at -> at <= now);
        }
        if (paidUpAt.size() < ADDRESSES_MAX || paidUpAt.containsKey(address)) {
            paidUpAt.put(address, next);
        }
        return true;
    }

    int addresses() {
        return paidUpAt.size();
    }
}

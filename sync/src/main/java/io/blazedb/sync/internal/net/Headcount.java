package io.blazedb.sync.internal.net;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Counts a server's connections against its limits. Safe for use by several threads. */
final class Headcount {
    private final int connectionsMax;
    private final int addressConnectionsMax;
    private final int halfOpenMax;
    private final Map<AddressKey, Integer> ofAddress = new HashMap<>();
    private final ConnectRate rate;
    private int connections;
    private int halfOpen;

    Headcount(NetLimits limits) {
        connectionsMax = limits.of(NetLimit.CONNECTIONS_MAX);
        addressConnectionsMax = limits.of(NetLimit.ADDRESS_CONNECTIONS_MAX);
        halfOpenMax = limits.of(NetLimit.HALF_OPEN_MAX);
        long start = System.nanoTime();
        rate = new ConnectRate(limits, () -> System.nanoTime() - start);
    }

    /** Counts a new, half-open connection; false, and nothing counted, if there is no room for it. */
    synchronized boolean enter(InetAddress address) {
        AddressKey key = new AddressKey(address);
        if (!rate.take(key)) {
            return false;
        }
        int same = ofAddress.getOrDefault(key, 0);
        if (connections >= connectionsMax || halfOpen >= halfOpenMax || same >= addressConnectionsMax) {
            return false;
        }
        ofAddress.put(key, same + 1);
        connections++;
        halfOpen++;
        return true;
    }

    /** One that entered is no longer half-open. */
    synchronized void establish() {
        halfOpen--;
    }

    /** One that entered is gone. */
    synchronized void leave(InetAddress address, boolean wasHalfOpen) {
        ofAddress.computeIfPresent(new AddressKey(address), (key, count) -> count == 1 ? null : count - 1);
        connections--;
        halfOpen -= wasHalfOpen ? 1 : 0;
        notifyAll();
    }

    synchronized int connections() {
        return connections;
    }

    synchronized int halfOpen() {
        return halfOpen;
    }

    /** Waits until all are gone, or the time is up. */
    synchronized void awaitNone(long millisMax) throws InterruptedException {
        long end = System.nanoTime() + millisMax * 1_000_000;
        for (long left = end - System.nanoTime(); connections > 0 && left > 0; left = end - System.nanoTime()) {
            wait(left / 1_000_000 + 1);
        }
    }
}

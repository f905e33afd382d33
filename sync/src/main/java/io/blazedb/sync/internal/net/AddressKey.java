package io.blazedb.sync.internal.net;

import java.net.InetAddress;
import java.util.Arrays;

/** An IPv4 address, or the network of an IPv6 address: whom a limit for one address is about. */
final class AddressKey {
    /** A household or an office gets a /64 of IPv6 at least, and may use any address in it. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private final byte[] bytes;

    AddressKey(InetAddress address) {
        byte[] all = address.getAddress();
        bytes = all.length == 16 ? Arrays.copyOf(all, IPV6_NETWORK_BYTES) : all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}

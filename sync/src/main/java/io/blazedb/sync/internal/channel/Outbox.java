package io.blazedb.sync.internal.channel;

import io.blazedb.sync.internal.net.Connection;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/**
 * Sealed records that the connection had no room for, in the order of their numbers: at most one frame and an end, and
 * before the channel is open what its owner says first. Not safe for use by several threads.
 */
final class Outbox {
    private final Deque<byte[]> records = new ArrayDeque<>();
    private long bytes;

    void add(byte[] record) {
        records.add(record);
        bytes += record.length;
    }

    void addAll(Collection<byte[]> more) {
        more.forEach(this::add);
    }

    long bytes() {
        return bytes;
    }

    /** Hands on what the connection takes; true if nothing is left. */
    boolean passTo(Connection connection) {
        for (byte[] record = records.peek(); record != null; record = records.peek()) {
            int length = record.length; // The array is the connection's once it is taken.
            if (!connection.send(record)) {
                return false;
            }
            records.remove();
            bytes -= length;
        }
        return true;
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    void clear() {
        records.clear();
        bytes = 0;
    }
}

package io.blazedb.internal.node;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.sync.internal.log.OperationLog;
import io.blazedb.sync.internal.log.RecordType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Lock;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Small named values that live in the log: who this database is, whom it knows, how its tables are described. Written
 * to the log at once, to H2's file with each checkpoint, and read back from both. Safe for use by several threads.
 */
public final class Facts {
    private static final String PREFIX = "fact.";

    private final OperationLog log;
    private final ConcurrentSkipListMap<String, byte[]> values = new ConcurrentSkipListMap<>();

    public Facts(OperationLog log) {
        this.log = log;
    }

    /** Takes what the last checkpoint had. */
    public void load(MVMap<String, byte[]> state) {
        state.forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                values.put(key.substring(PREFIX.length()), value);
            }
        });
    }

    /** Takes a record of type FACT. */
    public void replay(byte[] payload) {
        RecordInput in = new RecordInput(payload);
        String name = in.readString();
        if (isRemoval(in, payload)) {
            values.remove(name);
        } else {
            values.put(name, in.readBlock());
        }
    }

    /** A record that ends after the name takes the fact away. */
    private static boolean isRemoval(RecordInput in, byte[] payload) {
        return in.position() == payload.length;
    }

    /** The value in a record of type FACT; null when it takes the fact away. */
    public static byte @Nullable [] valueIn(byte[] payload) {
        RecordInput in = new RecordInput(payload);
        in.readString();
        return isRemoval(in, payload) ? null : in.readBlock();
    }

    /** The name of the fact in a record of type FACT. */
    public static String nameIn(byte[] payload) {
        return new RecordInput(payload).readString();
    }

    /** Writes all to the state that a checkpoint saves. */
    public void save(MVMap<String, byte[]> state) {
        values.forEach((key, value) -> {
            String name = PREFIX + key;
            if (state.get(name) != value) {
                state.put(name, value);
            }
        });
        for (String name : List.copyOf(state.keySet())) {
            if (name.startsWith(PREFIX) && !values.containsKey(name.substring(PREFIX.length()))) {
                state.remove(name);
            }
        }
    }

    /** The lock of the log, for who has to look at values and change them at once. */
    Lock appendLock() {
        return log.appendLock();
    }

    public byte @Nullable [] get(String name) {
        return values.get(name);
    }

    /** All whose names begin so, by the rest of their names. */
    public Map<String, byte[]> startingWith(String prefix) {
        Map<String, byte[]> found = new TreeMap<>();
        values.tailMap(prefix).forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /** Changes a value without a record: it is remembered from the next checkpoint on. */
    public void replace(String name, byte[] value) {
        values.put(name, value);
    }

    /** Remembers a value; it is in the log when this returns. The array must not be written to afterwards. */
    public void put(String name, byte[] value) {
        RecordBuffer record = new RecordBuffer(name.length() + value.length + 8);
        record.putString(name);
        record.putBlock(value);
        log.appendLock().lock();
        try {
            long lsn = log.append(RecordType.FACT, record.array(), 0, record.length());
            values.put(name, value);
            log.publish(lsn);
        } finally {
            log.appendLock().unlock();
        }
    }

    /** Forgets a value; the log says so when this returns. */
    public void remove(String name) {
        RecordBuffer record = new RecordBuffer(name.length() + 8);
        record.putString(name);
        log.appendLock().lock();
        try {
            if (values.remove(name) != null) {
                log.publish(log.append(RecordType.FACT, record.array(), 0, record.length()));
            }
        } finally {
            log.appendLock().unlock();
        }
    }
}

package io.blazedb.sync.internal.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What was appended to a log, or is read from it: the model that the tests compare with. */
final class LogContents {
    static final LogOptions SMALL = new LogOptions(1 << 14, 1 << 16);

    /** One record, with its payload copied out. */
    record Entry(long lsn, RecordType type, List<Byte> payload) {}

    private static final List<RecordType> TYPES = List.of(RecordType.values());

    private LogContents() {}

    /** Appends and publishes. */
    static Entry append(OperationLog log, RecordType type, byte[] payload) {
        long lsn = appendOnly(log, type, payload);
        log.publish(lsn);
        return new Entry(lsn, type, asList(payload));
    }

    static long appendOnly(OperationLog log, RecordType type, byte[] payload) {
        log.appendLock().lock();
        try {
            return log.append(type, payload, 0, payload.length);
        } finally {
            log.appendLock().unlock();
        }
    }

    /** Appends records of random types and sizes, some of them empty, and some full of zeros. */
    static List<Entry> appendRandom(OperationLog log, Random random, int count, int bytesMax) {
        List<Entry> entries = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            byte[] payload = new byte[random.nextInt(bytesMax + 1)];
            if (random.nextInt(8) > 0) {
                random.nextBytes(payload);
            }
            RecordType type = TYPES.get(random.nextInt(TYPES.size()));
            entries.add(append(log, type, payload));
        }
        return entries;
    }

    static List<Entry> readAll(OperationLog log) {
        try (LogReader reader = log.reader(log.firstLsn())) {
            return readAll(reader);
        }
    }

    static List<Entry> readAll(LogReader reader) {
        List<Entry> entries = new ArrayList<>();
        for (LogRecord record = reader.next(); record != null; record = reader.next()) {
            byte[] payload = new byte[record.payload().remaining()];
            record.payload().get(payload);
            entries.add(new Entry(record.lsn(), record.type(), asList(payload)));
        }
        return entries;
    }

    static byte[] filled(int length, int value) {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) value);
        return payload;
    }

    private static List<Byte> asList(byte[] bytes) {
        List<Byte> list = new ArrayList<>(bytes.length);
        for (byte value : bytes) {
            list.add(value);
        }
        return list;
    }
}

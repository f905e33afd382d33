package io.blazedb.sync.internal.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Computes the check sums of the records of one log, without allocating. Not safe for several threads. */
final class RecordChecksum {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int LSN = LogId.BYTES;
    private static final int TYPE = LSN + Long.BYTES;

    private final CRC32C crc = new CRC32C();
    private final byte[] prefix = new byte[TYPE + 1];

    RecordChecksum(LogId logId) {
        logId.copyTo(prefix, 0);
    }

    int of(long lsn, byte type, byte[] payload, int offset, int length) {
        begin(lsn, type);
        crc.update(payload, offset, length);
        return (int) crc.getValue();
    }

    /** Moves the position and the limit of the buffer. */
    int of(long lsn, byte type, ByteBuffer buffer, int offset, int length) {
        begin(lsn, type);
        crc.update(buffer.limit(offset + length).position(offset));
        buffer.clear();
        return (int) crc.getValue();
    }

    private void begin(long lsn, byte type) {
        LONG.set(prefix, LSN, lsn);
        prefix[TYPE] = type;
        crc.reset();
        crc.update(prefix, 0, prefix.length);
    }
}

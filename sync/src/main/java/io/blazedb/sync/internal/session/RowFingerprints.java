package io.blazedb.sync.internal.session;

import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.ColumnVersion;
import io.blazedb.sync.internal.merge.Counter;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import io.blazedb.sync.internal.wire.ByteWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes of a row 128 bits that are the same at every node where the row is the same, whatever numbers its columns have
 * there: the first half of HMAC-SHA256 over table, key, life, versions and values, columns by name. Whoever has not the
 * key can neither make nor read them. For one thread.
 *
 * <p>Which transaction wrote the oldest version of a row is left out, and columns that have it or none at all are not
 * told apart: a node may forget it, and a column that was added later has none where the row was copied.
 */
public final class RowFingerprints {
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;
    private final ByteWriter out = new ByteWriter(256);

    public RowFingerprints(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    /**
     * One row.
     *
     * @param columns names in ascending order, the same at all nodes that are compared
     * @param numbers the number of each of them in the state
     * @param values canonical bytes of each of them, by its place in {@code columns}
     * @param shown whether a row is in the table; of a dead one that is a fault
     */
    public Fingerprint of(
            String table,
            byte[] rowKey,
            RowState state,
            List<String> columns,
            int[] numbers,
            RowValues values,
            boolean shown) {
        out.clear();
        text(table);
        out.bytes(rowKey);
        stamp(state.life().fence());
        out.varint(state.life().cause()).varint(state.highestCause());
        out.u8(shown && !state.alive() ? 1 : 0);
        ColumnVersion oldest = oldest(state, numbers);
        stamp(oldest.fence());
        out.varint(oldest.cause());
        for (int i = 0; i < numbers.length; i++) {
            ColumnVersion version = state.version(numbers[i]);
            byte[] value = values.value(i);
            boolean newer = !version.equals(oldest) && !version.equals(ColumnVersion.ABSENT);
            Counter counter = state.counters().get(numbers[i]);
            if (newer || value.length > 0 || counter != null) {
                text(columns.get(i));
                out.u8((newer ? 1 : 0) | (counter != null ? 2 : 0));
                if (newer) {
                    version(version);
                }
                if (counter != null) {
                    counter(counter);
                }
                out.bytes(value);
            }
        }
        mac.update(out.toBuffer());
        ByteBuffer code = ByteBuffer.wrap(mac.doFinal());
        return new Fingerprint(code.getLong(), code.getLong());
    }

    private static ColumnVersion oldest(RowState state, int[] numbers) {
        ColumnVersion oldest = ColumnVersion.ABSENT;
        for (int number : numbers) {
            ColumnVersion version = state.version(number);
            boolean older = oldest.equals(ColumnVersion.ABSENT) || version.compareTo(oldest) < 0;
            if (older && !version.equals(ColumnVersion.ABSENT)) {
                oldest = version;
            }
        }
        return oldest;
    }

    private void text(String text) {
        out.bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void counter(Counter counter) {
        out.varint(counter.shards().size());
        for (Counter.Shard shard : counter.shards()) {
            stamp(shard.epoch());
            out.varint(shard.cause())
                    .u64(shard.origin().high())
                    .u64(shard.origin().low());
            out.u64(shard.last());
            text(shard.sum().stripTrailingZeros().toPlainString());
        }
    }

    private void version(ColumnVersion version) {
        stamp(version.mark().epoch());
        text(version.mark().order().name());
        stamp(version.fence());
        out.varint(version.cause());
        stamp(version.stamp());
    }

    private void stamp(Stamp stamp) {
        out.u64(stamp.hlc()).u64(stamp.origin().high()).u64(stamp.origin().low());
    }
}

package io.blazedb.internal.apply;

import io.blazedb.sync.Stamp;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The open conflicts of the rows that were asked for last, so that a row that many write to at once is not read from
 * its table with all its conflicts at each write. Holds {@link #CONFLICTS_MAX} at most; what is put is whole, or not
 * there. For one thread.
 */
final class OpenConflicts {
    static final int CONFLICTS_MAX = 65_536;

    private final Map<Row, List<Open>> rows = new LinkedHashMap<>(16, 0.75f, true);
    private int size;

    /** The row of a table, by the bytes of its key. */
    private record Row(String schema, String table, ByteBuffer key) {}

    /** A value that lost, and that nobody has taken notice of. */
    @SuppressWarnings("ArrayRecordComponent") // never written to
    record Open(byte[] fingerprint, @Nullable String column, Stamp winning, Stamp losing) {}

    /** All open conflicts of a row, null when they are not here. Not to be changed. */
    @Nullable
    List<Open> find(String schema, String table, byte[] key) {
        return rows.get(new Row(schema, table, ByteBuffer.wrap(key)));
    }

    /** These are all open conflicts of a row. */
    void put(String schema, String table, byte[] key, List<Open> open) {
        Row row = new Row(schema, table, ByteBuffer.wrap(key));
        List<Open> before = rows.remove(row);
        size -= before == null ? 0 : weight(before);
        if (weight(open) > CONFLICTS_MAX) {
            return;
        }
        rows.put(row, open);
        size += weight(open);
        Iterator<List<Open>> leastAsked = rows.values().iterator();
        while (size > CONFLICTS_MAX) {
            size -= weight(leastAsked.next());
            leastAsked.remove();
        }
    }

    /** One more is open. */
    void add(String schema, String table, byte[] key, Open open) {
        Row row = new Row(schema, table, ByteBuffer.wrap(key));
        List<Open> before = rows.get(row);
        if (before == null) {
            return;
        }
        before.add(open);
        size++;
        if (size > CONFLICTS_MAX) {
            put(schema, table, key, before);
        }
    }

    /** Nothing is known any more. */
    void clear() {
        rows.clear();
        size = 0;
    }

    private static int weight(List<Open> open) {
        return 1 + open.size();
    }
}

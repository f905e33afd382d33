package io.blazedb.internal.capture;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.api.ErrorCode;
import org.h2.engine.Constants;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.message.DbException;
import org.h2.mvstore.db.MVPrimaryIndex;
import org.h2.mvstore.db.MVTable;
import org.h2.mvstore.tx.NewEntries;
import org.h2.mvstore.tx.TransactionStore.RollbackListener;
import org.h2.table.Table;
import org.h2.value.ValueInteger;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers H2 gives to the rows of tables without a key ({@code _ROWID_}), from when the database is a node: what
 * peers know such a row by follows from its number, so a number must belong to one row for good.
 *
 * <p>H2 alone counts from the highest number in the table, so it would give a number again when the last row was
 * deleted; and ALTER TABLE, which copies a table, would number the rows anew. Both are prevented by setting H2's
 * counter before it is used: a table begins with a range of its own, and while ALTER TABLE copies it, row by row in the
 * order of the numbers, the counter is set to the number of the row that comes next. Safe for use by several threads.
 */
public final class RowNumbers implements NewEntries {
    /** What H2 calls the copy that an ALTER TABLE makes: table, session, a number. */
    private static final Pattern COPY_NAME = Pattern.compile("(.*)_COPY_(\\d+)_\\d+", Pattern.DOTALL);

    /** H2 cuts longer names for it. */
    private static final int COPIED_NAME_MAX = Constants.MAX_IDENTIFIER_LENGTH - (7 + ValueInteger.DISPLAY_SIZE * 2);

    private final Database database;
    private final Field lastNumber;
    private final int catalogueMap;
    private final Map<Integer, Copying> copies = new ConcurrentHashMap<>();

    /** Tables that have got a range and may yet get a key, with the beginning of it. */
    private final Map<MVTable, Long> fresh = new ConcurrentHashMap<>();

    private volatile @Nullable LongSupplier ranges;

    RowNumbers(Database database, MVTable catalogue, Field lastNumber) {
        this.database = database;
        this.lastNumber = lastNumber;
        this.catalogueMap = mapOf(catalogue);
    }

    private static int mapOf(MVTable table) {
        return ((MVPrimaryIndex) table.getScanIndex(null)).getMVMap().getId();
    }

    /**
     * From now on numbers stay. To be called while nobody commits.
     *
     * @param newRanges gives the number that comes before those of a table; a higher one each time
     * @param tables those without a key
     */
    public void begin(LongSupplier newRanges, Collection<MVTable> tables) {
        tables.forEach(table -> raise(table, newRanges.getAsLong()));
        ranges = newRanges;
    }

    private void raise(MVTable table, long number) {
        last(table).accumulateAndGet(number, Math::max);
    }

    /** H2's counter of a table. */
    private AtomicLong last(MVTable table) {
        try {
            return (AtomicLong) lastNumber.get(table.getScanIndex(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("H2's counter of rows cannot be read any more", e);
        }
    }

    @Override
    public boolean wants(int mapId) {
        return ranges != null && (mapId == catalogueMap || (!copies.isEmpty() && copies.containsKey(mapId)));
    }

    @Override
    public void comes(RollbackListener owner, int mapId, Object key) {
        if (!(owner instanceof SessionLocal session)) {
            return;
        }
        if (mapId == catalogueMap) {
            leaveWhatHasKeys();
            MVTable table = database.getStore().getTable("table." + key);
            LongSupplier current = ranges;
            if (table != null && !table.isTemporary() && current != null) {
                begin(session, table, current);
            }
        } else {
            Copying copying = copies.get(mapId);
            if (copying != null && !copying.follow(session, (Long) key)) {
                copies.remove(mapId);
            }
        }
    }

    /** The key of a new table comes into the catalogue after the table. */
    private void leaveWhatHasKeys() {
        fresh.forEach((table, number) -> {
            AtomicLong last = last(table);
            boolean hasKey = table.findPrimaryKey() != null;
            if (hasKey) {
                last.compareAndSet(number, 0);
            }
            if (hasKey || last.get() != number || isGone(table)) {
                fresh.remove(table);
            }
        });
        copies.values().removeIf(copying -> isGone(copying.copy));
    }

    @SuppressWarnings("ReferenceEquality") // another object is another table
    private boolean isGone(MVTable table) {
        return database.getStore().getTable(table.getMapName()) != table;
    }

    private void begin(SessionLocal session, MVTable table, LongSupplier current) {
        MVTable source = sourceOf(session, table);
        if (source != null && source.findPrimaryKey() == null) {
            Copying copying = new Copying(source, table);
            if (copying.begin(session)) {
                copies.put(mapOf(table), copying);
            }
        } else if (source == null) {
            long number = current.getAsLong();
            raise(table, number);
            fresh.put(table, number);
        }
    }

    /** The table that a session copies to this one; null when it makes a new one. */
    private static @Nullable MVTable sourceOf(SessionLocal session, MVTable copy) {
        Matcher name = COPY_NAME.matcher(copy.getName());
        if (!name.matches() || !name.group(2).equals(Integer.toString(session.getId()))) {
            return null;
        }
        String base = name.group(1);
        for (Table table : copy.getSchema().getAllTablesAndViews(session)) {
            boolean isCut = base.length() == COPIED_NAME_MAX && table.getName().startsWith(base);
            if (table instanceof MVTable source
                    && !table.equals(copy)
                    && (isCut || table.getName().equals(base))) {
                return source;
            }
        }
        return null;
    }

    /** One ALTER TABLE. For the thread that runs it. */
    private final class Copying {
        private final MVTable source;
        private final MVTable copy;
        private @Nullable Cursor rows;

        Copying(MVTable source, MVTable copy) {
            this.source = source;
            this.copy = copy;
        }

        /** Before the first row. Answers whether there is one. */
        boolean begin(SessionLocal session) {
            return expect(rows(session));
        }

        private Cursor rows(SessionLocal session) {
            return source.getScanIndex(session).find(session, null, null, false);
        }

        /** Has the copy give the number of the next row; after the last one go on as the table would have. */
        private boolean expect(Cursor cursor) {
            boolean any = cursor.next();
            last(copy).set(any ? cursor.get().getKey() - 1 : last(source).get());
            return any;
        }

        /** A row has come. Answers whether another one will. */
        boolean follow(SessionLocal session, long number) {
            Cursor cursor = rows;
            if (cursor == null) {
                cursor = rows(session); // what the statement that copies sees
                rows = cursor;
                if (!cursor.next() || cursor.get().getKey() != number) {
                    throw DbException.get(ErrorCode.CONCURRENT_UPDATE_1, source.getName());
                }
            }
            return expect(cursor);
        }
    }
}

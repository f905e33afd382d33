package io.blazedb.internal.node;

import io.blazedb.SqlState;
import io.blazedb.internal.capture.RowGuard;
import io.blazedb.sync.TableDefinition;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.message.DbException;
import org.h2.mvstore.db.MVTable;

/**
 * What rows of tables without a key are known by to all nodes: a row id, made of a random space and an offset in it,
 * which follows from H2's number of the row alone and the other way round. So nothing has to be kept beside a row, and
 * every record of the log that names a row by its number says which row of all nodes it is.
 *
 * <pre>
 * number := sign | space 24 bits | offset 39 bits
 *           positive: rows that were inserted here; the node begins a space with each opening, so that copies of its
 *                     files, and files put back, never give an id that was given before
 *           negative: rows of others
 *           space 0:  rows from before there was a node
 * offset := block 8 bits | 31 bits that H2 counts up; each new table begins a block
 * row id := space 16 bytes | offset u64
 * </pre>
 *
 * <p>The numbers of spaces are this node's own and stay; they are facts, so they stand in the log before the first row
 * that needs them. Safe for use by several threads.
 */
public final class RowIds {
    /** How many bytes a row id has. */
    static final int BYTES = 3 * Long.BYTES;

    private static final String SPACE = "rowspace.";

    /** H2's id of a table, which is another one after ALTER TABLE; the table's number follows. */
    private static final String STORED = "rowtable.";

    private static final int OFFSET_BITS = 39;
    private static final int BLOCK_BITS = 31;
    private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;
    private static final int BLOCKS = 1 << (OFFSET_BITS - BLOCK_BITS);
    private static final int SPACES_MAX = 1 << (Long.SIZE - 1 - OFFSET_BITS);

    private final Facts facts;
    private final Map<Integer, Space> byNumber = new ConcurrentHashMap<>();
    private final Map<UUID, Integer> numbers = new ConcurrentHashMap<>();
    private int current;
    private int blocks = BLOCKS;

    /** @param own whether its rows were inserted here */
    private record Space(UUID id, boolean own) {
        static Space read(byte[] bytes) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            return new Space(new UUID(in.getLong(), in.getLong()), in.get() != 0);
        }

        byte[] toBytes() {
            return ByteBuffer.allocate(2 * Long.BYTES + 1)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .put((byte) (own ? 1 : 0))
                    .array();
        }
    }

    public RowIds(Facts facts) {
        this.facts = facts;
        facts.startingWith(SPACE).forEach((number, bytes) -> {
            remember(Integer.parseInt(number), Space.read(bytes));
        });
        if (byNumber.isEmpty()) {
            add(new Space(UUID.randomUUID(), true));
        }
    }

    private void remember(int number, Space space) {
        byNumber.put(number, space);
        numbers.put(space.id(), number);
    }

    private synchronized int add(Space space) {
        Integer known = numbers.get(space.id());
        if (known != null) {
            return known;
        }
        int number = byNumber.size();
        if (number == SPACES_MAX) {
            throw new IllegalStateException("A new space of row ids, beside " + number + " (expected: fewer than "
                    + SPACES_MAX + "). Remedy: give the tables primary keys.");
        }
        facts.put(SPACE + number, space.toBytes());
        remember(number, space);
        return number;
    }

    /** The number before the first one that a table may give to rows; none of what follows has been given before. */
    public synchronized long nextRange() {
        if (blocks == BLOCKS) {
            current = add(new Space(UUID.randomUUID(), true));
            blocks = 0;
        }
        return ((long) current << OFFSET_BITS) | ((long) blocks++ << BLOCK_BITS);
    }

    /** The id of the row that has a number here. */
    byte[] idOf(long number) {
        long distance = Math.abs(number);
        boolean known = distance > OFFSET_MASK && isValid(number);
        UUID id = space(known ? (int) (distance >>> OFFSET_BITS) : 0).id();
        return ByteBuffer.allocate(BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(known ? distance & OFFSET_MASK : number)
                .array();
    }

    /** Whether a row that has this number here has one id for all nodes. */
    boolean isValid(long number) {
        long distance = Math.abs(number);
        Space space = distance < 0 ? null : byNumber.get((int) (distance >>> OFFSET_BITS));
        return number != 0 && space != null && space.own() == number > 0;
    }

    private Space space(int number) {
        Space space = byNumber.get(number);
        if (space == null) {
            throw new IllegalStateException(
                    "No space of row ids has the number " + number + " (expected: one of " + byNumber.keySet() + ")");
        }
        return space;
    }

    /** Refuses rows whose numbers an application has made up, beside what another guard refuses. */
    RowGuard guard(TableDefinition table, RowGuard other) {
        return (number, old, now) -> {
            if (old == null && !isValid(number)) {
                throw DbException.convert(SqlState.MERGE.error("A row of " + table.schema() + "." + table.name()
                        + " would get the number (_ROWID_) " + number + "; peers know it by that (expected: one that"
                        + " the database gives). Remedy: leave _ROWID_ out. The transaction was rolled back."));
            }
            other.check(number, old, now);
        };
    }

    /** The number that a row has here, or will have. */
    long numberOf(byte[] id) {
        UUID space = spaceOf(id);
        Integer known = numbers.get(space);
        return number(known == null ? add(new Space(space, false)) : known, id);
    }

    /** The number that a row has here; 0, which no row has, when there cannot be one. */
    long knownNumberOf(byte[] id) {
        Integer known = numbers.get(spaceOf(id));
        return known == null ? 0 : number(known, id);
    }

    private long number(int number, byte[] id) {
        long offset = ByteBuffer.wrap(id).getLong(2 * Long.BYTES);
        if (number == 0) {
            return offset;
        }
        long distance = ((long) number << OFFSET_BITS) | (offset & OFFSET_MASK);
        return space(number).own() ? distance : -distance;
    }

    /** The rows of a table are in this one of H2's. */
    void remember(SyncedTable table, MVTable stored) {
        byte[] id = ByteBuffer.allocate(Integer.BYTES).putInt(stored.getId()).array();
        if (!Arrays.equals(id, facts.get(STORED + table.number()))) {
            facts.put(STORED + table.number(), id);
        }
    }

    /** Whether they were in another one. */
    boolean isReplaced(SyncedTable table, MVTable stored) {
        byte[] known = facts.get(STORED + table.number());
        return known != null && ByteBuffer.wrap(known).getInt() != stored.getId();
    }

    private static UUID spaceOf(byte[] id) {
        if (id.length != BYTES) {
            throw new IllegalArgumentException("A row id of " + id.length + " bytes (expected: " + BYTES + ")");
        }
        ByteBuffer in = ByteBuffer.wrap(id);
        return new UUID(in.getLong(), in.getLong());
    }

    /** As BLAZE.CONFLICTS shows it. */
    static String text(byte[] id) {
        return spaceOf(id) + "/" + ByteBuffer.wrap(id).getLong(2 * Long.BYTES);
    }
}

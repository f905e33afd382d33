package io.blazedb.internal.apply;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.Conflict;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes BLAZE.BZ_CONFLICT: every value that lost, and every row that a constraint hides, in the transaction that finds
 * it. One loss is one row, however often it is met again. For the applier's thread.
 */
final class ConflictLog {
    static final String LOST = "LOST";
    static final String HIDDEN = "HIDDEN";
    static final String RESOLVED = "RESOLVED";
    static final String REJECTED = "REJECTED";

    /** Kind of what was written to a row that all others have deleted and forgotten. */
    static final String STALE = "STALE";

    private static final int FINGERPRINT_BYTES = 16;

    /** One row of the table, but for id and time. */
    @SuppressWarnings("ArrayRecordComponent") // never written to
    record Entry(
            String schema,
            String table,
            String rowKey,
            byte[] keyBytes,
            @Nullable String column,
            String kind,
            Side local,
            Side remote,
            String winner,
            Stamp winning,
            Stamp losing,
            String status) {}

    /**
     * One of the two that met.
     *
     * @param text for people, perhaps cut
     * @param bytes the whole value; null when it has none
     */
    @SuppressWarnings("ArrayRecordComponent") // never written to
    record Side(@Nullable String node, @Nullable String text, byte @Nullable [] bytes) {}

    private static final String INSERT = """
            INSERT INTO BLAZE.BZ_CONFLICT(TABLE_SCHEMA, TABLE_NAME, ROW_KEY, COLUMN_NAME, KIND, LOCAL_VALUE,
                REMOTE_VALUE, WINNER, LOCAL_NODE, REMOTE_NODE, DETECTED_AT, STATUS, ROW_KEY_BYTES, ORIGIN_TX,
                LOCAL_BYTES, REMOTE_BYTES, WINNER_STAMP, LOSER_STAMP, FINGERPRINT)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String AGAIN = """
            UPDATE BLAZE.BZ_CONFLICT SET STATUS = CASE WHEN STATUS = 'RESOLVED' THEN CAST(? AS VARCHAR) ELSE STATUS END
            WHERE FINGERPRINT = ?""";
    private static final String FIND = "SELECT 1 FROM BLAZE.BZ_CONFLICT WHERE FINGERPRINT = ?";
    private static final String OF_ROW =
            " WHERE ROW_KEY_BYTES = ? AND TABLE_NAME = ? AND TABLE_SCHEMA = ? AND STATUS = ?";
    private static final String OPEN =
            "SELECT FINGERPRINT, COLUMN_NAME, WINNER_STAMP, LOSER_STAMP FROM BLAZE.BZ_CONFLICT" + OF_ROW;
    private static final String RESOLVE_WAITING = "UPDATE BLAZE.BZ_CONFLICT SET STATUS = 'RESOLVED'" + OF_ROW;
    private static final String STILL_HIDDEN = "UPDATE BLAZE.BZ_CONFLICT SET KIND = ?, REMOTE_VALUE = ?" + OF_ROW;
    private static final String RESOLVE = "UPDATE BLAZE.BZ_CONFLICT SET STATUS = 'RESOLVED' WHERE FINGERPRINT = ?";
    private static final String KEYS_OPEN = "SELECT ROW_KEY_BYTES FROM BLAZE.BZ_CONFLICT WHERE STATUS = 'LOST'";

    private final KeptStatements statements;
    private final KeyFilter openKeys = new KeyFilter();
    private final OpenConflicts openConflicts = new OpenConflicts();
    private long inTransaction;
    private volatile long found;

    ConflictLog(Connection connection) {
        this.statements = new KeptStatements(connection);
    }

    /** Answers whether it is news. What waits anew, hidden or in the stash, is: it is the same conflict, open again. */
    boolean add(Entry entry) throws SQLException {
        byte[] fingerprint = fingerprint(entry);
        if (exists(fingerprint)) {
            return !entry.status().equals(LOST) && again(fingerprint, entry.status());
        }
        PreparedStatement insert = statements.of(INSERT);
        insert.setString(1, entry.schema());
        insert.setString(2, entry.table());
        insert.setString(3, entry.rowKey());
        insert.setString(4, entry.column());
        insert.setString(5, entry.kind());
        insert.setString(6, entry.local().text());
        insert.setString(7, entry.remote().text());
        insert.setString(8, entry.winner());
        insert.setString(9, entry.local().node());
        insert.setString(10, entry.remote().node());
        insert.setObject(11, OffsetDateTime.now(ZoneId.systemDefault()));
        insert.setString(12, entry.status());
        insert.setBytes(13, entry.keyBytes());
        insert.setString(14, entry.losing().toString());
        insert.setBytes(15, entry.local().bytes());
        insert.setBytes(16, entry.remote().bytes());
        insert.setBytes(17, bytesOf(entry.winning()));
        insert.setBytes(18, bytesOf(entry.losing()));
        insert.setBytes(19, fingerprint);
        insert.executeUpdate();
        if (entry.status().equals(LOST)) {
            openKeys.add(entry.keyBytes());
            openConflicts.add(
                    entry.schema(),
                    entry.table(),
                    entry.keyBytes(),
                    new OpenConflicts.Open(fingerprint, entry.column(), entry.winning(), entry.losing()));
        }
        inTransaction++;
        return true;
    }

    /** How many conflicts were found since the database was opened. May be asked by any thread. */
    long found() {
        return found;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time has the connection
    void committed() {
        if (inTransaction > 0) {
            found += inTransaction;
            inTransaction = 0;
        }
    }

    void rolledBack() {
        inTransaction = 0;
        openConflicts.clear();
    }

    private boolean exists(byte[] fingerprint) throws SQLException {
        PreparedStatement find = statements.of(FIND);
        find.setBytes(1, fingerprint);
        try (ResultSet found = find.executeQuery()) {
            return found.next();
        }
    }

    private boolean again(byte[] fingerprint, String status) throws SQLException {
        PreparedStatement again = statements.of(AGAIN);
        again.setString(1, status);
        again.setBytes(2, fingerprint);
        return again.executeUpdate() > 0;
    }

    /** Whether a value of that row may have lost, as far as a filter says. */
    boolean mayBeOpen(byte[] key) {
        return openKeys.mayContain(key);
    }

    /** Whether values have lost that nobody has taken notice of, or there were some. */
    boolean isAnyOpen() {
        return !openKeys.isEmpty();
    }

    /** Settles those of a row's open conflicts that a new write settles. */
    void settle(String schema, String table, byte[] key, Predicate<OpenConflicts.Open> settled) throws SQLException {
        if (!openKeys.mayContain(key)) {
            return;
        }
        List<OpenConflicts.Open> known = openConflicts.find(schema, table, key);
        List<OpenConflicts.Open> open = known == null ? readOpen(schema, table, key) : known;
        List<OpenConflicts.Open> left = new ArrayList<>();
        for (OpenConflicts.Open conflict : open) {
            if (settled.test(conflict)) {
                resolved(conflict);
            } else {
                left.add(conflict);
            }
        }
        if (known == null || left.size() < open.size()) {
            openConflicts.put(schema, table, key, left);
        }
    }

    private List<OpenConflicts.Open> readOpen(String schema, String table, byte[] key) throws SQLException {
        List<OpenConflicts.Open> open = new ArrayList<>();
        PreparedStatement select = ofRow(OPEN, schema, table, key, LOST);
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                byte[] winning = row.getBytes(3);
                byte[] losing = row.getBytes(4);
                if (winning != null && losing != null) {
                    open.add(new OpenConflicts.Open(
                            row.getBytes(1), row.getString(2), stampOf(winning), stampOf(losing)));
                }
            }
        }
        return open;
    }

    private void resolved(OpenConflicts.Open conflict) throws SQLException {
        PreparedStatement update = statements.of(RESOLVE);
        update.setBytes(1, conflict.fingerprint());
        update.executeUpdate();
    }

    /** To be called once, before anything is asked. */
    void load() throws SQLException {
        try (ResultSet row = statements.of(KEYS_OPEN).executeQuery()) {
            while (row.next()) {
                openKeys.add(row.getBytes(1));
            }
        }
    }

    /** What is hidden has changed while it is. */
    void hiddenStill(String schema, String table, byte[] key, String reason, String row) throws SQLException {
        PreparedStatement update = statements.of(STILL_HIDDEN);
        update.setString(1, reason);
        update.setString(2, row);
        update.setBytes(3, key);
        update.setString(4, table);
        update.setString(5, schema);
        update.setString(6, HIDDEN);
        update.executeUpdate();
    }

    /** The reason for hiding a row is gone, or the row is. */
    void resolveHidden(String schema, String table, byte[] key) throws SQLException {
        resolve(schema, table, key, HIDDEN);
    }

    /** What waited with this status does no more. */
    void resolve(String schema, String table, byte[] key, String status) throws SQLException {
        ofRow(RESOLVE_WAITING, schema, table, key, status).executeUpdate();
    }

    private PreparedStatement ofRow(String sql, String schema, String table, byte[] key, String status)
            throws SQLException {
        PreparedStatement statement = statements.of(sql);
        statement.setBytes(1, key);
        statement.setString(2, table);
        statement.setString(3, schema);
        statement.setString(4, status);
        return statement;
    }

    /** The same two writes that meet in the same place are one conflict; two of a fork differ in their values only. */
    private static byte[] fingerprint(Entry entry) {
        try {
            RecordBuffer out = new RecordBuffer(128);
            out.putString(entry.schema());
            out.putString(entry.table());
            out.putBlock(entry.keyBytes());
            out.putString(entry.column() == null ? "" : entry.column());
            out.putString(entry.kind());
            out.putBlock(bytesOf(entry.winning()));
            out.putBlock(bytesOf(entry.losing()));
            if (entry.kind().equals(Conflict.Kind.FORK.name())) {
                String lost = (entry.winner().equals("LOCAL") ? entry.remote() : entry.local()).text();
                out.putString(lost == null ? "" : lost);
            }
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(out.toByteArray());
            return Arrays.copyOf(hash, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static byte[] bytesOf(Stamp stamp) {
        RecordBuffer out = new RecordBuffer(3 * Long.BYTES);
        out.putLong(stamp.hlc());
        out.putLong(stamp.origin().high());
        out.putLong(stamp.origin().low());
        return out.toByteArray();
    }

    private static Stamp stampOf(byte[] bytes) {
        RecordInput in = new RecordInput(bytes);
        return new Stamp(in.readLong(), new OriginId(in.readLong(), in.readLong()));
    }
}

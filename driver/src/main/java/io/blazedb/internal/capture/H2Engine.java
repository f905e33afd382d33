package io.blazedb.internal.capture;

import io.blazedb.SqlState;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.Constants;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.engine.User;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.db.MVPrimaryIndex;
import org.h2.mvstore.db.MVTable;
import org.h2.mvstore.db.Store;
import org.h2.mvstore.tx.CapturingTransactionStore;
import org.h2.mvstore.tx.CommitPoint;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.MetaType;
import org.h2.mvstore.type.StringDataType;
import org.h2.util.NetworkConnectionInfo;

/**
 * An open H2 database seen from inside: the few places where we reach past its public methods. Written for H2 2.4.240;
 * another version that lacks a place fails with {@link SqlState#STORAGE} at the first open. Safe for use by several
 * threads.
 */
public final class H2Engine {
    /** Map of the store that keeps what a checkpoint has to remember. Plain H2 ignores it. */
    private static final String STATE_MAP = "blaze.state";

    /** In milliseconds; about 23 days. */
    private static final int WRITE_DELAY_NEVER = 2_000_000_000;

    private final Database database;
    private final MVStore store;
    private final MVTable catalogue;
    private final MVMap<String, byte[]> state;
    private final RowNumbers rowNumbers;

    private H2Engine(Database database) throws ReflectiveOperationException {
        this.database = database;
        this.store = database.getStore().getMvStore();
        this.catalogue = (MVTable) field(Database.class, "meta").get(database);
        this.state = store.openMap(
                STATE_MAP,
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
        this.rowNumbers = new RowNumbers(database, catalogue, field(MVPrimaryIndex.class, "lastKey"));
    }

    /** The engine behind a connection that H2's own driver opened. */
    public static H2Engine of(Connection h2) throws SQLException {
        try {
            return new H2Engine(sessionOf(h2).getDatabase());
        } catch (ReflectiveOperationException e) {
            throw unknownVersion(e);
        }
    }

    public static SessionLocal sessionOf(Connection h2) throws SQLException {
        return (SessionLocal) h2.unwrap(JdbcConnection.class).getSession();
    }

    public Database database() {
        return database;
    }

    public MVStore store() {
        return store;
    }

    /** H2's table of all other objects: id, head, type, SQL. */
    public MVTable catalogue() {
        return catalogue;
    }

    /** Small values that a checkpoint makes durable together with the data. */
    public MVMap<String, byte[]> state() {
        return state;
    }

    /** Which numbers H2 gives to rows without a key. */
    public RowNumbers rowNumbers() {
        return rowNumbers;
    }

    /** A further map of the store, by name; its content is as durable as the data at a checkpoint. */
    public MVMap<byte[], byte[]> bytesMap(String name) {
        return store.openMap(
                name,
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    /** From now on every commit passes through the commit point. Only while no application transaction is open. */
    public void install(CommitPoint commitPoint) throws SQLException {
        try {
            Field field = field(Store.class, "transactionStore");
            field.set(
                    database.getStore(),
                    new CapturingTransactionStore(
                            database.getStore().getTransactionStore(),
                            store,
                            new MetaType<>(database, store.backgroundExceptionHandler),
                            commitPoint,
                            rowNumbers));
        } catch (ReflectiveOperationException e) {
            throw unknownVersion(e);
        }
    }

    /**
     * Stops H2's background writer from saving, which it would do while transactions are open. What is left is a valve
     * against running out of memory.
     *
     * @param bytes of unsaved memory above which H2 saves on its own
     */
    public void saveOnlyWhenTold(int bytes) throws SQLException {
        if (database.isPersistent()) {
            database.setWriteDelay(WRITE_DELAY_NEVER);
        }
        try {
            field(MVStore.class, "autoCommitMemory").setInt(store, bytes);
        } catch (ReflectiveOperationException e) {
            throw unknownVersion(e);
        }
    }

    /** A session with all rights that keeps the database open until it is closed. */
    public SessionLocal openSystemSession() throws SQLException {
        try {
            Method create = Database.class.getDeclaredMethod("createSession", User.class, NetworkConnectionInfo.class);
            create.setAccessible(true);
            return (SessionLocal)
                    create.invoke(database, field(Database.class, "systemUser").get(database), null);
        } catch (ReflectiveOperationException e) {
            throw unknownVersion(e);
        }
    }

    /** A JDBC connection on a session of {@link #openSystemSession}: close the session, the connection cannot be. */
    public Connection connectionOf(SessionLocal session) {
        return new JdbcConnection(session, session.getUser().getName(), "jdbc:blaze:");
    }

    /** Writes everything that is committed to the file and forces it. */
    public void save() {
        database.getStore().sync();
    }

    /**
     * Takes the state of all maps as it is now, for the file. Only while nobody writes: then it is the state between
     * two transactions, whatever is written to the maps later.
     */
    public void beginSave() {
        if (database.isPersistent() && store.tryCommit() < 0) {
            store.commit(); // another save was under way, or there is nothing to save
        }
    }

    /**
     * Waits until what {@link #beginSave} took is in the file, and forces it.
     *
     * @throws MVStoreException when it could not be written; H2 itself goes on for a while as if it had been
     */
    public void finishSave() {
        FileStore<?> file = store.getFileStore();
        if (file != null) {
            file.executeFileStoreOperation(() -> {});
            MVStoreException failure = store.getPanicException();
            if (failure != null) {
                throw failure;
            }
            store.sync();
        }
    }

    /** Whether H2 has given up its file, or will as soon as it notices. */
    public boolean hasFailed() {
        return store.isClosed() || store.getPanicException() != null;
    }

    private static Field field(Class<?> owner, String name) throws NoSuchFieldException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static SQLException unknownVersion(ReflectiveOperationException e) {
        return SqlState.STORAGE.error(
                "This H2 (" + Constants.FULL_VERSION + ") is not the one that BlazeDB was built for"
                        + " (expected: 2.4.240): " + e.getMessage()
                        + ". Remedy: put com.h2database:h2:2.4.240 on the class path.",
                e);
    }
}

package io.blazedb.internal.database;

import io.blazedb.internal.jdbc.Session;
import io.blazedb.internal.jdbc.SessionFactory;
import io.blazedb.internal.jdbc.url.ConnectionSettings;
import io.blazedb.internal.jdbc.url.Location;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The databases that are open in this JVM: one engine a location, however many connections. Safe for use by several
 * threads.
 */
public final class Databases implements SessionFactory {
    private static final Databases OPEN = new Databases();

    private final Map<Location, Slot> slots = new HashMap<>();
    private boolean hooked;

    /** One location. Its monitor is held while its database opens or closes. */
    static final class Slot {
        private @Nullable BlazeDatabase database;

        void emptied(BlazeDatabase closed) {
            if (database == closed) {
                database = null;
            }
        }
    }

    private Databases() {}

    /** Those of this JVM. */
    public static Databases open() {
        return OPEN;
    }

    @Override
    public Session open(ConnectionSettings settings) throws SQLException {
        hook();
        Slot slot = slot(settings.location());
        synchronized (slot) {
            BlazeDatabase database = slot.database;
            if (database == null || database.isClosed()) {
                OpenedDatabase opened = DatabaseOpening.open(settings, slot);
                slot.database = opened.database();
                return opened.firstSession();
            }
            return database.join(settings);
        }
    }

    /** The database of a location when it is open. */
    public @Nullable BlazeDatabase find(Location location) {
        Slot slot = slot(location);
        synchronized (slot) {
            return slot.database;
        }
    }

    private synchronized Slot slot(Location location) {
        return location.kind() == Location.Kind.UNNAMED_MEMORY
                ? new Slot()
                : slots.computeIfAbsent(location, key -> new Slot());
    }

    private synchronized void hook() {
        if (!hooked) {
            hooked = true;
            Runtime.getRuntime().addShutdownHook(new Thread(this::closeAll, "blazedb-shutdown"));
        }
    }

    private void closeAll() {
        List<Slot> all;
        synchronized (this) {
            all = new ArrayList<>(slots.values());
        }
        for (Slot slot : all) {
            BlazeDatabase database;
            synchronized (slot) {
                database = slot.database;
            }
            if (database != null) {
                database.closeAtExit();
            }
        }
    }

    /** A database that has just been opened, and the session of the connection that opened it. */
    record OpenedDatabase(BlazeDatabase database, Session firstSession) {}
}

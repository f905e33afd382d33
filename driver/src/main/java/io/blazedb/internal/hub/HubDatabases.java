package io.blazedb.internal.hub;

import io.blazedb.SqlState;
import io.blazedb.sync.internal.crypto.DatabaseMode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The databases of a hub, opened when asked for and open until closed. Names count without regard to case. Safe for
 * several threads.
 */
public final class HubDatabases implements AutoCloseable {
    static final String NAMES = "1 to 63 letters, digits, - and _, the first one a letter";

    private static final String NAME_PATTERN = "[a-z][a-z0-9_-]{0,62}";
    private static final String MARK = "database.properties";
    private static final String MODE = "mode";

    private final HubDirectory directory;
    private final HubSettings settings;
    private final HubKeys keys;
    private final Map<String, HubDatabase> open = new TreeMap<>();

    HubDatabases(HubDirectory directory, HubSettings settings, HubKeys keys) {
        this.directory = directory;
        this.settings = settings;
        this.keys = keys;
    }

    /** Makes a database; what is there of one that was not finished is removed. */
    synchronized HubDatabase make(String name, DatabaseMode mode) throws SQLException {
        String known = checked(name);
        if (names().contains(known)) {
            throw SqlState.HUB.error("Database " + known + " is there already, "
                    + modeOf(known).text() + " (expected: a new name). Nothing was changed");
        }
        Path place = directory.databases().resolve(known);
        try {
            remove(place);
            PrivateFiles.makeDirectory(place);
            byte[] mark = (MODE + "=" + mode.text() + "\n").getBytes(StandardCharsets.ISO_8859_1);
            HubDatabase made =
                    mode == DatabaseMode.SMART ? SmartDatabase.make(known, place, keys) : openBlind(known, place);
            open.put(known, made);
            finish(made, place.resolve(MARK), mark);
            return made;
        } catch (IOException e) {
            throw directory.failed(place, e);
        }
    }

    private void finish(HubDatabase made, Path file, byte[] mark) throws IOException, SQLException {
        boolean done = false;
        try {
            PrivateFiles.write(file, mark);
            done = true;
        } finally {
            if (!done) {
                open.remove(made.name());
                made.close();
            }
        }
    }

    private static String checked(String name) throws SQLException {
        String known = name.toLowerCase(Locale.ROOT);
        if (!known.matches(NAME_PATTERN)) {
            throw SqlState.HUB.error("The database name is '" + name + "' (expected: " + NAMES + ")");
        }
        return known;
    }

    private static void remove(Path unfinished) throws IOException {
        if (Files.exists(unfinished)) {
            List<Path> all;
            try (Stream<Path> files = Files.walk(unfinished)) {
                all = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : all) {
                Files.delete(file);
            }
        }
    }

    /** The names of all databases. */
    public synchronized List<String> names() throws SQLException {
        try (Stream<Path> places = Files.list(directory.databases())) {
            return places.filter(place -> Files.exists(place.resolve(MARK)))
                    .map(place -> place.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw directory.failed(directory.databases(), e);
        }
    }

    /** The mode that a database has for life. */
    public DatabaseMode modeOf(String name) throws SQLException {
        Path mark = directory.databases().resolve(required(name)).resolve(MARK);
        Properties known = new Properties();
        try {
            known.load(new StringReader(Files.readString(mark)));
        } catch (IOException e) {
            throw directory.failed(mark, e);
        }
        String mode = known.getProperty(MODE, "");
        for (DatabaseMode one : DatabaseMode.values()) {
            if (one.text().equals(mode)) {
                return one;
            }
        }
        throw SqlState.HUB.error(mark + " says mode '" + mode + "' (expected: blind or smart)");
    }

    private String required(String name) throws SQLException {
        String known = checked(name);
        List<String> names = names();
        if (!names.contains(known)) {
            throw SqlState.HUB.error("The hub has no database " + known + " (expected: one of " + names
                    + "). Remedy: hub database create " + known + " --mode blind|smart");
        }
        return known;
    }

    /** The database of this name, open. */
    public synchronized HubDatabase database(String name) throws SQLException {
        String known = required(name);
        HubDatabase database = open.get(known);
        if (database == null) {
            Path place = directory.databases().resolve(known);
            database = modeOf(known) == DatabaseMode.SMART
                    ? SmartDatabase.open(known, place, keys)
                    : openBlind(known, place);
            open.put(known, database);
        }
        return database;
    }

    private BlindDatabase openBlind(String name, Path place) throws SQLException {
        return BlindDatabase.open(name, place, settings.frameStoreLimits());
    }

    /** As {@link #database}, of a smart one. */
    SmartDatabase smart(String name) throws SQLException {
        if (database(name) instanceof SmartDatabase smart) {
            return smart;
        }
        throw SqlState.HUB.error("Database " + checked(name)
                + " is blind: the hub cannot read it (expected: a smart one). Remedy: run SQL at a member of it");
    }

    /** Closes all, whichever fails. */
    @Override
    public synchronized void close() throws SQLException {
        SQLException failure = null;
        for (HubDatabase database : new ArrayList<>(open.values())) {
            try {
                database.close();
            } catch (SQLException e) {
                failure = e;
            }
        }
        open.clear();
        if (failure != null) {
            throw failure;
        }
    }
}

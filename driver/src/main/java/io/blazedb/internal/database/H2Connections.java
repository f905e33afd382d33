package io.blazedb.internal.database;

import io.blazedb.SqlState;
import io.blazedb.internal.capture.H2Engine;
import io.blazedb.internal.crypt.FileKeys;
import io.blazedb.internal.jdbc.url.ConnectionSettings;
import io.blazedb.internal.jdbc.url.Location;
import io.blazedb.internal.node.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.h2.api.ErrorCode;
import org.h2.message.TraceSystem;
import org.jspecify.annotations.Nullable;

/**
 * The one place where H2 connects. An encrypted file gets its password there, and loses its trace file, in which H2
 * writes statements, values and names of users in the clear. Under the lock of {@link Databases}.
 */
final class H2Connections {
    private static final String HASHED = "PASSWORD_HASH";

    /** The shutdown hook is ours. */
    private static final String FILE_SETTINGS = ";DB_CLOSE_ON_EXIT=FALSE";

    private H2Connections() {}

    /** @param keys of an encrypted database */
    static Connection connect(ConnectionSettings settings, @Nullable FileKeys keys) throws SQLException {
        if (keys == null) {
            return connect(
                    settings,
                    url(settings, settings.h2Settings()),
                    settings.password().copy());
        }
        Map<String, String> h2Settings = new TreeMap<>(settings.h2Settings());
        h2Settings.put("CIPHER", "AES");
        h2Settings.put(HASHED, "TRUE"); // of the file's password too: H2 compares it with that of the first connection
        boolean connected = false;
        try {
            Connection connection = connect(settings, url(settings, h2Settings), keys.h2Password(hash(settings)));
            TraceSystem traces = H2Engine.of(connection).database().getTraceSystem();
            traces.setFileName(null);
            connected = true;
            return connection;
        } finally {
            deleteTraces(settings, connected);
        }
    }

    private static String hash(ConnectionSettings settings) {
        char[] password = settings.password().copy();
        try {
            boolean hashed = "TRUE".equalsIgnoreCase(settings.h2Settings().get(HASHED));
            return hashed
                    ? new String(password)
                    : Credentials.of(settings.user(), password).passwordHash();
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static Connection connect(ConnectionSettings settings, String url, char[] password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.put("password", password);
        try {
            Connection connection = new org.h2.Driver().connect(url, properties);
            if (connection == null) {
                throw new IllegalStateException("H2's driver does not take " + settings.publicUrl());
            }
            return connection;
        } catch (SQLException e) {
            throw e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1 ? held(settings, e) : e;
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static String url(ConnectionSettings settings, Map<String, String> h2Settings) {
        Location location = settings.location();
        StringBuilder url = new StringBuilder("jdbc:h2:");
        switch (location.kind()) {
            case FILE -> url.append("async:").append(escape(String.valueOf(location.path())));
            case MEMORY -> url.append("mem:").append(escape(location.name()));
            case UNNAMED_MEMORY -> url.append("mem:");
        }
        h2Settings.forEach(
                (key, value) -> url.append(';').append(key).append('=').append(value));
        settings.init().ifPresent(sql -> url.append(";INIT=").append(escape(sql)));
        if (settings.ifExists()) {
            url.append(";IFEXISTS=TRUE");
        }
        if (location.kind() == Location.Kind.FILE) {
            url.append(FILE_SETTINGS);
        }
        return url.toString();
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace(";", "\\;");
    }

    /** What H2 wrote before it was told not to. While connecting fails, its error counts. */
    private static void deleteTraces(ConnectionSettings settings, boolean connected) throws SQLException {
        Path path = settings.location().path();
        if (path == null) {
            return;
        }
        Path trace = path.resolveSibling(path.getFileName() + ".trace.db");
        try {
            Files.deleteIfExists(trace);
            Files.deleteIfExists(path.resolveSibling(path.getFileName() + ".trace.db.old"));
        } catch (IOException e) {
            if (connected) {
                throw SqlState.STORAGE.error(
                        "The file " + trace + " beside an encrypted database is not, and cannot be deleted: "
                                + e.getMessage(),
                        e);
            }
        }
    }

    private static SQLException held(ConnectionSettings settings, SQLException cause) {
        return SqlState.DATABASE_HELD.error(
                "The database " + settings.publicUrl() + " is open in another process. Remedy: close it there, or open"
                        + " a database of your own and share tables with CONNECT TO SHARE.",
                cause);
    }
}

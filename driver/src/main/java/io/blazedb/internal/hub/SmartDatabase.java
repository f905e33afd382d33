package io.blazedb.internal.hub;

import io.blazedb.BlazeDriver;
import io.blazedb.ConnectionProperty;
import io.blazedb.SqlState;
import io.blazedb.sync.internal.crypto.DatabaseMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A database that the hub is a member of: an ordinary one, whose owner is the hub. The owner's password follows from
 * the hub's keys, and nobody needs to know it. Stays open until closed. Safe for several threads.
 */
public final class SmartDatabase implements HubDatabase {
    /** The owner, who has H2's ADMIN right. */
    public static final String OWNER = "HUB_OWNER";

    /** The H2 role of those who enrolled. */
    public static final String MEMBER = "MEMBER";

    private static final int PASSWORD_BYTES = 32;

    private final String name;
    private final Path directory;
    private final HubKeys keys;
    private final Connection held;

    private SmartDatabase(String name, Path directory, HubKeys keys) throws SQLException {
        this.name = name;
        this.directory = directory;
        this.keys = keys;
        this.held = connect();
    }

    static SmartDatabase open(String name, Path directory, HubKeys keys) throws SQLException {
        return new SmartDatabase(name, directory, keys);
    }

    /** A new one: members may read and write all of it, and add tables and columns. */
    static SmartDatabase make(String name, Path directory, HubKeys keys) throws SQLException {
        SmartDatabase database = new SmartDatabase(name, directory, keys);
        boolean done = false;
        try (Statement statement = database.held.createStatement()) {
            statement.execute("CREATE ROLE " + MEMBER);
            statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA PUBLIC TO " + MEMBER);
            statement.execute("GRANT ALTER ANY SCHEMA TO " + MEMBER);
            statement.execute("CREATE TOPOLOGY MAIN");
            statement.execute("ALTER TOPOLOGY MAIN ADD NODE " + quoted(name) + " CURRENT DATABASE ROLE SERVER");
            done = true;
            return database;
        } finally {
            if (!done) {
                database.close();
            }
        }
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public DatabaseMode mode() {
        return DatabaseMode.SMART;
    }

    /** A connection of the owner. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty(ConnectionProperty.USER.key(), OWNER);
        properties.setProperty(ConnectionProperty.PASSWORD.key(), keys.secretFor("blz1/owner " + name));
        String url = "jdbc:blaze:" + directory.resolve(name);
        Connection connection = new BlazeDriver().connect(url, properties);
        if (connection == null) {
            throw SqlState.BAD_URL.error("The URL is " + url + " (expected: one of BlazeDB's)");
        }
        return connection;
    }

    /** Sees to it that this user is there, with a password that nobody knows, and is a member if that is granted. */
    void enrol(String user, boolean grant) throws SQLException {
        String known = user.toUpperCase(Locale.ROOT);
        if (known.equals(OWNER) || known.equals(MEMBER)) {
            throw SqlState.HUB.error(
                    "User " + user + " is a name of the hub itself (expected: another one). Nothing was issued");
        }
        try (Statement statement = held.createStatement()) {
            if (!isUser(known)) {
                byte[] password = new byte[PASSWORD_BYTES];
                new SecureRandom().nextBytes(password);
                statement.execute("CREATE USER " + quoted(known) + " PASSWORD '"
                        + HexFormat.of().formatHex(password) + "'");
            }
            if (grant) {
                statement.execute("GRANT " + MEMBER + " TO " + quoted(known));
            }
        }
    }

    private boolean isUser(String name) throws SQLException {
        String sql = "SELECT COUNT(*) FROM INFORMATION_SCHEMA.USERS WHERE USER_NAME = ?";
        try (PreparedStatement statement = held.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getInt(1) > 0;
            }
        }
    }

    @Override
    public long bytes() throws SQLException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        } catch (IOException e) {
            throw SqlState.STORAGE.error(directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws SQLException {
        held.close();
    }
}

package io.blazedb.tck;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A kind of database that the tests run on: it turns a path into a URL.
 *
 * <p>Which kinds are on is said by the system property {@code blazedb.tck.schemes} ({@code h2}, {@code blaze}), never
 * found out: a driver that cannot be loaded must fail the tests, not skip them. Values are immutable.
 */
public enum Target {
    H2_MEMORY("h2", false, ""),
    H2_FILE("h2", true, ""),
    BLAZE_MEMORY("blaze", false, ""),
    BLAZE_FILE("blaze", true, ""),
    BLAZE_FULL("blaze", true, ";DURABILITY=FULL");

    public static final String USER = "sa";
    public static final String PASSWORD = "";

    private final String scheme;
    private final boolean file;
    private final String settings;

    Target(String scheme, boolean file, String settings) {
        this.scheme = scheme;
        this.file = file;
        this.settings = settings;
    }

    /** The kinds that are switched on. */
    public static List<Target> enabled() {
        return Stream.of(values()).filter(Target::isEnabled).toList();
    }

    /** The kinds that are switched on and keep their data when the process dies. */
    public static List<Target> enabledFiles() {
        return enabled().stream().filter(Target::isFile).toList();
    }

    /** The kinds that are switched on and promise to survive a kill: plain H2 does not. */
    public static List<Target> enabledDurable() {
        return enabledFiles().stream().filter(Target::isBlaze).toList();
    }

    public boolean isEnabled() {
        String schemes = System.getProperty("blazedb.tck.schemes", "h2");
        return Arrays.asList(schemes.split(",")).contains(scheme);
    }

    public boolean isFile() {
        return file;
    }

    public boolean isBlaze() {
        return scheme.equals("blaze");
    }

    /** The URL of the database at that path; a database in memory takes the path for its name and outlives its user. */
    public String url(Path path) {
        String absolute = path.toAbsolutePath().toString();
        String place = file ? absolute : "mem:" + absolute.replaceAll("[^A-Za-z0-9]", "_");
        return "jdbc:" + scheme + ":" + place + settings + (file ? "" : ";DB_CLOSE_DELAY=-1");
    }

    public Connection connect(Path path) throws SQLException {
        return connect(url(path));
    }

    public static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, USER, PASSWORD);
    }
}

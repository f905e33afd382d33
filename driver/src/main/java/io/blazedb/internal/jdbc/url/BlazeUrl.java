package io.blazedb.internal.jdbc.url;

import io.blazedb.SqlState;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The first part of a URL, up to the settings: which database it names.
 *
 * <p>{@code jdbc:blaze:<path>}, {@code jdbc:blaze:file:<path>}, {@code jdbc:blaze:mem:<name>}, {@code jdbc:blaze:mem:},
 * {@code jdbc:blaze:group:<group>/<share>}; {@code jdbc:blaze:h2:} is the same as {@code jdbc:blaze:}, for tools that
 * look for {@code :h2:} to find the SQL dialect.
 */
final class BlazeUrl {
    static final String PREFIX = "jdbc:blaze:";

    private static final String H2_ALIAS = "h2:";
    private static final String MEMORY = "mem:";
    private static final String FILE = "file:";
    private static final String GROUP = "group:";
    private static final String SUFFIX = ".mv.db";

    /** A file system of H2's: two letters at least, because one is a drive of Windows. */
    private static final Pattern FILE_SYSTEM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*", Pattern.DOTALL);

    private BlazeUrl() {}

    static boolean accepts(@Nullable String url) {
        return url != null && url.startsWith(PREFIX);
    }

    /** The database that {@code name} stands for: the URL without prefix and settings. */
    static Location location(String name) throws SQLException {
        String place = withoutAlias(name);
        if (place.isEmpty()) {
            throw malformed(name, "it names no database");
        }
        if (place.equals(MEMORY) || place.equals(".")) {
            return new Location(Location.Kind.UNNAMED_MEMORY, "", null);
        }
        if (place.startsWith(MEMORY)) {
            return new Location(Location.Kind.MEMORY, place.substring(MEMORY.length()), null);
        }
        if (place.startsWith(GROUP)) {
            throw SqlState.NOT_SUPPORTED.error("The URL " + PREFIX + place + " opens another application's share,"
                    + " which this version cannot; open a database of your own and CONNECT TO SHARE '"
                    + place.substring(GROUP.length()) + "'");
        }
        String file = place.startsWith(FILE) ? place.substring(FILE.length()) : place;
        checkFileSystem(file);
        return new Location(Location.Kind.FILE, file, canonical(name, file));
    }

    /** The URL that may be shown, and that opens the same database again. */
    static String publicUrl(String name, Location location) throws SQLException {
        String place = switch (location.kind()) {
            case UNNAMED_MEMORY -> MEMORY;
            case MEMORY -> MEMORY + location.name();
            case FILE -> name;
        };
        String url = PREFIX + place;
        if (url.contains(":h2:mem")) {
            throw malformed(name, "a name with :h2:mem in it is taken for a database that vanishes with its process");
        }
        return url;
    }

    private static String withoutAlias(String name) {
        return name.startsWith(H2_ALIAS) ? name.substring(H2_ALIAS.length()) : name;
    }

    private static void checkFileSystem(String file) throws SQLException {
        Matcher matcher = FILE_SYSTEM.matcher(file);
        if (!matcher.matches()) {
            return;
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        String reason = switch (scheme) {
            case "tcp", "ssl" ->
                "BlazeDB is embedded and has no H2 server;"
                        + " open a database here and CONNECT it to a hub (wss://...)";
            case "zip", "classpath" -> "the database would be read-only, but a log has to be written";
            default -> "the log lies beside the database, in an ordinary directory";
        };
        throw SqlState.NOT_SUPPORTED.error("The URL " + PREFIX + scheme + ": is not allowed: " + reason
                + " (expected: a path, file:<path> or mem:<name>)");
    }

    /** As H2 finds it, so that two ways to write one path are one database. */
    private static Path canonical(String name, String file) throws SQLException {
        Path real;
        try {
            real = real(Path.of(absolute(name, file) + SUFFIX).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            throw SqlState.BAD_URL.error("The URL " + PREFIX + name + " is no path: " + e.getReason(), e);
        }
        String fileName = String.valueOf(real.getFileName());
        if (!fileName.endsWith(SUFFIX) || fileName.equals(SUFFIX)) {
            throw malformed(name, "it ends in a directory, not in the name of a database");
        }
        return real.resolveSibling(fileName.substring(0, fileName.length() - SUFFIX.length()));
    }

    private static String absolute(String name, String file) throws SQLException {
        String path = file.replace('\\', '/');
        if (path.equals("~") || path.startsWith("~/")) {
            return System.getProperty("user.home") + path.substring(1);
        }
        if (!isExplicit(path)) {
            throw malformed(
                    name,
                    "a relative path must say so: " + PREFIX + "./" + file + " (in the working directory) or " + PREFIX
                            + "~/" + file + " (in the home directory)");
        }
        return path;
    }

    private static boolean isExplicit(String path) {
        return Path.of(path).isAbsolute() || path.startsWith("/") || path.contains("./") || path.contains(":/");
    }

    /** The real path; of what does not exist yet, the real path of the nearest directory that does. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException notThere) {
            Path parent = path.getParent();
            return parent == null ? path : real(parent).resolve(path.getFileName());
        }
    }

    private static SQLException malformed(String name, String reason) {
        return SqlState.BAD_URL.error("The URL " + PREFIX + name + " is malformed: " + reason);
    }
}

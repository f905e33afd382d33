package io.blazedb.internal.database;

import io.blazedb.SqlState;
import io.blazedb.internal.node.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * How to sign in at other databases, in the file {@code secrets} beside the log, which only its owner may read. A
 * database in memory keeps them in memory. Safe for use by several threads.
 */
final class Secrets {
    private static final String SEPARATOR = "\t";

    private final @Nullable Path file;
    private final Map<String, Credentials> byLocation = new ConcurrentSkipListMap<>();

    private Secrets(@Nullable Path file) {
        this.file = file;
    }

    static Secrets open(@Nullable Path logDirectory) throws SQLException {
        Secrets secrets = new Secrets(logDirectory == null ? null : logDirectory.resolve("secrets"));
        secrets.read();
        return secrets;
    }

    private void read() throws SQLException {
        if (file == null || !Files.exists(file)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(SEPARATOR, -1);
                if (parts.length == 3) {
                    byLocation.put(parts[0], new Credentials(parts[1], parts[2]));
                }
            }
        } catch (IOException e) {
            throw SqlState.STORAGE.error("The file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    Optional<Credentials> of(String location) {
        return Optional.ofNullable(byLocation.get(location));
    }

    synchronized void put(String location, Credentials credentials) throws SQLException {
        if (credentials.equals(byLocation.put(location, credentials)) || file == null) {
            return;
        }
        List<String> lines = new ArrayList<>();
        byLocation.forEach(
                (place, known) -> lines.add(place + SEPARATOR + known.user() + SEPARATOR + known.passwordHash()));
        Path fresh = file.resolveSibling("secrets.new");
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(fresh);
            if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
                Files.createFile(
                        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.write(fresh, lines, StandardCharsets.UTF_8);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw SqlState.STORAGE.error("The file " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}

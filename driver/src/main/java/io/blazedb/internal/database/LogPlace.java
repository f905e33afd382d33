package io.blazedb.internal.database;

import io.blazedb.SqlState;
import io.blazedb.internal.capture.H2Engine;
import io.blazedb.internal.crypt.Encryption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory beside a database file. A log beside a file that was made just now belongs to a file that somebody
 * deleted: it is kept aside. Under the lock of {@link Databases}.
 */
final class LogPlace {
    private LogPlace() {}

    /** The directory for the log of a file that H2 has opened. */
    static Path of(Path path, H2Engine engine) throws SQLException {
        if (Checkpoint.readPosition(engine) < 0) {
            putAside(path);
        }
        return DatabaseOpening.logDirectory(path);
    }

    /** Moves what is there aside. A keystore stays, and goes along too: what is aside is encrypted with it. */
    static void putAside(Path path) throws SQLException {
        Path directory = DatabaseOpening.logDirectory(path);
        Path aside = path.resolveSibling(path.getFileName() + ".blaze.aside-" + System.currentTimeMillis());
        Path keystore = directory.resolve(Encryption.KEYSTORE);
        try {
            if (!Files.isDirectory(directory)) {
                return;
            }
            if (!Files.exists(keystore)) {
                Files.move(directory, aside);
                return;
            }
            List<Path> others = othersThan(keystore, directory);
            if (!others.isEmpty()) {
                Files.createDirectory(aside);
                Files.copy(keystore, aside.resolve(Encryption.KEYSTORE), StandardCopyOption.COPY_ATTRIBUTES);
                for (Path other : others) {
                    Files.move(other, aside.resolve(other.getFileName()));
                }
            }
        } catch (IOException e) {
            throw SqlState.STORAGE.error(
                    "The log directory " + directory + " belongs to another database file and cannot be moved to "
                            + aside + ": " + e.getMessage(),
                    e);
        }
    }

    private static List<Path> othersThan(Path keystore, Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.equals(keystore)).toList();
        }
    }
}

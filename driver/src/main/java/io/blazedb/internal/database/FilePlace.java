package io.blazedb.internal.database;

import io.blazedb.SqlState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/**
 * A file in the log directory that says where a node's files are: on which machine, under which path, and which
 * directory it is for the file system. When it says something else than what is found, the files were copied, moved or
 * put back. Holds digests only. Under the lock of {@link Databases}.
 */
final class FilePlace {
    private static final Path MACHINE_ID = Path.of("/etc/machine-id");
    private static final int PARTS = 3;

    private final Path directory;
    private final Path file;

    /** What happened to the files since the node was open the last time. */
    enum Change {
        NONE,
        /** They were moved or put back, or nothing is known: the node is the same, its numbers may be used up. */
        RESTORED,
        /** They are in two places now, as far as can be told. */
        COPIED
    }

    FilePlace(Path database) {
        this.directory = DatabaseOpening.logDirectory(database);
        this.file = directory.resolve("place");
    }

    Change change() throws SQLException {
        try {
            if (!Files.exists(file)) {
                return Change.RESTORED;
            }
            List<String> then = Files.readAllLines(file, StandardCharsets.US_ASCII);
            List<String> now = print();
            if (then.equals(now)) {
                return Change.NONE;
            }
            boolean known = then.size() == PARTS;
            boolean sameMachine = known && then.get(0).equals(now.get(0));
            boolean samePath = known && then.get(1).equals(now.get(1));
            boolean sameDirectory = known && then.get(2).equals(now.get(2));
            return sameMachine && (samePath || sameDirectory) || !known ? Change.RESTORED : Change.COPIED;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    void remember() throws SQLException {
        try {
            Files.createDirectories(directory);
            List<String> now = print();
            if (!Files.exists(file)
                    || !Files.readAllLines(file, StandardCharsets.US_ASCII).equals(now)) {
                Files.write(file, now, StandardCharsets.US_ASCII);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private List<String> print() throws IOException {
        Object key = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
        String machine = Files.isReadable(MACHINE_ID) ? Files.readString(MACHINE_ID) : "";
        return List.of(
                digest("machine " + machine),
                digest("path " + directory.toAbsolutePath()),
                digest("directory " + (key == null ? "" : key.toString())));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private SQLException failed(IOException e) {
        return SqlState.STORAGE.error("The file " + file + " cannot be read or written: " + e.getMessage(), e);
    }
}

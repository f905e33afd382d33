package io.blazedb.internal.database;

import io.blazedb.SqlState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;

/**
 * A file beside the log that says how H2's file was when the database was closed: its length and its first blocks,
 * which H2 changes with every save. At the next opening a difference means that somebody wrote without BlazeDB. It is
 * there only while the database is closed. Under the lock of {@link Databases}.
 */
final class Lease {
    private static final int HEADER_BYTES = 8 * 1024;

    private final Path file;
    private final Path directory;
    private final Path lease;

    Lease(Path path) {
        this.file = path.resolveSibling(path.getFileName() + ".mv.db");
        this.directory = DatabaseOpening.logDirectory(path);
        this.lease = directory.resolve("lease");
    }

    /** Whether H2's file is another one than it was when the database was closed. Not known after a crash: then not. */
    boolean isBroken() throws SQLException {
        try {
            return Files.exists(lease)
                    && Files.exists(file)
                    && !Files.readString(lease).equals(print());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The database is open from here on. */
    void end() throws SQLException {
        try {
            Files.deleteIfExists(lease);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The database is closed, H2's file too. */
    void write() throws SQLException {
        try {
            if (Files.isDirectory(directory) && Files.exists(file)) {
                Files.writeString(lease, print(), StandardCharsets.US_ASCII);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private String print() throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.readNBytes(HEADER_BYTES));
            return Files.size(file) + " " + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private SQLException failed(IOException e) {
        return SqlState.STORAGE.error("The file " + lease + " cannot be read or written: " + e.getMessage(), e);
    }
}

package io.blazedb.internal.database;

import io.blazedb.SqlState;
import io.blazedb.internal.crypt.FileKeys;
import io.blazedb.internal.node.Credentials;
import io.blazedb.sync.internal.crypto.ForgedException;
import io.blazedb.sync.internal.crypto.XAes256Gcm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * How to sign in at other databases, in the file {@code secrets} beside the log, which only its owner may read. An
 * encrypted database encrypts it: {@code "BZSC" | nonce 24 | text, sealed}. A database in memory keeps them in memory.
 * Safe for use by several threads.
 */
final class Secrets {
    private static final String SEPARATOR = "\t";

    private static final byte[] MAGIC = {'B', 'Z', 'S', 'C'};
    private static final int BEGIN_BYTES = MAGIC.length + XAes256Gcm.NONCE_BYTES;

    private final @Nullable Path file;
    private final @Nullable XAes256Gcm cipher;
    private final Map<String, Credentials> byLocation = new ConcurrentSkipListMap<>();

    private Secrets(@Nullable Path file, @Nullable XAes256Gcm cipher) {
        this.file = file;
        this.cipher = cipher;
    }

    static Secrets open(@Nullable Path logDirectory, @Nullable FileKeys keys) throws SQLException {
        Secrets secrets = new Secrets(
                logDirectory == null ? null : logDirectory.resolve("secrets"), keys == null ? null : keys.fileCipher());
        secrets.read();
        return secrets;
    }

    private void read() throws SQLException {
        if (file == null || !Files.exists(file)) {
            return;
        }
        try {
            byte[] content = Files.readAllBytes(file);
            byte[] text = cipher == null ? content : decrypted(cipher, content);
            for (String line : new String(text, StandardCharsets.UTF_8).split("\n", -1)) {
                String[] parts = line.split(SEPARATOR, -1);
                if (parts.length == 3) {
                    byLocation.put(parts[0], new Credentials(parts[1], parts[2]));
                }
            }
        } catch (IOException e) {
            throw SqlState.STORAGE.error("The file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] decrypted(XAes256Gcm with, byte[] content) throws IOException {
        try {
            byte[] nonce = Arrays.copyOfRange(content, MAGIC.length, BEGIN_BYTES);
            byte[] sealed = Arrays.copyOfRange(content, Math.min(BEGIN_BYTES, content.length), content.length);
            return with.open(nonce, sealed, Arrays.copyOf(content, MAGIC.length));
        } catch (ForgedException | IndexOutOfBoundsException e) {
            throw new IOException(
                    "it was changed, or is of another database; delete it, and give user and password to CONNECT again",
                    e);
        }
    }

    private static byte[] encrypted(XAes256Gcm with, byte[] text) {
        byte[] nonce = new byte[XAes256Gcm.NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        byte[] sealed = with.seal(nonce, text, MAGIC);
        return ByteBuffer.allocate(BEGIN_BYTES + sealed.length)
                .put(MAGIC)
                .put(nonce)
                .put(sealed)
                .array();
    }

    Optional<Credentials> of(String location) {
        return Optional.ofNullable(byLocation.get(location));
    }

    synchronized void put(String location, Credentials credentials) throws SQLException {
        if (credentials.equals(byLocation.put(location, credentials)) || file == null) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        byLocation.forEach((place, known) -> lines.append(place)
                .append(SEPARATOR)
                .append(known.user())
                .append(SEPARATOR)
                .append(known.passwordHash())
                .append('\n'));
        byte[] text = lines.toString().getBytes(StandardCharsets.UTF_8);
        Path fresh = file.resolveSibling("secrets.new");
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(fresh);
            if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
                Files.createFile(
                        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.write(fresh, cipher == null ? text : encrypted(cipher, text));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw SqlState.STORAGE.error("The file " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}

package io.blazedb.internal.crypt;

import io.blazedb.ConnectionProperty;
import io.blazedb.SqlState;
import io.blazedb.internal.jdbc.url.ConnectionSettings;
import io.blazedb.internal.jdbc.url.Secret;
import io.blazedb.sync.internal.crypto.Keystore;
import io.blazedb.sync.internal.crypto.MasterKey;
import io.blazedb.sync.internal.crypto.PasswordCost;
import io.blazedb.sync.internal.crypto.WrongPasswordException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * The encryption of the files of one database: {@code keystore} beside its log has the key, wrapped with the password.
 * Its files are encrypted from their first byte on or not at all. Under the lock of the open databases, or while nobody
 * has the database open; a password may be changed at any time.
 */
public final class Encryption {
    /** The name of the file in the directory of the log. */
    public static final String KEYSTORE = "keystore";

    private static final byte[] H2_MAGIC = "H2encrypt\n".getBytes(StandardCharsets.ISO_8859_1);
    /** H2 takes a shorter file for one that it has just made. */
    private static final int H2_HEADER_BYTES = 4096;

    private final Path file;
    private final Keystore keystore;
    private final Path keystoreFile;

    /**
     * @param file H2's
     * @param directory of the log
     */
    public Encryption(Path file, Path directory) {
        this.file = file;
        this.keystoreFile = directory.resolve(KEYSTORE);
        this.keystore = new Keystore(keystoreFile);
    }

    /** Whether a connection asks for encryption. Settings that would promise more than is done are refused. */
    public static boolean isWanted(ConnectionSettings settings) throws SQLException {
        boolean wanted = settings.value(ConnectionProperty.ENCRYPT).equalsIgnoreCase("TRUE");
        if (wanted && settings.location().path() == null) {
            throw SqlState.BAD_SETTING.error("ENCRYPT=TRUE, but the database " + settings.publicUrl()
                    + " is in memory and has no files (expected: jdbc:blaze:<path>). Remedy: leave ENCRYPT and"
                    + " encryptionPassword away.");
        }
        if (wanted && settings.encryptionPassword().isEmpty()) {
            throw SqlState.BAD_SETTING.error("ENCRYPT=TRUE without a password. Nothing was opened. Remedy: the property"
                    + " encryptionPassword.");
        }
        if (!wanted && !settings.encryptionPassword().isEmpty()) {
            throw SqlState.BAD_SETTING.error("There is an encryptionPassword, but not ENCRYPT=TRUE. Nothing was opened."
                    + " Remedy: give both for an encrypted database, none of them for another one.");
        }
        return wanted;
    }

    /** Whether there is neither a file of H2 nor a keystore. */
    public boolean isNew() throws SQLException {
        return !keystore.exists() && !hasFile();
    }

    /** Refuses a database that is encrypted, for a connection that does not ask for it. */
    public void requirePlain() throws SQLException {
        if (keystore.exists() || isFileEncrypted()) {
            throw SqlState.BAD_SETTING.error("The database " + file + " is encrypted. Nothing was opened. Remedy:"
                    + " ENCRYPT=TRUE in the URL and the property encryptionPassword. If another database is to sync"
                    + " with it, open it so in the same process: what is connected goes on by itself.");
        }
    }

    /** Makes the key of a new database. */
    public FileKeys create(Secret password) throws SQLException {
        char[] characters = password.copy();
        try {
            Files.createDirectories(keystoreFile.toAbsolutePath().getParent());
            MasterKey key = keystore.create(characters, PasswordCost.USUAL, new SecureRandom());
            return new FileKeys(key, password);
        } catch (IOException e) {
            throw SqlState.STORAGE.error("The file " + keystoreFile + " cannot be written: " + e.getMessage(), e);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    /** The keys of a database that is there. */
    public FileKeys open(Secret password) throws SQLException {
        if (!keystore.exists()) {
            throw isFileEncrypted() ? missing() : notEncrypted();
        }
        if (hasFile() && !isFileEncrypted()) {
            throw SqlState.KEY.error("The file " + file + " is not encrypted, but has the keystore " + keystoreFile
                    + " (expected: both, or none). Nothing was changed. Remedy: put back the files that belong"
                    + " together.");
        }
        char[] characters = password.copy();
        try {
            return new FileKeys(keystore.open(characters), password);
        } catch (WrongPasswordException e) {
            throw FileKeys.wrongPassword();
        } catch (IOException e) {
            throw unusable(e);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    /** Wraps the key with another password. All other files stay as they are. */
    public void changePassword(char[] from, char[] to) throws SQLException {
        if (!keystore.exists()) {
            throw isFileEncrypted() ? missing() : notEncrypted();
        }
        if (to.length == 0) {
            throw SqlState.BAD_ARGUMENT.error("The new encryption password is empty (expected: at least one character)."
                    + " Nothing was changed.");
        }
        try {
            keystore.changePassword(from, to, PasswordCost.USUAL, new SecureRandom());
        } catch (WrongPasswordException e) {
            throw FileKeys.wrongPassword();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** H2 cannot read its file with the key of the keystore. */
    public SQLException doesNotFit(SQLException cause) {
        return SqlState.KEY.error(
                "The file " + file + " is not encrypted with the key in " + keystoreFile + ", or is damaged. Nothing"
                        + " was changed. Remedy: put back the two files that belong together.",
                cause);
    }

    private SQLException notEncrypted() {
        return SqlState.BAD_SETTING.error("The database " + file + " is not encrypted, and cannot become so. Nothing"
                + " was changed. Remedy: leave ENCRYPT and encryptionPassword away; or make a new one with them,"
                + " CONNECT the two, and delete the old files.");
    }

    private SQLException missing() {
        return SqlState.KEY.error("The database " + file + " is encrypted, but its keystore " + keystoreFile
                + " is not there. Nothing was changed. Remedy: put it back from a backup; without it nobody can read"
                + " the database.");
    }

    private SQLException unusable(IOException e) {
        return SqlState.KEY.error(
                "The keystore cannot be used: " + e.getMessage() + " (" + keystoreFile + "). Nothing was changed."
                        + " Remedy: put it back from a backup; without it nobody can read the database.",
                e);
    }

    private boolean hasFile() throws SQLException {
        try {
            return Files.exists(file) && Files.size(file) >= H2_HEADER_BYTES;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private boolean isFileEncrypted() throws SQLException {
        if (!hasFile()) {
            return false;
        }
        try (InputStream content = Files.newInputStream(file)) {
            return Arrays.equals(content.readNBytes(H2_MAGIC.length), H2_MAGIC);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private SQLException unreadable(IOException e) {
        return SqlState.STORAGE.error("The file " + file + " cannot be read: " + e.getMessage(), e);
    }
}

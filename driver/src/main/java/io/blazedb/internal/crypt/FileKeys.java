package io.blazedb.internal.crypt;

import io.blazedb.SqlState;
import io.blazedb.internal.jdbc.url.Secret;
import io.blazedb.sync.internal.crypto.MasterKey;
import io.blazedb.sync.internal.crypto.XAes256Gcm;
import io.blazedb.sync.internal.log.LogKey;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * The keys of one encrypted database while it is open. Whoever opened them closes them, after the log, which wipes
 * them. Safe for use by several threads.
 */
public final class FileKeys implements AutoCloseable {
    private static final int FILE_PASSWORD_LENGTH = 64;

    private final MasterKey master;
    private final Secret password;
    private final LogKey logKey;

    FileKeys(MasterKey master, Secret password) {
        this.master = master;
        this.password = password;
        byte[] secret = master.logKey();
        this.logKey = new LogKey(secret);
        Arrays.fill(secret, (byte) 0);
    }

    /** The one of the log and of the large objects beside it. */
    public LogKey logKey() {
        return logKey;
    }

    /** For small files of the database's own; for one thread. */
    public XAes256Gcm fileCipher() {
        return master.identityKey();
    }

    /**
     * The password that H2 takes with {@code CIPHER} and {@code PASSWORD_HASH}: that of the file, a space, and the
     * user's, hashed. The caller clears it.
     */
    public char[] h2Password(String userPasswordHash) {
        char[] file = master.h2FilePassword();
        if (file.length != FILE_PASSWORD_LENGTH) {
            throw new IllegalStateException("A file password of " + file.length + " characters");
        }
        char[] both = Arrays.copyOf(file, file.length + 1 + userPasswordHash.length());
        both[file.length] = ' ';
        userPasswordHash.getChars(0, userPasswordHash.length(), both, file.length + 1);
        Arrays.fill(file, '\0');
        return both;
    }

    /** Refuses a connection that does not know the password that the database was opened with. */
    public void require(Secret given) throws SQLException {
        if (!password.isSameAs(given)) {
            throw wrongPassword();
        }
    }

    /** One error for all reasons. */
    static SQLException wrongPassword() {
        return SqlState.WRONG_PASSWORD.error("Wrong encryption password. Nothing was opened or written. Remedy: the"
                + " property encryptionPassword as the database was made with it, or as it was changed to.");
    }

    @Override
    public void close() {
        logKey.close();
        master.close();
    }

    @Override
    public String toString() {
        return "file keys";
    }
}

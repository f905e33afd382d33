package io.blazedb.internal.database;

import io.blazedb.SqlState;
import io.blazedb.internal.jdbc.url.UrlParser;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Changes the password of an encrypted database, whether somebody has it open or not: whoever has goes on with the
 * password that it was opened with. Any thread may call it, one at a time for one database.
 */
public final class EncryptionPassword {
    private EncryptionPassword() {}

    /** Wraps the key of the database at this URL anew; nothing else is written. The caller clears the passwords. */
    public static void change(String url, char[] from, char[] to) throws SQLException {
        if (!UrlParser.accepts(url)) {
            throw SqlState.BAD_URL.error("The URL is " + url + " (expected: jdbc:blaze:<path>)");
        }
        Path path = UrlParser.parse(url, new Properties()).location().path();
        if (path == null) {
            throw SqlState.BAD_URL.error(
                    "A database in memory has no encryption password (expected: jdbc:blaze:<path>)");
        }
        DatabaseOpening.encryption(path).changePassword(from, to);
    }
}

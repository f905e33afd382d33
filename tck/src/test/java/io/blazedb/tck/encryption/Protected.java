package io.blazedb.tck.encryption;

import io.blazedb.BlazeDriver;
import io.blazedb.tck.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** How the tests of this package open a database: encrypted with a password, or plain. */
final class Protected {
    static final String PASSWORD = "correct horse battery staple";

    private Protected() {}

    static Connection open(Path database) throws SQLException {
        return open(database, PASSWORD);
    }

    static Connection open(Path database, String encryptionPassword) throws SQLException {
        return open(database, ";ENCRYPT=TRUE", encryptionPassword, Target.USER);
    }

    static Connection openPlain(Path database) throws SQLException {
        return open(database, "", "", Target.USER);
    }

    /** @param encryptionPassword empty: none is given */
    static Connection open(Path database, String settings, String encryptionPassword, String user) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", Target.PASSWORD);
        if (!encryptionPassword.isEmpty()) {
            properties.setProperty("encryptionPassword", encryptionPassword);
        }
        Connection connection = new BlazeDriver().connect(Target.BLAZE_FILE.url(database) + settings, properties);
        if (connection == null) {
            throw new IllegalStateException("The driver does not take the URL of " + database);
        }
        return connection;
    }
}

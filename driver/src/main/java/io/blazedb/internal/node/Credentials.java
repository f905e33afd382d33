package io.blazedb.internal.node;

import java.util.HexFormat;
import java.util.Locale;
import org.h2.security.SHA256;

/**
 * Who signs in at a database: H2's name of the user, and H2's hash of the name and password in hexadecimal digits.
 * Never printed.
 */
public record Credentials(String user, String passwordHash) {
    /** As H2's own driver makes them of what {@code DriverManager.getConnection} is given. */
    public static Credentials of(String user, char[] password) {
        String name = user.toUpperCase(Locale.ENGLISH);
        if (name.isEmpty() && password.length == 0) {
            return new Credentials("", "");
        }
        return new Credentials(name, HexFormat.of().formatHex(SHA256.getKeyPasswordHash(name, password)));
    }

    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}

package io.blazedb.internal.statement;

import io.blazedb.SqlState;
import java.sql.SQLException;
import java.util.Locale;

/** The places of databases that statements name. */
final class Locations {
    private static final String LOCAL = "jdbc:blaze:";
    private static final String MUST_EXIST = ";IFEXISTS=TRUE";

    private Locations() {}

    /** Refuses what is not a database of this machine, before anything is opened. */
    static String checked(String location) throws SQLException {
        String folded = location.strip().toLowerCase(Locale.ROOT);
        if (folded.startsWith("wss:") || folded.startsWith("ws:")) {
            throw SqlState.NOT_SUPPORTED.error("A hub (" + folded.substring(0, folded.indexOf(':'))
                    + "://...) is not supported. Nothing was done. Remedy: name a database of this machine,"
                    + " jdbc:blaze:<path>.");
        }
        if (folded.startsWith(LOCAL + "group:")) {
            throw SqlState.NOT_SUPPORTED.error("CONNECT TO SHARE is not supported. Nothing was done.");
        }
        if (!folded.startsWith(LOCAL) || folded.length() == LOCAL.length()) {
            throw SqlState.BAD_URL.error("The location '" + shown(location)
                    + "' names no database, expected 'jdbc:blaze:<path>' or 'jdbc:blaze:mem:<name>'.");
        }
        return location.strip();
    }

    /** The same database, which is not to be created when it is gone. */
    static String existing(String location) {
        boolean saysSo = location.toUpperCase(Locale.ROOT).contains(";IFEXISTS=");
        return saysSo ? location : location + MUST_EXIST;
    }

    /** Without settings: a password may be among them. */
    static String shown(String location) {
        int settings = location.indexOf(';');
        return settings < 0 ? location : location.substring(0, settings);
    }

    static boolean same(String first, String second) {
        return shown(first).equals(shown(second));
    }
}

package io.blazedb.internal.statement;

import java.sql.SQLWarning;

/** Warnings of BlazeDB's statements: all of SQLSTATE 01000. */
final class Warnings {
    private static final String WARNING = "01000";

    private Warnings() {}

    static SQLWarning of(String message) {
        return new SQLWarning(message, WARNING);
    }
}

package io.blazedb.internal.cli;

import java.io.IOException;
import sqlline.SqlLine;

/** SQLLine on a BlazeDB database, for a person at a terminal. Used by one thread. */
final class Shell {
    private Shell() {}

    /** Lets a person type until the end. */
    static void talk(String url, String user, String password) throws IOException {
        String[] arguments = {"-ac", Typing.class.getName(), "-u", url, "-n", user, "-p", password};
        new SqlLine().begin(arguments, null, true);
    }
}

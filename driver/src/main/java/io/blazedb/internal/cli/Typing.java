package io.blazedb.internal.cli;

import sqlline.Application;
import sqlline.BuiltInProperty;
import sqlline.SqlLine;
import sqlline.SqlLineOpts;

/** How SQLLine greets and what it leaves as the database has it. SQLLine makes it, by its name. */
public final class Typing extends Application {
    @Override
    public String getInfoMessage() {
        return "BlazeDB " + Version.text() + ". Statements end with a semicolon; !quit leaves, !help tells more.";
    }

    @Override
    public SqlLineOpts getOpts(SqlLine sqlLine) {
        SqlLineOpts options = super.getOpts(sqlLine);
        options.set(BuiltInProperty.CONNECT_INTERACTION_MODE, "notAskCredentials");
        options.set(BuiltInProperty.ISOLATION, "TRANSACTION_READ_COMMITTED");
        return options;
    }
}

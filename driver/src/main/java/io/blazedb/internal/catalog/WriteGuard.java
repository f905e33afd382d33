package io.blazedb.internal.catalog;

import java.sql.SQLException;

/** What the engine has to do before and after the catalogue writes to the database. */
public interface WriteGuard {
    /** For a database that nobody saves while a transaction is open. */
    WriteGuard NONE = new WriteGuard() {
        @Override
        public void before() {}

        @Override
        public void after() {}
    };

    /** When it throws, nothing is written and {@link #after} is not called. */
    void before() throws SQLException;

    void after() throws SQLException;
}

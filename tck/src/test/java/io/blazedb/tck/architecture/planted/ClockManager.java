package io.blazedb.tck.architecture.planted;

import java.sql.Timestamp;

/** Breaks every rule on purpose: it reads the clock, knows JDBC, and has a name that says nothing. */
final class ClockManager {
    Timestamp now() {
        return new Timestamp(System.currentTimeMillis());
    }
}

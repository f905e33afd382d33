package io.blazedb.internal.views;

import java.sql.ResultSet;
import java.sql.Types;
import java.util.ArrayDeque;
import java.util.Deque;
import org.h2.tools.SimpleResultSet;
import org.jspecify.annotations.Nullable;

/** The rows of one view while they are collected. For one thread. */
final class ViewRows {
    /** H2 holds the rows of a function in memory: of a longer list only the last ones are shown. */
    static final int ROWS_MAX = 100_000;

    private static final int NAME_LENGTH = 256;
    private static final int SHORT_LENGTH = 64;
    private static final int NANOSECONDS = 9;

    private final SimpleResultSet columns = new SimpleResultSet();
    private final Deque<@Nullable Object[]> rows = new ArrayDeque<>();

    /** Names and other words that fit into an identifier. */
    ViewRows names(String... names) {
        return columns(Types.VARCHAR, NAME_LENGTH, 0, names);
    }

    /** Words of a closed list. */
    ViewRows words(String... names) {
        return columns(Types.VARCHAR, SHORT_LENGTH, 0, names);
    }

    ViewRows texts(String... names) {
        return columns(Types.VARCHAR, Integer.MAX_VALUE, 0, names);
    }

    ViewRows numbers(String... names) {
        return columns(Types.BIGINT, 0, 0, names);
    }

    ViewRows flags(String... names) {
        return columns(Types.BOOLEAN, 0, 0, names);
    }

    ViewRows times(String... names) {
        return columns(Types.TIMESTAMP_WITH_TIMEZONE, 0, NANOSECONDS, names);
    }

    private ViewRows columns(int type, int precision, int scale, String... names) {
        for (String name : names) {
            columns.addColumn(name, type, precision, scale);
        }
        return this;
    }

    void add(@Nullable Object... row) {
        if (rows.size() == ROWS_MAX) {
            rows.removeFirst();
        }
        rows.addLast(row);
    }

    ResultSet resultSet() {
        rows.forEach(columns::addRow);
        return columns;
    }
}

package io.blazedb.internal.views;

import java.sql.ResultSet;
import java.sql.Types;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.h2.tools.SimpleResultSet;
import org.jspecify.annotations.Nullable;

/** The rows of one view while they are collected. For one thread. */
final class ViewRows {
    /** H2 holds the rows of a function in memory: of a longer list only the last ones are shown. */
    static final int ROWS_MAX = 100_000;

    private static final int NAME_LENGTH = 256;
    private static final int SHORT_LENGTH = 64;
    private static final int NANOSECONDS = 9;

    private record Column(String name, int type, int precision, int scale) {}

    private final List<Column> columns = new ArrayList<>();
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
            columns.add(new Column(name, type, precision, scale));
        }
        return this;
    }

    void add(@Nullable Object... row) {
        if (rows.size() == ROWS_MAX) {
            rows.removeFirst();
        }
        rows.addLast(row);
    }

    /** The rows as H2 takes them, with column names in the letter case of the database. */
    ResultSet resultSet(UnaryOperator<String> letterCase) {
        SimpleResultSet result = new SimpleResultSet();
        for (Column column : columns) {
            result.addColumn(letterCase.apply(column.name()), column.type(), column.precision(), column.scale());
        }
        rows.forEach(result::addRow);
        return result;
    }
}

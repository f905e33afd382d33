package io.blazedb.tck.sync;

import io.blazedb.tck.Sql;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The eight tables of the TPC-H benchmark, with their primary and foreign keys, filled by its own generator: the same
 * scale gives the same rows. Scale 1 is 8.7 million rows. Used by one thread.
 */
public final class TpcH {
    /** 433,000 rows: enough for trees of several levels, loaded in seconds. */
    public static final double SCALE = 0.05;

    private static final int BATCH_ROWS = 1000;
    private static final int ROWS_PER_COMMIT = 10_000;
    /** Parents first. */
    private static final List<TpchTable<?>> TABLES = List.of(
            TpchTable.REGION,
            TpchTable.NATION,
            TpchTable.PART,
            TpchTable.SUPPLIER,
            TpchTable.PART_SUPPLIER,
            TpchTable.CUSTOMER,
            TpchTable.ORDERS,
            TpchTable.LINE_ITEM);

    private static final Map<String, String> KEYS = Map.of(
            "region",
            "PRIMARY KEY(r_regionkey)",
            "nation",
            "PRIMARY KEY(n_nationkey), FOREIGN KEY(n_regionkey) REFERENCES region",
            "part",
            "PRIMARY KEY(p_partkey)",
            "supplier",
            "PRIMARY KEY(s_suppkey), FOREIGN KEY(s_nationkey) REFERENCES nation",
            "partsupp",
            "PRIMARY KEY(ps_partkey, ps_suppkey), FOREIGN KEY(ps_partkey) REFERENCES part,"
                    + " FOREIGN KEY(ps_suppkey) REFERENCES supplier",
            "customer",
            "PRIMARY KEY(c_custkey), FOREIGN KEY(c_nationkey) REFERENCES nation",
            "orders",
            "PRIMARY KEY(o_orderkey), FOREIGN KEY(o_custkey) REFERENCES customer",
            "lineitem",
            "PRIMARY KEY(l_orderkey, l_linenumber), FOREIGN KEY(l_orderkey) REFERENCES orders ON DELETE CASCADE,"
                    + " FOREIGN KEY(l_partkey, l_suppkey) REFERENCES partsupp");

    private TpcH() {}

    /** The names of the tables, parents first. */
    public static List<String> tables() {
        return TABLES.stream()
                .map(table -> table.getTableName().toUpperCase(Locale.ROOT))
                .toList();
    }

    public static void create(Connection connection) throws SQLException {
        for (TpchTable<?> table : TABLES) {
            Sql.execute(connection, ddl(table));
        }
    }

    /** Fills the tables with batches, ten thousand rows a transaction, and gives the number of rows. */
    public static long load(Connection connection, double scale) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        long rows = 0;
        for (TpchTable<?> table : TABLES) {
            rows += load(connection, table, scale);
        }
        connection.setAutoCommit(autoCommit);
        return rows;
    }

    private static <E extends TpchEntity> String ddl(TpchTable<E> table) {
        String columns = table.getColumns().stream()
                .map(column -> column.getColumnName() + " " + type(column) + " NOT NULL")
                .collect(Collectors.joining(", "));
        return "CREATE TABLE %s(%s, %s)".formatted(table.getTableName(), columns, KEYS.get(table.getTableName()));
    }

    private static String type(TpchColumn<?> column) {
        return switch (column.getType().getBase()) {
            case IDENTIFIER -> "BIGINT";
            case INTEGER -> "INTEGER";
            case DATE -> "DATE";
            case DOUBLE -> "DECIMAL(15, 2)";
            case VARCHAR ->
                "VARCHAR(%d)".formatted(column.getType().getPrecision().orElseThrow());
        };
    }

    private static <E extends TpchEntity> long load(Connection connection, TpchTable<E> table, double scale)
            throws SQLException {
        List<TpchColumn<E>> columns = table.getColumns();
        String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
        long rows = 0;
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO %s VALUES(%s)".formatted(table.getTableName(), marks))) {
            for (E entity : table.createGenerator(scale, 1, 1)) {
                for (int i = 0; i < columns.size(); i++) {
                    set(insert, i + 1, columns.get(i), entity);
                }
                insert.addBatch();
                rows++;
                if (rows % BATCH_ROWS == 0) {
                    insert.executeBatch();
                }
                if (rows % ROWS_PER_COMMIT == 0) {
                    connection.commit();
                }
            }
            insert.executeBatch();
            connection.commit();
        }
        return rows;
    }

    private static <E extends TpchEntity> void set(
            PreparedStatement insert, int parameter, TpchColumn<E> column, E entity) throws SQLException {
        switch (column.getType().getBase()) {
            case IDENTIFIER -> insert.setLong(parameter, column.getIdentifier(entity));
            case INTEGER -> insert.setInt(parameter, column.getInteger(entity));
            case DATE -> insert.setObject(parameter, LocalDate.ofEpochDay(column.getDate(entity)));
            case DOUBLE -> insert.setDouble(parameter, column.getDouble(entity));
            case VARCHAR -> insert.setString(parameter, column.getString(entity));
        }
    }
}

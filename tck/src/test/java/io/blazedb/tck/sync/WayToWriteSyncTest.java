package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import io.blazedb.tck.contract.WayToWrite;
import io.blazedb.tck.contract.WaysToWrite;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written to a synced table in whatever way is at the other database, or was refused and is nowhere. */
class WayToWriteSyncTest {
    /** Names and types that change, and what is dropped, do not travel: only what comes after them must. */
    private static final Set<String> LOCAL =
            Set.of("drop a column", "rename a column", "change a type", "drop a table");

    private static final String COLUMNS = "SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS"
            + " WHERE TABLE_SCHEMA = 'PUBLIC' AND TABLE_NAME = '%s' ORDER BY ORDINAL_POSITION";

    @TempDir
    Path folder;

    static Stream<WayToWrite> ways() {
        return WaysToWrite.all().stream();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void writeArrives(WayToWrite way) throws Exception {
        String east = Target.BLAZE_FILE.url(folder.resolve("east")) + way.settings();
        String west = Target.BLAZE_FILE.url(folder.resolve("west"));
        try (Connection writer = Target.connect(east);
                Connection reader = Target.connect(west)) {
            way.prepare(writer);
            Sql.execute(writer, "CONNECT TO '" + west + "'", "SYNC");
            List<String> expected = run(way, writer);

            try (Connection checker = Target.connect(east)) {
                Sql.execute(checker, "CREATE TABLE AFTERWARDS(ID INT PRIMARY KEY)", "INSERT INTO AFTERWARDS VALUES(1)");
                Sql.execute(checker, "SYNC");
                compare(checker, reader, LOCAL.contains(way.name()) ? List.of("AFTERWARDS") : synced(checker));
                if (way.isRepeatable()) {
                    assertThat(withoutMarker(Sql.rows(checker, way.query()), way))
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** Any way may be refused here, if it is said what to do instead. */
    private static List<String> run(WayToWrite way, Connection writer) throws Exception {
        try {
            return way.run(writer, Target.BLAZE_FILE);
        } catch (SQLFeatureNotSupportedException e) {
            assertThat(e.getMessage()).contains("Nothing was done", "Remedy");
            return Sql.rows(writer, way.query());
        }
    }

    private static List<String> withoutMarker(List<String> rows, WayToWrite way) {
        return way.query().endsWith("TABLE_SCHEMA = 'PUBLIC'")
                ? List.of(String.valueOf(Integer.parseInt(rows.get(0)) - 1))
                : rows;
    }

    private static List<String> synced(Connection connection) throws SQLException {
        return Sql.rows(
                connection,
                "SELECT TABLE_NAME FROM BLAZE.SYNC_TABLES WHERE SYNCED AND TABLE_SCHEMA = 'PUBLIC' ORDER BY 1");
    }

    private static void compare(Connection here, Connection there, List<String> tables) throws SQLException {
        assertThat(tables).contains("AFTERWARDS");
        for (String table : tables) {
            String columns = Sql.rows(here, COLUMNS.formatted(table)).stream()
                    .map(name -> '"' + name + '"')
                    .collect(Collectors.joining(", "));
            String query = "SELECT %s FROM \"%s\" ORDER BY 1".formatted(columns, table);
            assertThat(Sql.rows(there, query)).as(table).isEqualTo(Sql.rows(here, query));
        }
    }
}

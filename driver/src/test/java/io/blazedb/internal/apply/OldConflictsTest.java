package io.blazedb.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.internal.catalog.Catalog;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class OldConflictsTest {
    private static final OffsetDateTime NOW = OffsetDateTime.of(2026, 6, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    @Test
    void resolvedOnesGoAfterADayOpenOnesAfterTheirTimeAndHiddenOnesStay() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:", "sa", "")) {
            Catalog.create(connection);
            add(connection, "LOST", 89);
            add(connection, "LOST", 91);
            add(connection, "RESOLVED", 0);
            add(connection, "RESOLVED", 2);
            add(connection, "HIDDEN", 400);

            int gone = OldConflicts.delete(connection, NOW);

            assertThat(gone).isEqualTo(2);
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT LISTAGG(STATUS || ' ' || KIND, ', ') WITHIN GROUP (ORDER BY ID)"
                                    + " FROM BLAZE.BZ_CONFLICT")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("LOST 89, RESOLVED 0, HIDDEN 400");
            }
        }
    }

    /** The age in days stands in for the kind. */
    private static void add(Connection connection, String status, int days) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO BLAZE.BZ_CONFLICT(TABLE_SCHEMA, TABLE_NAME, KIND,"
                + " DETECTED_AT, STATUS) VALUES('PUBLIC', 'T', ?, ?, ?)")) {
            insert.setInt(1, days);
            insert.setObject(2, NOW.minusDays(days).minusHours(1));
            insert.setString(3, status);
            insert.executeUpdate();
        }
    }
}

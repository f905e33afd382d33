package io.blazedb.internal.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.internal.catalog.Catalog;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewsTest {
    @TempDir
    private Path directory;

    @Test
    void plainH2StillOpensTheFileAndIsToldWhatTheViewsNeed() throws SQLException {
        try (Connection connection = open()) {
            Catalog.create(connection);
        }

        try (Connection connection = open();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE T(ID INTEGER PRIMARY KEY)");

            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM BLAZE.NODES"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("open it with jdbc:blaze:");
            assertThat(statement
                            .executeQuery("SELECT STATUS FROM BLAZE.BZ_CONFLICT")
                            .next())
                    .isFalse();
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:" + directory.resolve("db"), "sa", "");
    }
}

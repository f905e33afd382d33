package io.blazedb.tck.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.blazedb.tck.Database;
import io.blazedb.tck.EveryTarget;
import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** {@link DatabaseMetaData} and {@link Driver}: what tools and ORMs ask before they do anything. */
class MetaDataContractTest {
    private static final String[] SCHEMA = {
        "CREATE TABLE PARENT(ID INT PRIMARY KEY, CODE VARCHAR(10) NOT NULL UNIQUE)",
        "CREATE TABLE CHILD(ID BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, PARENT_ID INT,"
                + " FOREIGN KEY(PARENT_ID) REFERENCES PARENT(ID) ON DELETE CASCADE)",
        "CREATE INDEX CHILD_PARENT ON CHILD(PARENT_ID DESC)",
        "CREATE VIEW CODES AS SELECT CODE FROM PARENT",
        "CREATE SEQUENCE NUMBERS"
    };

    @EveryTarget
    void toolsRecogniseH2(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            DatabaseMetaData metaData = connection.getMetaData();

            assertThat(metaData.getDatabaseProductName()).isEqualTo("H2");
            assertThat(metaData.getDatabaseProductVersion()).startsWith("2.4.240");
            assertThat(metaData.getDatabaseMajorVersion()).isEqualTo(2);
            assertThat(metaData.getDatabaseMinorVersion()).isEqualTo(4);
            assertThat(metaData.getDriverName()).isEqualTo("H2 JDBC Driver");
        }
    }

    @EveryTarget
    void theUrlLeadsBackHere(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            String url = connection.getMetaData().getURL();

            assertThat(database.url()).startsWith(url);
            if (database.target().isBlaze()) {
                assertThat(url).startsWith("jdbc:blaze:").doesNotContain(":h2:mem");
            }
        }
    }

    @EveryTarget
    void userNameIsUpperCase(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            assertThat(connection.getMetaData().getUserName()).isEqualToIgnoringCase(Target.USER);
        }
    }

    @EveryTarget
    void tablesAreListed(Database database) throws SQLException {
        assertThat(names(database, m -> m.getTables(null, "PUBLIC", "%", new String[] {"BASE TABLE"}), "TABLE_NAME"))
                .containsExactly("CHILD", "PARENT");
        assertThat(names(database, m -> m.getTables(null, "PUBLIC", "%", new String[] {"VIEW"}), "TABLE_NAME"))
                .containsExactly("CODES");
        assertThat(names(database, m -> m.getTables(null, null, "PAR%T", null), "TABLE_SCHEM"))
                .containsExactly("PUBLIC");
    }

    @EveryTarget
    void noTableOfOursIsInTheUsersSchema(Database database) throws SQLException {
        assertThat(names(database, m -> m.getTables(null, "PUBLIC", "%", null), "TABLE_NAME"))
                .containsExactlyInAnyOrder("CHILD", "PARENT", "CODES");
    }

    @EveryTarget
    void columnsAreListed(Database database) throws SQLException {
        assertThat(names(database, m -> m.getColumns(null, "PUBLIC", "CHILD", "%"), "COLUMN_NAME"))
                .containsExactly("ID", "PARENT_ID");
        assertThat(names(database, m -> m.getColumns(null, "PUBLIC", "CHILD", "ID"), "IS_AUTOINCREMENT"))
                .containsExactly("YES");
        assertThat(names(database, m -> m.getColumns(null, "PUBLIC", "PARENT", "CODE"), "NULLABLE"))
                .containsExactly("0");
    }

    @EveryTarget
    void keysAreListed(Database database) throws SQLException {
        assertThat(names(database, m -> m.getPrimaryKeys(null, "PUBLIC", "PARENT"), "COLUMN_NAME"))
                .containsExactly("ID");
        assertThat(names(database, m -> m.getImportedKeys(null, "PUBLIC", "CHILD"), "PKTABLE_NAME"))
                .containsExactly("PARENT");
        assertThat(names(database, m -> m.getExportedKeys(null, "PUBLIC", "PARENT"), "FKCOLUMN_NAME"))
                .containsExactly("PARENT_ID");
        assertThat(names(
                        database,
                        m -> m.getCrossReference(null, "PUBLIC", "PARENT", null, "PUBLIC", "CHILD"),
                        "DELETE_RULE"))
                .containsExactly(Integer.toString(DatabaseMetaData.importedKeyCascade));
    }

    @EveryTarget
    void indexesAreListed(Database database) throws SQLException {
        assertThat(names(database, m -> m.getIndexInfo(null, "PUBLIC", "CHILD", false, false), "INDEX_NAME"))
                .contains("CHILD_PARENT");
        assertThat(names(database, m -> m.getIndexInfo(null, "PUBLIC", "PARENT", true, false), "COLUMN_NAME"))
                .containsExactlyInAnyOrder("ID", "CODE");
    }

    @EveryTarget
    void schemasAndCatalogs(Database database) throws SQLException {
        assertThat(names(database, DatabaseMetaData::getSchemas, "TABLE_SCHEM"))
                .contains("PUBLIC", "INFORMATION_SCHEMA");
        assertThat(names(database, DatabaseMetaData::getCatalogs, "TABLE_CAT")).hasSize(1);
        assertThat(names(database, DatabaseMetaData::getTableTypes, "TABLE_TYPE"))
                .contains("BASE TABLE", "VIEW");
    }

    @EveryTarget
    void typesAreListed(Database database) throws SQLException {
        assertThat(names(database, DatabaseMetaData::getTypeInfo, "TYPE_NAME"))
                .contains("INTEGER", "CHARACTER VARYING", "UUID", "JSON");
    }

    @EveryTarget
    void abilities(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            DatabaseMetaData metaData = connection.getMetaData();

            assertThat(metaData.supportsTransactions()).isTrue();
            assertThat(metaData.supportsSavepoints()).isTrue();
            assertThat(metaData.supportsGetGeneratedKeys()).isTrue();
            assertThat(metaData.supportsBatchUpdates()).isTrue();
            assertThat(metaData.supportsResultSetConcurrency(
                            ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE))
                    .isTrue();
            assertThat(metaData.supportsTransactionIsolationLevel(Connection.TRANSACTION_SERIALIZABLE))
                    .isTrue();
            assertThat(metaData.storesUpperCaseIdentifiers()).isTrue();
            assertThat(metaData.getIdentifierQuoteString()).isEqualTo("\"");
            assertThat(metaData.getJDBCMajorVersion()).isGreaterThanOrEqualTo(4);
            assertThat(metaData.getSQLKeywords()).isNotEmpty();
            assertThat(metaData.getNumericFunctions()).contains("ABS");
        }
    }

    @EveryTarget
    void bestRowIdentifierIsTheKey(Database database) throws SQLException {
        assertThat(names(
                        database,
                        m -> m.getBestRowIdentifier(null, "PUBLIC", "PARENT", DatabaseMetaData.bestRowSession, false),
                        "COLUMN_NAME"))
                .containsExactly("ID");
    }

    @EveryTarget
    void theDriverTakesItsOwnUrlsOnly(Database database) throws SQLException {
        database.connect().close();
        Driver driver = DriverManager.getDriver(database.url());

        assertThat(driver.acceptsURL(database.url())).isTrue();
        assertThat(driver.acceptsURL("jdbc:unknown:x")).isFalse();
        assertNull(driver.connect("jdbc:unknown:x", new Properties()));
        assertThat(driver.jdbcCompliant()).isTrue();
        assertThat(driver.getPropertyInfo(database.url(), new Properties())).isNotNull();
    }

    @EveryTarget
    void closedConnectionHasNoMetaData(Database database) throws SQLException {
        Connection connection = database.connect();
        DatabaseMetaData metaData = connection.getMetaData();
        connection.close();

        assertThatThrownBy(() -> metaData.getTables(null, null, "%", null)).isInstanceOf(SQLException.class);
    }

    private static List<String> names(Database database, Question question, String column) throws SQLException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, SCHEMA);
            List<String> names = new ArrayList<>();
            try (ResultSet result = question.ask(connection.getMetaData())) {
                while (result.next()) {
                    names.add(result.getString(column));
                }
            }
            Sql.execute(connection, "DROP ALL OBJECTS");
            return names;
        }
    }

    /** What a tool asks of the metadata. */
    private interface Question {
        ResultSet ask(DatabaseMetaData metaData) throws SQLException;
    }
}

package io.blazedb.tck.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type keeps its value: as a literal or parameter, in a batch, through an updatable result, over reopening. */
class TypeContractTest {
    private static final String QUERY = "SELECT ID, V FROM T ORDER BY ID";

    @TempDir
    Path folder;

    static Stream<Arguments> types() {
        return Target.enabled().stream()
                .flatMap(target -> TypeCase.all().stream().map(type -> Arguments.of(target, type)));
    }

    static Stream<Arguments> settableTypes() {
        return types().filter(arguments -> ((TypeCase) arguments.get()[1]).isSettable());
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("types")
    void literalKeepsItsValue(Target target, TypeCase type) throws SQLException {
        try (Connection connection = create(target, type);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(QUERY)) {
            assertThat(result.next()).isTrue();
            assertThat(result.getString("V")).isEqualTo(type.text());
            assertThat(result.wasNull()).isFalse();
            drop(target, connection);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("types")
    void metaDataNamesTheType(Target target, TypeCase type) throws SQLException {
        try (Connection connection = create(target, type);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(QUERY)) {
            ResultSetMetaData columns = result.getMetaData();
            assertThat(columns.getColumnType(2)).isEqualTo(type.jdbcType());
            assertThat(columns.getColumnClassName(2)).isEqualTo(type.className());
            drop(target, connection);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("types")
    void nullIsKept(Target target, TypeCase type) throws SQLException {
        try (Connection connection = create(target, type)) {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO T VALUES(2, ?)")) {
                insert.setNull(1, type.jdbcType());
                insert.executeUpdate();
                insert.clearParameters();
            }
            assertThat(Sql.value(connection, "SELECT V FROM T WHERE ID = 2")).isEqualTo("null");
            drop(target, connection);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("settableTypes")
    void parameterKeepsTheValue(Target target, TypeCase type) throws SQLException {
        try (Connection connection = create(target, type)) {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(QUERY);
                    PreparedStatement insert = connection.prepareStatement("INSERT INTO T VALUES(?, ?)")) {
                result.next();
                for (int id = 2; id <= 3; id++) {
                    insert.setInt(1, id);
                    insert.setObject(2, result.getObject("V"));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            assertEqualRows(connection);
            drop(target, connection);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("settableTypes")
    void updatableResultKeepsTheValue(Target target, TypeCase type) throws SQLException {
        try (Connection connection = create(target, type)) {
            Sql.execute(connection, "INSERT INTO T VALUES(2, NULL), (3, NULL)");
            try (Statement statement =
                            connection.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE);
                    ResultSet result = statement.executeQuery(QUERY)) {
                result.next();
                Object value = result.getObject("V");
                while (result.next()) {
                    result.updateObject("V", value);
                    result.updateRow();
                }
            }
            assertEqualRows(connection);
            drop(target, connection);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("types")
    void valueOutlivesTheLastConnection(Target target, TypeCase type) throws SQLException {
        create(target, type).close();

        try (Connection connection = target.connect(folder.resolve("db"))) {
            assertThat(Sql.rows(connection, "SELECT V FROM T")).containsExactly(type.text());
            drop(target, connection);
        }
    }

    private Connection create(Target target, TypeCase type) throws SQLException {
        Connection connection = target.connect(folder.resolve("db"));
        Sql.execute(
                connection,
                "CREATE TABLE T(ID INT PRIMARY KEY, V " + type.declaration() + ")",
                "INSERT INTO T VALUES(1, " + type.literal() + ")");
        return connection;
    }

    /** All three rows hold the same value, in SQL's eyes and as text. */
    private static void assertEqualRows(Connection connection) throws SQLException {
        assertThat(Sql.value(
                        connection,
                        "SELECT COUNT(*) FROM T A JOIN T B ON A.V IS NOT DISTINCT FROM B.V"
                                + " WHERE A.ID = 1 AND B.ID BETWEEN 1 AND 3"))
                .isEqualTo("3");
        assertThat(Sql.rows(connection, "SELECT V FROM T").stream().distinct()).hasSize(1);
    }

    private static void drop(Target target, Connection connection) throws SQLException {
        if (!target.isFile()) {
            Sql.execute(connection, "DROP ALL OBJECTS");
            Sql.execute(connection, "SET DB_CLOSE_DELAY 0");
        }
    }
}

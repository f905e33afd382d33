package io.blazedb.tck.contract;

import static io.blazedb.tck.contract.WaysToWrite.ALL;
import static io.blazedb.tck.contract.WaysToWrite.TABLE;

import io.blazedb.tck.Sql;
import io.blazedb.tck.contract.WayToWrite.Trait;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Writing where neither the statement's first word nor JDBC's commit shows it. */
final class HiddenWays {
    private HiddenWays() {}

    static List<WayToWrite> all() {
        return Stream.of(lists(), functions(), others()).flatMap(List::stream).toList();
    }

    private static List<WayToWrite> lists() {
        return List.of(
                WayToWrite.of("statement list", TABLE, HiddenWays::statementList, ALL, "1|a", "2|c"),
                WayToWrite.of("commit inside a statement list", TABLE, HiddenWays::commitInList, ALL, "1|a"),
                WayToWrite.of(
                        "statement list with parameters", TABLE, HiddenWays::listWithParameters, ALL, "1|a", "2|b"),
                WayToWrite.of("commit as a statement", TABLE, HiddenWays::commitStatement, ALL, "1|a"),
                WayToWrite.of("savepoint statements", TABLE, HiddenWays::savepointStatements, ALL, "1|a"),
                WayToWrite.sql(
                        "execute immediate",
                        TABLE,
                        List.of("EXECUTE IMMEDIATE 'INSERT INTO T VALUES(1, ''a'')'"),
                        ALL,
                        "1|a"),
                WayToWrite.sql(
                        "session variable",
                        TABLE,
                        List.of("SET @NOTE = 'a'", "INSERT INTO T VALUES(1, @NOTE)"),
                        ALL,
                        "1|a"));
    }

    private static List<WayToWrite> functions() {
        return List.of(
                WayToWrite.of("function with its own connection", TABLE, HiddenWays::givenConnection, ALL, "1|given"),
                WayToWrite.of(
                                "function with the default connection",
                                TABLE,
                                HiddenWays::defaultConnection,
                                ALL,
                                "1|default")
                        .with(Trait.DEFAULT_CONNECTION),
                WayToWrite.of(
                        "function that commits",
                        TABLE,
                        HiddenWays::committingFunction,
                        ALL,
                        "1|committed inside",
                        "2|after"));
    }

    private static List<WayToWrite> others() {
        return List.of(
                WayToWrite.of("script", TABLE, HiddenWays::script, ALL, "1|a", "2|b"),
                WayToWrite.sql(
                        "linked table",
                        List.of(
                                TABLE.get(0),
                                "CREATE LINKED TABLE FAR('org.h2.Driver', 'jdbc:h2:mem:', 'sa', '',"
                                        + " '(SELECT X AS ID, ''far'' AS NOTE FROM SYSTEM_RANGE(1, 2))')"),
                        List.of("INSERT INTO T SELECT ID, NOTE FROM FAR"),
                        ALL,
                        "1|far",
                        "2|far"),
                WayToWrite.of("prepared commit", TABLE, HiddenWays::preparedCommit, ALL, "1|a")
                        .with(Trait.MAY_BE_REFUSED),
                WayToWrite.of("ddl inside a transaction", TABLE, HiddenWays::ddlInTransaction, ALL, "1|a"),
                WayToWrite.of("explain analyze", TABLE, HiddenWays::explainAnalyze, ALL, "1|a"),
                WayToWrite.sql(
                        "with query",
                        TABLE,
                        List.of("INSERT INTO T WITH RECURSIVE R(N) AS (SELECT 1"
                                + " UNION ALL SELECT N + 1 FROM R WHERE N < 3)"
                                + " SELECT N, 'r' FROM R"),
                        ALL,
                        "1|r",
                        "2|r",
                        "3|r"));
    }

    private static void statementList(Connection connection) throws SQLException {
        Sql.execute(
                connection,
                "INSERT INTO T VALUES(1, 'a'); INSERT INTO T VALUES(2, 'b'); UPDATE T SET NOTE = 'c' WHERE ID = 2");
    }

    private static void commitInList(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Sql.execute(connection, "INSERT INTO T VALUES(1, 'a'); COMMIT; INSERT INTO T VALUES(2, 'b')");
        connection.rollback();
    }

    private static void listWithParameters(Connection connection) throws SQLException {
        String sql = "INSERT INTO T VALUES(?1, ?2); INSERT INTO T VALUES(?1 + 1, ?3)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, 1);
            statement.setString(2, "a");
            statement.setString(3, "b");
            statement.execute();
        }
    }

    private static void commitStatement(Connection connection) throws SQLException {
        Sql.execute(connection, "SET AUTOCOMMIT FALSE", "INSERT INTO T VALUES(1, 'a')", "COMMIT");
        Sql.execute(connection, "INSERT INTO T VALUES(2, 'b')", "ROLLBACK", "SET AUTOCOMMIT TRUE");
    }

    private static void savepointStatements(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Sql.execute(connection, "INSERT INTO T VALUES(1, 'a')", "SAVEPOINT HERE", "INSERT INTO T VALUES(2, 'b')");
        Sql.execute(connection, "ROLLBACK TO SAVEPOINT HERE", "COMMIT");
    }

    private static void givenConnection(Connection connection) throws SQLException {
        Functions.declare(connection, "insertWithGivenConnection");
        Sql.execute(connection, "CALL INSERT_WITH_GIVEN_CONNECTION(1)");
    }

    private static void defaultConnection(Connection connection) throws SQLException {
        Functions.declare(connection, "insertWithDefaultConnection");
        Sql.execute(connection, "CALL INSERT_WITH_DEFAULT_CONNECTION(1)");
    }

    private static void committingFunction(Connection connection) throws SQLException {
        Functions.declare(connection, "insertAndCommit");
        Sql.execute(connection, "CALL INSERT_AND_COMMIT(1)");
    }

    private static void script(Connection connection) throws SQLException {
        String file = "'memFS:script-" + System.nanoTime() + ".sql'";
        Sql.execute(connection, "INSERT INTO T VALUES(1, 'a'), (2, 'b')", "SCRIPT TO " + file + " TABLE T");
        Sql.execute(connection, "DROP TABLE T", "RUNSCRIPT FROM " + file);
    }

    private static void preparedCommit(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Sql.execute(connection, "INSERT INTO T VALUES(1, 'a')", "PREPARE COMMIT FIRST", "COMMIT TRANSACTION FIRST");
    }

    private static void ddlInTransaction(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Sql.execute(connection, "INSERT INTO T VALUES(1, 'a')", "CREATE TABLE OTHER(ID INT)");
        connection.rollback();
    }

    private static void explainAnalyze(Connection connection) throws SQLException {
        Sql.execute(connection, "EXPLAIN ANALYZE INSERT INTO T VALUES(1, 'a')");
    }
}

package io.blazedb.tck.contract;

import static io.blazedb.tck.contract.WaysToWrite.ALL;
import static io.blazedb.tck.contract.WaysToWrite.TABLE;

import java.util.List;
import java.util.stream.Stream;

/** Changing the schema, and with it the data. */
final class SchemaWays {
    private static final List<String> FILLED = List.of(TABLE.get(0), "INSERT INTO T VALUES(1, 'a'), (2, 'b')");

    private SchemaWays() {}

    static List<WayToWrite> all() {
        return Stream.of(tables(), objects(), wholeSchemas())
                .flatMap(List::stream)
                .toList();
    }

    private static List<WayToWrite> tables() {
        return List.of(
                WayToWrite.sql(
                        "create table as",
                        FILLED,
                        List.of("CREATE TABLE C AS SELECT * FROM T"),
                        "SELECT * FROM C ORDER BY ID",
                        "1|a",
                        "2|b"),
                ddl(
                        "create table with data",
                        "CREATE TABLE C(ID INT PRIMARY KEY) AS SELECT X FROM SYSTEM_RANGE(1, 2)",
                        "SELECT * FROM C ORDER BY ID",
                        "1",
                        "2"),
                ddl(
                        "add a column",
                        "ALTER TABLE T ADD COLUMN N INT DEFAULT 7",
                        "SELECT * FROM T ORDER BY ID",
                        "1|a|7",
                        "2|b|7"),
                ddl(
                        "add a column in front",
                        "ALTER TABLE T ADD COLUMN N INT DEFAULT 7 BEFORE ID",
                        "SELECT * FROM T ORDER BY ID",
                        "7|1|a",
                        "7|2|b"),
                ddl("drop a column", "ALTER TABLE T DROP COLUMN NOTE", "SELECT * FROM T ORDER BY ID", "1", "2"),
                ddl(
                        "rename a column",
                        "ALTER TABLE T ALTER COLUMN NOTE RENAME TO TEXT",
                        "SELECT TEXT FROM T ORDER BY ID",
                        "a",
                        "b"),
                ddl(
                        "change a type",
                        "ALTER TABLE T ALTER COLUMN ID SET DATA TYPE DECIMAL(10, 2)",
                        ALL,
                        "1.00|a",
                        "2.00|b"),
                ddl("rename a table", "ALTER TABLE T RENAME TO R", "SELECT * FROM R ORDER BY ID", "1|a", "2|b"));
    }

    private static List<WayToWrite> objects() {
        return List.of(
                ddl(
                        "create an index",
                        "CREATE INDEX T_NOTE ON T(NOTE)",
                        "SELECT ID FROM T USE INDEX (T_NOTE) WHERE NOTE = 'b'",
                        "2"),
                ddl(
                        "create a unique constraint",
                        "ALTER TABLE T ADD CONSTRAINT T_NOTE UNIQUE(NOTE)",
                        ALL,
                        "1|a",
                        "2|b"),
                ddl("create a view", "CREATE VIEW V AS SELECT NOTE FROM T", "SELECT * FROM V ORDER BY 1", "a", "b"),
                ddl("create a sequence", "CREATE SEQUENCE S START WITH 41", "SELECT NEXT VALUE FOR S", "41"),
                ddl("create a domain", "CREATE DOMAIN D AS INT CHECK (VALUE > 0)", "SELECT CAST(1 AS D)", "1"),
                ddl(
                        "create a schema",
                        "CREATE SCHEMA X",
                        "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SCHEMATA WHERE SCHEMA_NAME = 'X'",
                        "1"),
                ddl("create a constant", "CREATE CONSTANT ONE VALUE 1", "SELECT ONE", "1"),
                ddl(
                        "create a role",
                        "CREATE ROLE READER",
                        "SELECT ROLE_NAME FROM INFORMATION_SCHEMA.ROLES WHERE ROLE_NAME = 'READER'",
                        "READER"),
                ddl(
                        "create a user",
                        "CREATE USER ANN PASSWORD 'x'",
                        "SELECT USER_NAME FROM INFORMATION_SCHEMA.USERS WHERE USER_NAME = 'ANN'",
                        "ANN"),
                ddl(
                        "comment",
                        "COMMENT ON TABLE T IS 'noted'",
                        "SELECT REMARKS FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'T'",
                        "noted"),
                ddl(
                        "drop a table",
                        "DROP TABLE T",
                        "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'T'",
                        "0"));
    }

    private static List<WayToWrite> wholeSchemas() {
        return List.of(
                WayToWrite.sql(
                        "restart a sequence",
                        List.of("CREATE SEQUENCE S"),
                        List.of("ALTER SEQUENCE S RESTART WITH 100"),
                        "SELECT NEXT VALUE FOR S",
                        "100"),
                WayToWrite.sql(
                        "drop all objects",
                        FILLED,
                        List.of("DROP ALL OBJECTS"),
                        "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'",
                        "0"),
                WayToWrite.sql(
                        "drop a schema",
                        List.of("CREATE SCHEMA X", "CREATE TABLE X.T(ID INT)", "INSERT INTO X.T VALUES(1)"),
                        List.of("DROP SCHEMA X CASCADE"),
                        "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'X'",
                        "0"),
                WayToWrite.sql(
                        "foreign key",
                        List.of(FILLED.get(0), FILLED.get(1), "CREATE TABLE C(ID INT)", "INSERT INTO C VALUES(1)"),
                        List.of("ALTER TABLE C ADD FOREIGN KEY(ID) REFERENCES T(ID)", "INSERT INTO C VALUES(2)"),
                        "SELECT ID FROM C ORDER BY ID",
                        "1",
                        "2"),
                WayToWrite.sql(
                        "table beside a temporary table",
                        FILLED,
                        List.of(
                                "CREATE LOCAL TEMPORARY TABLE P AS SELECT * FROM T",
                                "INSERT INTO P VALUES(3, 'c')",
                                "INSERT INTO T SELECT * FROM P WHERE ID = 3"),
                        ALL,
                        "1|a",
                        "2|b",
                        "3|c"));
    }

    private static WayToWrite ddl(String name, String statement, String query, String... rows) {
        return WayToWrite.sql(name, FILLED, List.of(statement), query, rows);
    }
}

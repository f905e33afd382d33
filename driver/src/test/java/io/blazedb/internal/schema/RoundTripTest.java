package io.blazedb.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.ColumnDefinition.Source;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.TableDefinition.Action;
import io.blazedb.sync.TableDefinition.Check;
import io.blazedb.sync.TableDefinition.ForeignKey;
import io.blazedb.sync.TableDefinition.Index;
import io.blazedb.sync.TableDefinition.IndexColumn;
import io.blazedb.sync.TableDefinition.Nulls;
import io.blazedb.sync.TableDefinition.UniqueKey;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.h2.mvstore.db.MVTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a table creates the same table in another database. */
class RoundTripTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CHARACTER",
                "CHARACTER(7)",
                "CHARACTER VARYING",
                "CHARACTER VARYING(255)",
                "VARCHAR_IGNORECASE",
                "VARCHAR_IGNORECASE(9)",
                "CHARACTER LARGE OBJECT",
                "CHARACTER LARGE OBJECT(1000)",
                "BINARY",
                "BINARY(8)",
                "BINARY VARYING",
                "BINARY VARYING(16)",
                "BINARY LARGE OBJECT",
                "BINARY LARGE OBJECT(2000)",
                "BOOLEAN",
                "TINYINT",
                "SMALLINT",
                "INTEGER",
                "BIGINT",
                "NUMERIC",
                "NUMERIC(10)",
                "NUMERIC(10, 2)",
                "DECIMAL(9, 3)",
                "DECIMAL",
                "REAL",
                "DOUBLE PRECISION",
                "FLOAT",
                "FLOAT(20)",
                "FLOAT(40)",
                "DECFLOAT",
                "DECFLOAT(20)",
                "DATE",
                "TIME",
                "TIME(0)",
                "TIME(9)",
                "TIME WITH TIME ZONE",
                "TIME(3) WITH TIME ZONE",
                "TIMESTAMP",
                "TIMESTAMP(0)",
                "TIMESTAMP(9)",
                "TIMESTAMP WITH TIME ZONE",
                "TIMESTAMP(9) WITH TIME ZONE",
                "INTERVAL YEAR",
                "INTERVAL YEAR(4)",
                "INTERVAL MONTH",
                "INTERVAL DAY",
                "INTERVAL HOUR(5)",
                "INTERVAL MINUTE",
                "INTERVAL SECOND",
                "INTERVAL SECOND(4, 9)",
                "INTERVAL YEAR TO MONTH",
                "INTERVAL YEAR(3) TO MONTH",
                "INTERVAL DAY TO HOUR",
                "INTERVAL DAY(5) TO MINUTE",
                "INTERVAL DAY TO SECOND",
                "INTERVAL DAY(3) TO SECOND(2)",
                "INTERVAL HOUR TO MINUTE",
                "INTERVAL HOUR TO SECOND(0)",
                "INTERVAL MINUTE(3) TO SECOND(9)",
                "ENUM('a', 'B c', 'it''s', 'ж')",
                "GEOMETRY",
                "GEOMETRY(POINT)",
                "GEOMETRY(POLYGON Z, 4326)",
                "GEOMETRY(GEOMETRY, 3857)",
                "JSON",
                "JSON(100)",
                "UUID",
                "JAVA_OBJECT",
                "JAVA_OBJECT(500)",
                "INTEGER ARRAY",
                "INTEGER ARRAY[10]",
                "CHARACTER VARYING(5) ARRAY[3] ARRAY",
                "ENUM('x', 'y') ARRAY",
                "ROW(A INTEGER, \"b )\" NUMERIC(5, 1))",
                "ROW(A ROW(B TIME(2) WITH TIME ZONE), C INTEGER ARRAY) ARRAY[7]"
            })
    void aTypeIsCreatedAgainExactly(String type) throws SQLException {
        try (Database here = new Database();
                Database there = new Database()) {
            TableDefinition table = here.run("CREATE TABLE T (ID INT PRIMARY KEY, C " + type + ")")
                    .read("T");

            there.create(table);

            assertThat(there.read("T")).isEqualTo(table);
            assertThat(there.value(TYPE_OF_C)).isEqualTo(here.value(TYPE_OF_C));
        }
    }

    private static final String TYPE_OF_C = """
            SELECT (DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE, DATETIME_PRECISION,
                INTERVAL_TYPE, INTERVAL_PRECISION, MAXIMUM_CARDINALITY, GEOMETRY_TYPE, GEOMETRY_SRID,
                DECLARED_DATA_TYPE, DECLARED_NUMERIC_PRECISION, DECLARED_NUMERIC_SCALE)
            FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'T' AND COLUMN_NAME = 'C'""";

    private static final String[] PARENT_AND_CHILD = {
        "CREATE SCHEMA \"Other \"\"s\"",
        "CREATE TABLE \"Other \"\"s\".PARENT (A INT, B VARCHAR(10), PRIMARY KEY (B, A), UNIQUE (A))",
        "CREATE DOMAIN SMALL AS INT DEFAULT 3 CHECK (VALUE > 0)",
        "CREATE DOMAIN SMALLER AS SMALL CHECK (VALUE < 100 AND VALUE <> 13)",
        """
        CREATE TABLE CHILD (
            ID BIGINT GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY 5),
            "lower case" VARCHAR(20) DEFAULT 'it''s' NOT NULL,
            A INT, B VARCHAR(10), X INT, Y INT DEFAULT 1 + 1,
            S SMALLER,
            "quo""te" TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
            U UUID DEFAULT RANDOM_UUID(),
            TEXT VARCHAR(30) DEFAULT NULL,
            G INT GENERATED ALWAYS AS (X * 2 + Y),
            SHAPE GEOMETRY,
            PRIMARY KEY (ID),
            CONSTRAINT UQ_NAMED UNIQUE NULLS NOT DISTINCT (X, Y),
            UNIQUE NULLS ALL DISTINCT (A, X),
            UNIQUE NULLS DISTINCT (Y),
            CONSTRAINT FK_NAMED FOREIGN KEY (B, A) REFERENCES "Other ""s".PARENT (B, A)
                ON DELETE CASCADE ON UPDATE SET NULL,
            FOREIGN KEY (X) REFERENCES "Other ""s".PARENT (A) ON DELETE SET DEFAULT ON UPDATE RESTRICT,
            CONSTRAINT CK_NAMED CHECK (X > 0 AND "lower case" LIKE 'a!%%' ESCAPE '!' OR Y IN (1, 2, 3)),
            CHECK (CHAR_LENGTH(TEXT) BETWEEN 1 AND 20))""",
        "CREATE INDEX IX_NAMED ON CHILD (X DESC, \"lower case\")",
        "CREATE UNIQUE NULLS NOT DISTINCT INDEX UX_NAMED ON CHILD (U DESC) INCLUDE (A)",
        "CREATE SPATIAL INDEX SX ON CHILD (SHAPE)",
        "CREATE INDEX ON CHILD (TEXT)",
    };

    private static final ForeignKey TO_KEY = new ForeignKey(
            "FK_NAMED", List.of(3, 2), "Other \"s", "PARENT", List.of("B", "A"), Action.CASCADE, Action.SET_NULL);
    private static final ForeignKey TO_UNIQUE =
            new ForeignKey("", List.of(4), "Other \"s", "PARENT", List.of("A"), Action.SET_DEFAULT, Action.RESTRICT);

    @Test
    void everyKindOfConstraintIsRead() throws SQLException {
        try (Database here = new Database()) {
            TableDefinition child = here.run(PARENT_AND_CHILD).read("CHILD");

            assertThat(child.primaryKey()).containsExactly(0);
            assertThat(child.uniqueKeys())
                    .containsExactlyInAnyOrder(
                            new UniqueKey("UQ_NAMED", List.of(4, 5), Nulls.NOT_DISTINCT),
                            new UniqueKey("", List.of(2, 4), Nulls.ALL_DISTINCT),
                            new UniqueKey("", List.of(5), Nulls.DISTINCT),
                            new UniqueKey(
                                    "UX_NAMED",
                                    List.of(8),
                                    Nulls.NOT_DISTINCT,
                                    List.of(new IndexColumn(8, true), new IndexColumn(2, false))));
            assertThat(child.foreignKeys()).containsExactlyInAnyOrder(TO_KEY, TO_UNIQUE);
            assertThat(child.checks())
                    .contains(new Check("", "\"S\" > 0"))
                    .contains(new Check("", "(\"S\" < 100)\n    AND (\"S\" <> 13)"))
                    .hasSize(4)
                    .anyMatch(check -> check.name().equals("CK_NAMED"));
            assertThat(child.indexes())
                    .containsExactlyInAnyOrder(
                            new Index("IX_NAMED", List.of(new IndexColumn(4, true), new IndexColumn(1, false))),
                            new Index("SX", List.of(new IndexColumn(11, false))),
                            new Index("", List.of(new IndexColumn(9, false))));
        }
    }

    @Test
    void everyKindOfColumnIsRead() throws SQLException {
        try (Database here = new Database()) {
            List<ColumnDefinition> columns =
                    here.run(PARENT_AND_CHILD).read("CHILD").columns();

            assertThat(columns)
                    .contains(
                            new ColumnDefinition(
                                    "ID", "BIGINT", false, "START WITH 100 INCREMENT BY 5", Source.IDENTITY_ALWAYS),
                            new ColumnDefinition(
                                    "lower case", "CHARACTER VARYING(20)", false, "'it''s'", Source.WRITTEN),
                            new ColumnDefinition("Y", "INTEGER", true, "2", Source.WRITTEN),
                            new ColumnDefinition("S", "INTEGER", true, "3", Source.WRITTEN),
                            new ColumnDefinition("G", "INTEGER", true, "(\"X\" * 2) + \"Y\"", Source.GENERATED));
        }
    }

    @Test
    void aTableOfEveryKindIsCreatedAgainExactly() throws SQLException {
        try (Database here = new Database();
                Database there = new Database()) {
            here.run(PARENT_AND_CHILD);
            TableDefinition parent = TableReader.read((MVTable) here.table("Other \"s", "PARENT"), 7);
            TableDefinition child = here.read("CHILD");

            there.create(parent, child);

            assertThat(there.read("CHILD")).isEqualTo(child);
            assertThat(parent.primaryKey()).containsExactly(1, 0);
            assertThat(TableReader.read((MVTable) there.table("Other \"s", "PARENT"), 7))
                    .isEqualTo(parent);
            there.run("INSERT INTO CHILD (X, Y, \"lower case\") VALUES (NULL, 3, 'a')");
            assertThat(there.value("SELECT ID FROM CHILD")).isEqualTo("100");
        }
    }

    @Test
    void alteringATableChangesNothingElseOfItsDefinition() throws SQLException {
        try (Database here = new Database()) {
            TableDefinition before = here.run(PARENT_AND_CHILD).read("CHILD");

            here.run("ALTER TABLE CHILD ADD COLUMN EXTRA INT", "ALTER TABLE CHILD DROP COLUMN EXTRA");

            assertThat(here.read("CHILD")).isEqualTo(before);
        }
    }

    @Test
    void aDefinitionIsTheSameAfterReopening(@TempDir Path directory) throws SQLException {
        Path file = directory.resolve("db");
        TableDefinition before;
        try (Database here = new Database(file)) {
            before = here.run(PARENT_AND_CHILD).read("CHILD");
        }
        try (Database here = new Database(file)) {
            assertThat(here.read("CHILD")).isEqualTo(before);
        }
    }

    @Test
    void namesOfAnyLettersAreCreatedAgain() throws SQLException {
        try (Database here = new Database();
                Database there = new Database()) {
            here.run(
                    "CREATE TABLE T (\"ключ\" INT PRIMARY KEY, \"a\\b\" INT CHECK (\"a\\b\" > \"ключ\"))",
                    "ALTER TABLE T ADD COLUMN \"сумма\" INT AS (\"ключ\" + 1)");
            TableDefinition table = here.read("T");

            there.create(table);

            assertThat(there.read("T")).isEqualTo(table);
            there.run("ALTER TABLE T DROP COLUMN \"сумма\"");
            there.run(new Additions(there.session())
                    .between(there.read("T"), table).stream()
                            .map(Addition::statement)
                            .toList());
            assertThat(there.read("T")).isEqualTo(table);
        }
    }

    @Test
    void aCheckKeepsTheWordValueInsideQuotes() throws SQLException {
        try (Database here = new Database()) {
            here.run("CREATE DOMAIN D AS VARCHAR(20) CHECK (VALUE <> 'VALUE')", "CREATE TABLE T (\"VALUE\" D)");

            assertThat(here.read("T").checks()).containsExactly(new Check("", "\"VALUE\" <> 'VALUE'"));
        }
    }

    @Test
    void onlyPersistentTablesOfTheUserAreSynced() throws SQLException {
        try (Database here = new Database()) {
            here.run(
                    "CREATE SCHEMA BLAZE",
                    "CREATE TABLE BLAZE.NODES (A INT)",
                    "CREATE TABLE T (A INT)",
                    "CREATE TABLE T_COPY_3_17 (A INT)",
                    "CREATE MEMORY TABLE UNSAVED (A INT) NOT PERSISTENT",
                    "CREATE LOCAL TEMPORARY TABLE SESSION_ONLY (A INT)",
                    "CREATE GLOBAL TEMPORARY TABLE GLOBAL_ONLY (A INT)",
                    "CREATE VIEW V AS SELECT A FROM T");

            assertThat(TableReader.isUserTable(here.table("PUBLIC", "T"))).isTrue();
            assertThat(TableReader.isUserTable(here.table("BLAZE", "NODES"))).isFalse();
            for (String name : List.of("T_COPY_3_17", "UNSAVED", "SESSION_ONLY", "GLOBAL_ONLY", "V")) {
                assertThat(TableReader.isUserTable(here.table("PUBLIC", name)))
                        .as(name)
                        .isFalse();
            }
            assertThat(TableReader.isUserTable(here.table("INFORMATION_SCHEMA", "TABLES")))
                    .isFalse();
        }
    }
}

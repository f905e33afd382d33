package io.blazedb.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.ColumnDefinition.Source;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.TableDefinition.Check;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdditionsTest {
    private static final String ADD = "ALTER TABLE \"PUBLIC\".\"T\" ADD CONSTRAINT \"PUBLIC\".";

    @Test
    void columnsAreAddedWithoutNewValuesInOldRows() throws SQLException {
        try (Database here = new Database();
                Database there = new Database()) {
            here.run("CREATE TABLE T (ID INT PRIMARY KEY)", "INSERT INTO T VALUES (1)");
            TableDefinition wanted = there.run("""
                    CREATE TABLE T (ID INT PRIMARY KEY, G INT AS (A + C), A INT, B VARCHAR(9) DEFAULT 'x',
                        C INT DEFAULT 7 NOT NULL, U UUID DEFAULT RANDOM_UUID())""").read("T");

            here.run(additions(here, wanted));

            assertThat(here.value("SELECT (A, B, C, U, G) FROM T")).isEqualTo("ROW (null, x, 7, null, null)");
            assertThat(here.read("T").columns()).containsExactlyInAnyOrderElementsOf(wanted.columns());
            assertThat(additions(here, wanted)).isEmpty();
        }
    }

    @Test
    void whatOldRowsCannotHoldIsLeftOut() throws SQLException {
        assertThat(between("CREATE TABLE T (ID INT PRIMARY KEY)", """
                        CREATE TABLE T (ID INT PRIMARY KEY, N INT NOT NULL, I BIGINT GENERATED ALWAYS AS IDENTITY,
                            R UUID DEFAULT RANDOM_UUID() NOT NULL, G INT AS (N + 1), UNIQUE (N, ID), CHECK (N > ID));
                        CREATE INDEX IX ON T (G)""")).isEmpty();
    }

    @Test
    void constraintsAreAddedByWhatTheySay() throws SQLException {
        String[] parents = {"CREATE TABLE P (ID INT PRIMARY KEY, A INT UNIQUE)"};
        try (Database here = new Database();
                Database there = new Database()) {
            here.run(parents).run("CREATE TABLE T (A INT, B INT, CONSTRAINT MINE UNIQUE (B, A), CHECK (A > 0))");
            there.run(parents).run("""
                    CREATE TABLE T (B INT, A INT, CONSTRAINT THEIRS UNIQUE (A, B), CONSTRAINT Q UNIQUE (A),
                        CHECK (A > 0), CONSTRAINT C CHECK (B < 9),
                        CONSTRAINT F FOREIGN KEY (A) REFERENCES P (ID) ON DELETE CASCADE)""");
            TableDefinition wanted =
                    there.run("CREATE INDEX IX ON T (B DESC, A)").read("T");

            List<String> statements = additions(here, wanted);

            assertThat(statements)
                    .containsExactly(
                            ADD + "\"Q\" UNIQUE NULLS DISTINCT (\"A\")",
                            ADD + "\"C\" CHECK (\"B\" < 9)",
                            "CREATE INDEX \"PUBLIC\".\"IX\" ON \"PUBLIC\".\"T\" (\"B\" DESC, \"A\")",
                            ADD + "\"F\" FOREIGN KEY (\"A\")"
                                    + " REFERENCES \"PUBLIC\".\"P\" (\"ID\") ON DELETE CASCADE ON UPDATE NO ACTION");
            here.run(statements);
            assertThat(additions(here, wanted)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SMALLINT | BIGINT | BIGINT",
                "BIGINT | INTEGER | BIGINT",
                "NUMERIC(10, 2) | NUMERIC(6, 4) | NUMERIC(12, 4)",
                "NUMERIC(10, 2) | NUMERIC(5, 1) | NUMERIC(10, 2)",
                "DECIMAL(5) | NUMERIC(5) | DECIMAL(5)",
                "NUMERIC(5, 2) | DECFLOAT(20) | DECFLOAT(20)",
                "REAL | DOUBLE PRECISION | DOUBLE PRECISION",
                "FLOAT(20) | FLOAT(40) | FLOAT(40)",
                "CHARACTER(3) | CHARACTER VARYING(9) | CHARACTER VARYING(9)",
                "CHARACTER VARYING(9) | CHARACTER(3) | CHARACTER VARYING(9)",
                "CHARACTER VARYING(9) | CHARACTER LARGE OBJECT | CHARACTER LARGE OBJECT",
                "CHARACTER VARYING(9) | CHARACTER VARYING | CHARACTER VARYING",
                "CHARACTER VARYING | CHARACTER VARYING(9) | CHARACTER VARYING",
                "BINARY(2) | BINARY VARYING(9) | BINARY VARYING(9)",
                "TIME(0) | TIME(9) | TIME(9)",
                "TIME | TIME(3) | TIME(3)",
                "TIMESTAMP(3) | TIMESTAMP | TIMESTAMP",
                "TIMESTAMP | TIMESTAMP(6) | TIMESTAMP",
                "TIMESTAMP(0) WITH TIME ZONE | TIMESTAMP(9) WITH TIME ZONE | TIMESTAMP(9) WITH TIME ZONE",
                "INTERVAL YEAR | INTERVAL MONTH(5) | INTERVAL YEAR(5) TO MONTH",
                "INTERVAL DAY | INTERVAL DAY TO SECOND(9) | INTERVAL DAY TO SECOND(9)",
                "ENUM('b', 'a') | ENUM('a', 'ж', 'b') | ENUM('a', 'ж', 'b')",
                "ENUM('b', 'a') | ENUM('a', 'b') | ENUM('b', 'a')",
                "ENUM('x', 'c', 'B') | ENUM('x', 'd', 'a') | ENUM('x', 'B', 'a', 'c', 'd')",
                "ENUM('a', 'b') | ENUM('b') | ENUM('a', 'b')",
                "JSON(10) | JSON(20) | JSON(20)",
                "GEOMETRY(POINT) | GEOMETRY(POLYGON) | GEOMETRY",
                "INTEGER ARRAY[3] | BIGINT ARRAY[2] | BIGINT ARRAY[3]",
                "INTEGER ARRAY | INTEGER ARRAY[2] | INTEGER ARRAY",
                "INTEGER | DATE | INTEGER"
            })
    void aTypeIsWidenedToHoldBoth(String have, String wanted, String expected) throws SQLException {
        try (Database here = new Database();
                Database there = new Database()) {
            here.run("CREATE TABLE T (ID INT PRIMARY KEY, A " + have + " NOT NULL)");
            TableDefinition theirs = there.run("CREATE TABLE T (ID INT PRIMARY KEY, A " + wanted + " NOT NULL)")
                    .read("T");

            here.run(additions(here, theirs));

            assertThat(here.read("T").columns().get(1))
                    .isEqualTo(new ColumnDefinition("A", expected, false, "", Source.WRITTEN));
            assertThat(additions(here, theirs)).isEmpty();
        }
    }

    @Test
    void wideningKeepsRowsDefaultsAndIdentity() throws SQLException {
        try (Database here = new Database();
                Database there = new Database()) {
            here.run(
                    "CREATE DOMAIN D AS VARCHAR(5) DEFAULT 'dflt' CHECK (VALUE <> 'bad')",
                    """
                    CREATE TABLE T (ID INT GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 2) PRIMARY KEY,
                        E ENUM('b', 'c') DEFAULT 'c', V VARCHAR(3) DEFAULT 'abc' NOT NULL UNIQUE, D D, N INT,
                        G INT AS (N + 1), CHECK (N > 0))""",
                    "INSERT INTO T (N) VALUES (1)");
            TableDefinition before = here.read("T");
            TableDefinition wanted = there.run("""
                    CREATE TABLE T (ID BIGINT PRIMARY KEY, E ENUM('a', 'b', 'c'), V VARCHAR(30) NOT NULL, D VARCHAR(50),
                        N BIGINT)""").read("T");

            here.run(statements(here, before, wanted));

            assertThat(here.value("SELECT (ID, E, V, D, N, G) FROM T")).isEqualTo("ROW (10, c, abc, dflt, 1, 2)");
            assertThat(here.read("T").checks())
                    .containsExactlyInAnyOrder(
                            new Check("", "\"D\" <> 'bad'"), new Check("", "\"N\" > CAST(0 AS BIGINT)"));
            assertThat(additions(here, before)).isEmpty();
            assertThat(here.read("T").uniqueKeys()).isEqualTo(before.uniqueKeys());
            assertThat(here.read("T").columns())
                    .containsExactly(
                            new ColumnDefinition(
                                    "ID", "BIGINT", false, "START WITH 10 INCREMENT BY 2", Source.IDENTITY_ALWAYS),
                            new ColumnDefinition("E", "ENUM('a', 'b', 'c')", true, "'c'", Source.WRITTEN),
                            new ColumnDefinition("V", "CHARACTER VARYING(30)", false, "'abc'", Source.WRITTEN),
                            new ColumnDefinition("D", "CHARACTER VARYING(50)", true, "'dflt'", Source.WRITTEN),
                            new ColumnDefinition("N", "BIGINT", true, "", Source.WRITTEN),
                            new ColumnDefinition("G", "INTEGER", true, "\"N\" + 1", Source.GENERATED));
            here.run("INSERT INTO T (N, V) VALUES (1, 'x')");
            assertThat(here.value("SELECT MAX(ID) FROM T")).isEqualTo("12");
        }
    }

    @Test
    void whatThePeerDoesNotHaveStays() throws SQLException {
        assertThat(between(
                        "CREATE TABLE T (ID INT PRIMARY KEY, A VARCHAR(9) DEFAULT 'x' UNIQUE, B INT CHECK (B > 0))",
                        "CREATE TABLE T (ID INT PRIMARY KEY, A VARCHAR(4))"))
                .isEmpty();
    }

    @Test
    void twoTablesThatAreAddedToFromBothSidesMeet() throws SQLException {
        try (Database here = new Database();
                Database there = new Database()) {
            here.run("CREATE TABLE T (ID INT PRIMARY KEY, A NUMERIC(9, 1), B INT UNIQUE)", "CREATE INDEX I ON T (A)");
            there.run("CREATE TABLE T (C DATE CHECK (C > DATE '2000-01-01'), ID BIGINT PRIMARY KEY, A NUMERIC(5, 3))");
            TableDefinition first = here.read("T");
            TableDefinition second = there.read("T");

            here.run(statements(here, first, second));
            there.run(statements(there, second, first));

            assertThat(here.read("T").columns())
                    .containsExactlyInAnyOrderElementsOf(there.read("T").columns());
            assertThat(new Additions(here.session()).between(here.read("T"), there.read("T")))
                    .isEmpty();
            assertThat(new Additions(there.session()).between(there.read("T"), here.read("T")))
                    .isEmpty();
            assertThat(Compatibility.check(here.read("T"), there.read("T"))).isEmpty();
        }
    }

    @Test
    void aNameThatAnotherConstraintHasIsNotNeeded() throws SQLException {
        try (Database here = new Database();
                Database there = new Database()) {
            here.run("CREATE TABLE LOCAL_ONLY (A INT CONSTRAINT TAKEN UNIQUE, B INT)", "CREATE TABLE T (A INT)");
            here.run("CREATE INDEX IX_TAKEN ON LOCAL_ONLY (B)");
            TableDefinition wanted = there.run(
                            "CREATE TABLE T (A INT CONSTRAINT TAKEN UNIQUE)", "CREATE INDEX IX_TAKEN ON T (A DESC)")
                    .read("T");

            here.run(additions(here, wanted));

            assertThat(additions(here, wanted)).isEmpty();
        }
    }

    @Test
    void definitionsOfDifferentTablesAreNotCompared() throws SQLException {
        try (Database here = new Database()) {
            here.run("CREATE TABLE T (A INT)", "CREATE TABLE OTHER (A INT)");
            Additions additions = new Additions(here.session());
            TableDefinition table = here.read("T");
            TableDefinition other = here.read("OTHER");

            assertThatThrownBy(() -> additions.between(table, other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"PUBLIC\".\"OTHER\"");
        }
    }

    @Test
    void aConditionIsTheSameWhateverTypeItsLiteralsWereGiven() {
        assertThat(Signatures.withoutCasts(
                        "(\"A\" > CAST(-1.5E10 AS DECFLOAT)) AND (\"B\" = CAST('it''s' AS CHAR(4)))"))
                .isEqualTo("(\"A\" > -1.5E10) AND (\"B\" = 'it''s')");
        assertThat(Signatures.withoutCasts("\"E\" = CAST('a' AS ENUM('a', 'b)'))"))
                .isEqualTo("\"E\" = 'a'");
        assertThat(Signatures.withoutCasts("CAST(\"A\" AS BIGINT) > 1")).isEqualTo("CAST(\"A\" AS BIGINT) > 1");
    }

    private static List<String> additions(Database here, TableDefinition wanted) throws SQLException {
        return statements(here, here.read("T"), wanted);
    }

    private static List<String> statements(Database here, TableDefinition have, TableDefinition wanted)
            throws SQLException {
        return new Additions(here.session())
                .between(have, wanted).stream().map(Addition::statement).toList();
    }

    private static List<String> between(String have, String wanted) throws SQLException {
        try (Database here = new Database();
                Database there = new Database()) {
            here.run(have);
            there.run(wanted);
            return statements(here, here.read("T"), there.read("T"));
        }
    }
}

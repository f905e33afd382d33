package io.blazedb.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.SqlState;
import io.blazedb.sync.TableDefinition;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "TINYINT | BIGINT | true",
                "INTEGER | SMALLINT | true",
                "INTEGER | NUMERIC(10) | false",
                "NUMERIC(10, 2) | NUMERIC(5, 4) | true",
                "DECIMAL(4) | NUMERIC(4) | true",
                "NUMERIC | DECFLOAT(9) | true",
                "REAL | DOUBLE PRECISION | true",
                "FLOAT(20) | FLOAT(50) | true",
                "REAL | DECFLOAT | false",
                "VARCHAR(10) | VARCHAR | true",
                "CHAR(3) | VARCHAR(9) | true",
                "CLOB(9) | VARCHAR(9) | true",
                "VARCHAR_IGNORECASE | VARCHAR | true",
                "VARCHAR(9) | VARBINARY(9) | false",
                "BINARY(4) | VARBINARY(16) | true",
                "BLOB | BINARY(9) | true",
                "UUID | BINARY(16) | false",
                "BOOLEAN | BOOLEAN | true",
                "BOOLEAN | TINYINT | false",
                "DATE | DATE | true",
                "DATE | TIMESTAMP | false",
                "TIME(0) | TIME(9) | true",
                "TIME | TIME WITH TIME ZONE | false",
                "TIMESTAMP(0) | TIMESTAMP(9) | true",
                "TIMESTAMP(3) | TIMESTAMP(3) WITH TIME ZONE | false",
                "TIMESTAMP WITH TIME ZONE | TIMESTAMP(2) WITH TIME ZONE | true",
                "INTERVAL YEAR | INTERVAL YEAR(4) TO MONTH | true",
                "INTERVAL DAY(3) | INTERVAL HOUR TO SECOND(2) | true",
                "INTERVAL MONTH | INTERVAL DAY | false",
                "ENUM('a', 'b') | ENUM('a', 'b') | true",
                "ENUM('a', 'b') | ENUM('b') | true",
                "ENUM('ж') | ENUM('x', 'ж') | true",
                "ENUM('ж') | ENUM('я') | true",
                "ENUM('a', 'b') | ENUM('b', 'c') | true",
                "ENUM('a') ARRAY | ENUM('a') ARRAY | true",
                "ENUM('a') ARRAY | ENUM('a', 'b') ARRAY | false",
                "ENUM('a') | ENUM('A') | false",
                "ENUM('a') | VARCHAR(9) | false",
                "JSON | JSON(100) | true",
                "JSON | VARCHAR | false",
                "UUID | UUID | true",
                "JAVA_OBJECT(5) | JAVA_OBJECT | true",
                "GEOMETRY | GEOMETRY(POINT, 4326) | true",
                "GEOMETRY(POINT, 3857) | GEOMETRY(POINT, 4326) | false",
                "INT ARRAY | BIGINT ARRAY[5] | true",
                "INT ARRAY | VARCHAR ARRAY | false",
                "INT ARRAY | INT | false",
                "INT ARRAY ARRAY | BIGINT ARRAY | false",
                "ROW(A INT) | ROW(A INT) | true",
                "ROW(A INT) | ROW(A BIGINT) | false"
            })
    void typesAreComparableWithinTheirKind(String one, String other, boolean comparable) throws SQLException {
        Optional<Difference> difference = check("CREATE TABLE T (A " + one + ")", "CREATE TABLE T (A " + other + ")");
        Optional<Difference> reverse = check("CREATE TABLE T (A " + other + ")", "CREATE TABLE T (A " + one + ")");

        assertThat(difference.isEmpty()).isEqualTo(comparable);
        assertThat(reverse.isEmpty()).isEqualTo(comparable);
        difference.ifPresent(found -> assertThat(found.column()).isEqualTo("A"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ID INT PRIMARY KEY, A INT | A INT, ID INT PRIMARY KEY |",
                "ID INT PRIMARY KEY | ID INT | primary key",
                "A INT, B INT, PRIMARY KEY (A, B) | A INT, B INT, PRIMARY KEY (B, A) | primary key",
                "ID INT PRIMARY KEY, A INT | ID INT PRIMARY KEY, B INT |",
                "ID INT PRIMARY KEY, A INT NOT NULL | ID INT PRIMARY KEY | column without a default",
                "ID INT PRIMARY KEY | ID INT PRIMARY KEY, A INT NOT NULL | column without a default",
                "ID INT PRIMARY KEY, A INT DEFAULT 1 NOT NULL | ID INT PRIMARY KEY |",
                "ID INT PRIMARY KEY, A BIGINT GENERATED ALWAYS AS IDENTITY | ID INT PRIMARY KEY |",
                "ID INT PRIMARY KEY, A INT AS (ID + 1) | ID INT PRIMARY KEY, A INT AS (ID + 1) |",
                "ID INT PRIMARY KEY, A INT AS (ID + 1) | ID INT PRIMARY KEY, A INT AS (ID + 2) | generation",
                "ID INT PRIMARY KEY, A INT AS (ID + 1) | ID INT PRIMARY KEY, A INT | generation",
                "ID VARCHAR(9) PRIMARY KEY | ID VARCHAR(20) PRIMARY KEY |",
                "ID VARCHAR(9) PRIMARY KEY | ID VARCHAR_IGNORECASE(9) PRIMARY KEY | type of a key column",
                "ID INT PRIMARY KEY, A CHAR(9) UNIQUE | ID INT PRIMARY KEY, A VARCHAR(9) | type of a key column",
                "ID INT PRIMARY KEY, A INT UNIQUE CHECK (A > 0) | ID INT PRIMARY KEY, A INT |"
            })
    void tablesMustAgreeOnKeysAndOnColumnsThatMustBeFilled(String ours, String theirs, String subject)
            throws SQLException {
        Optional<Difference> difference = check("CREATE TABLE T (" + ours + ")", "CREATE TABLE T (" + theirs + ")");

        assertThat(difference.map(Difference::subject)).isEqualTo(Optional.ofNullable(subject));
    }

    @Test
    void aDifferenceNamesBothSidesAndTheRemedy() throws SQLException {
        Difference difference =
                check("CREATE TABLE T (A INT)", "CREATE TABLE T (A DATE)").orElseThrow();

        assertThat(difference.describe())
                .isEqualTo("table \"PUBLIC\".\"T\", column \"A\", type: INTEGER here, DATE at the peer."
                        + " Change the type on one side to that of the other");
        assertThat(difference.toError().getSQLState()).isEqualTo(SqlState.SCHEMA_DIFFERS.code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOCK_TIMEOUT=1 | LOCK_TIMEOUT=2 |",
                "MODE=MySQL | MODE=MySQL |",
                "MODE=MySQL | MODE=Oracle | setting MODE",
                "DATABASE_TO_LOWER=TRUE | LOCK_TIMEOUT=1 | setting DATABASE_TO_UPPER",
                "DATABASE_TO_UPPER=FALSE | LOCK_TIMEOUT=1 | setting DATABASE_TO_UPPER",
                "CASE_INSENSITIVE_IDENTIFIERS=TRUE | LOCK_TIMEOUT=1 | setting CASE_INSENSITIVE_IDENTIFIERS",
                "IGNORECASE=TRUE | IGNORECASE=FALSE | setting IGNORECASE",
                "COLLATION=ENGLISH STRENGTH PRIMARY | LOCK_TIMEOUT=1 | setting COLLATION",
                "COLLATION=ENGLISH STRENGTH PRIMARY | COLLATION=ENGLISH STRENGTH TERTIARY | setting COLLATION",
                "COLLATION=ENGLISH STRENGTH PRIMARY | COLLATION=ENGLISH STRENGTH PRIMARY |"
            })
    void databasesMustReadNamesAndCompareTextAlike(String ours, String theirs, String subject) throws SQLException {
        try (Database here = new Database(ours);
                Database there = new Database(theirs)) {
            Optional<Difference> difference = Compatibility.checkSettings(
                    here.session().getDatabase(), there.session().getDatabase());

            assertThat(difference.map(Difference::subject)).isEqualTo(Optional.ofNullable(subject));
        }
    }

    private static Optional<Difference> check(String ours, String theirs) throws SQLException {
        try (Database here = new Database();
                Database there = new Database()) {
            TableDefinition ourTable = here.run(ours).read("T");
            TableDefinition theirTable = there.run(theirs).read("T");
            return Compatibility.check(ourTable, theirTable);
        }
    }
}

package io.blazedb.tck.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** H2's errors pass unchanged: ORMs translate them by SQLSTATE and vendor code. */
class ErrorContractTest {
    private static final String[] FILLED = {
        "CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(5) NOT NULL, N INT CHECK (N > 0))",
        "INSERT INTO T VALUES(1, 'a', 1)",
        "CREATE TABLE C(ID INT REFERENCES T(ID))",
        "INSERT INTO C VALUES(1)"
    };

    @TempDir
    Path folder;

    static Stream<Arguments> errors() {
        Object[][] errors = {
            {"SELEKT 1", "42001", 42001, java.sql.SQLSyntaxErrorException.class},
            {"SELECT * FROM NOWHERE", "42S02", 42102, java.sql.SQLSyntaxErrorException.class},
            {"SELECT NOTHING FROM T", "42S22", 42122, java.sql.SQLSyntaxErrorException.class},
            {"CREATE TABLE T(ID INT)", "42S01", 42101, java.sql.SQLSyntaxErrorException.class},
            {"DROP TABLE NOWHERE", "42S02", 42102, java.sql.SQLSyntaxErrorException.class},
            {"INSERT INTO T VALUES(1, 'x', 1)", "23505", 23505, java.sql.SQLIntegrityConstraintViolationException.class
            },
            {"INSERT INTO T VALUES(2, NULL, 1)", "23502", 23502, java.sql.SQLIntegrityConstraintViolationException.class
            },
            {"INSERT INTO T VALUES(2, 'x', 0)", "23513", 23513, java.sql.SQLIntegrityConstraintViolationException.class
            },
            {"INSERT INTO C VALUES(9)", "23506", 23506, java.sql.SQLIntegrityConstraintViolationException.class},
            {"DELETE FROM T", "23503", 23503, java.sql.SQLIntegrityConstraintViolationException.class},
            {"INSERT INTO T VALUES(2, 'too long', 1)", "22001", 22001, java.sql.SQLDataException.class},
            {"SELECT 1 / 0", "22012", 22012, java.sql.SQLDataException.class},
            {"SELECT CAST('x' AS INT)", "22018", 22018, java.sql.SQLDataException.class},
            {"SELECT CAST(99999999999 AS INT)", "22003", 22003, java.sql.SQLDataException.class},
            {"SELECT (SELECT X FROM SYSTEM_RANGE(1, 2))", "90053", 90053, SQLException.class},
            {"SELECT DATE 'never'", "22007", 22007, java.sql.SQLDataException.class},
            {"INSERT INTO T(ID) VALUES(1, 2)", "21S02", 21002, SQLException.class},
            {"CREATE SEQUENCE S INCREMENT BY 0", "90009", 90009, SQLException.class},
            {"SET @X = NEXT VALUE FOR NOWHERE", "90036", 90036, SQLException.class},
            {"DROP SCHEMA PUBLIC RESTRICT", "90090", 90090, SQLException.class},
        };
        return Target.enabled().stream()
                .flatMap(target ->
                        Stream.of(errors).map(error -> Arguments.of(target, error[0], error[1], error[2], error[3])));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("errors")
    void errorIsH2s(Target target, String sql, String state, int code, Class<?> type) throws SQLException {
        try (Connection connection = target.connect(folder.resolve("db"))) {
            Sql.execute(connection, FILLED);

            assertThatThrownBy(() -> Sql.execute(connection, sql))
                    .isInstanceOf(type)
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        assertThat(e.getSQLState()).isEqualTo(state);
                        assertThat(e.getErrorCode()).isEqualTo(code);
                        assertThat(e.getMessage()).contains("[" + code + "-240]");
                    });
            assertThat(Sql.rows(connection, "SELECT * FROM T")).containsExactly("1|a|1");
            if (!target.isFile()) {
                Sql.execute(connection, "SHUTDOWN");
            }
        }
    }
}

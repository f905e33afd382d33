package io.blazedb.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.SqlState;
import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.ColumnDefinition.Source;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.TableDefinition.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A definition comes from a peer: it may declare a table, and nothing else. */
class HostileDefinitionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1); DROP TABLE OTHER; --",
                "1) NOT NULL, (2",
                "1, 2",
                "1 2",
                "",
                " ",
                "(1",
                "1;",
                "1 -- x",
                "1 /* x */",
                "(SELECT 1)",
                "(select max(A) FROM OTHER)",
                "(TABLE OTHER)",
                "(VALUES 1)",
                "EXISTS (SELECT 1)",
                "1 IN (SELECT A FROM OTHER)",
                "ARRAY(SELECT A FROM OTHER)",
                "0SELECT",
                "(WITH X AS (SELECT 1) TABLE X)",
                "FILE_READ('/etc/passwd')",
                "file_read('/etc/passwd')",
                "\"FILE_READ\"('/etc/passwd')",
                "FILE_WRITE('x', '/tmp/x')",
                "CSVWRITE('/tmp/x', 'SELECT 1')",
                "LINK_SCHEMA('A','','','','','B')",
                "(SELECT COUNT(*) FROM CSVREAD('/etc/passwd'))",
                "EVIL(1)",
                "PUBLIC.EVIL(1)",
                "PUBLIC.UPPER(1)",
                "\"PUBLIC\".\"UPPER\"('a')",
                "UPPER/**/(1)",
                "NEXT VALUE FOR SEQ",
                "SEQ.NEXTVAL",
                "NEXTVAL('SEQ')",
                "CURRENT VALUE FOR SEQ",
                "?",
                "?1",
                "@X",
                "SET(@X, 1)",
                "$$x$$",
                "ROWNUM",
                "ROWNUM()",
                "COUNT(*)",
                "SUM(1)",
                "ROW_NUMBER() OVER ()",
                "CAST(1 AS OWN)",
                "CAST(1 AS \"OWN\")",
                "ABORT_SESSION(1)",
                "SIGNAL('45000', 'x')",
                "DATABASE_PATH()",
                "MEMORY_FREE()",
                "DB_OBJECT_SQL('TABLE', 'OTHER')",
                "'unfinished",
                "U&'unfinished",
                "U&\"FILE_READ\"('x')",
                "\"unfinished",
                "X'",
                "{fn UPPER('a')}",
                "`A`",
                "ж",
                "UNNEST(ARRAY[1])"
            })
    void anythingButAHarmlessExpressionIsRefused(String text) throws SQLException {
        try (Database here = new Database()) {
            here.run(
                    "CREATE TABLE OTHER (A INT)",
                    "CREATE SEQUENCE SEQ",
                    "CREATE DOMAIN OWN AS INT",
                    "CREATE ALIAS EVIL FOR 'java.lang.Math.abs(int)'");
            TableCreation creation = new TableCreation(here.session());

            if (!text.isEmpty()) {
                assertRefused(() -> creation.statements(withDefault(text)));
            }
            assertRefused(() -> creation.statements(withCheck(text)));
            assertThat(here.value("SELECT COUNT(*) FROM OTHER")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INTEGER DEFAULT 1",
                "INTEGER, B INTEGER",
                "INTEGER)",
                "INTEGER) + (SELECT 1",
                "OWN",
                "\"OWN\"",
                "\"PUBLIC\".\"OWN\"",
                "INT",
                "integer",
                "VARCHAR(10)",
                "CHARACTER VARYING (10)",
                "INTEGER NOT NULL",
                "INTEGER) + FILE_READ('/etc/passwd'",
                "NO_SUCH_TYPE",
                "ENUM((SELECT 'a'))",
                "1",
                "CHARACTER VARYING(99999999999)",
                "BIGINT GENERATED ALWAYS AS IDENTITY",
                "INTEGER -- x"
            })
    void aTypeMustBeWrittenAsH2PrintsIt(String type) throws SQLException {
        try (Database here = new Database()) {
            here.run("CREATE DOMAIN OWN AS INT");
            TableCreation creation = new TableCreation(here.session());

            assertRefused(() -> creation.statements(
                    table("T", List.of(new ColumnDefinition("A", type, true, "", Source.WRITTEN)), List.of())));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"START WITH 1 INCREMENT BY 1) DEFAULT (1", "1", "START WITH 99999999999999999999 INCREMENT BY 1"
            })
    void identityOptionsAreNumbersOnly(String options) throws SQLException {
        try (Database here = new Database()) {
            ColumnDefinition column = new ColumnDefinition("A", "BIGINT", false, options, Source.IDENTITY_ALWAYS);
            TableCreation creation = new TableCreation(here.session());

            assertRefused(() -> creation.statements(table("T", List.of(column), List.of())));
        }
    }

    @Test
    void parsingOpensNoFile(@TempDir Path directory) throws SQLException, IOException {
        Path file = directory.resolve("peek.csv");
        Files.writeString(file, "A\n1\n");
        try (Database here = new Database()) {
            String text = "(SELECT A FROM CSVREAD('" + file + "'))";

            assertThat(ExpressionScreen.objection(text)).hasValue("uses SELECT");
            assertThat(ExpressionScreen.objection("(FROM CSVREAD('" + file + "'))"))
                    .hasValue("calls CSVREAD");
            assertRefused(() -> new TableCreation(here.session()).statements(withDefault(text)));
        }
    }

    @Test
    void deepNestingIsRefusedBeforeItReachesTheParser() {
        assertThat(ExpressionScreen.objection("(".repeat(65) + "1" + ")".repeat(65)))
                .isPresent();
        assertThat(ExpressionScreen.objection("CASE WHEN TRUE THEN ".repeat(65) + "1" + " END".repeat(65)))
                .isPresent();
        assertThat(ExpressionScreen.objection("NOT ".repeat(65) + "TRUE")).isPresent();
        assertThat(ExpressionScreen.objection("1 + ".repeat(4_000) + "1")).isPresent();
        assertThat(ExpressionScreen.objection("(".repeat(64) + "1" + ")".repeat(64)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BLAZE", "blaze", "INFORMATION_SCHEMA", "pg_catalog"})
    void noTableIsCreatedInASchemaOfTheDatabaseItself(String schema) throws SQLException {
        try (Database here = new Database()) {
            TableDefinition table = new TableDefinition(
                    1,
                    schema,
                    "T",
                    List.of(new ColumnDefinition("A", "INTEGER", true, "", Source.WRITTEN)),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());

            assertRefused(() -> new TableCreation(here.session()).statements(table));
        }
    }

    @Test
    void namesAreOnlyEverNames() throws SQLException {
        String name = "T\" (A INT); DROP TABLE OTHER; --";
        try (Database here = new Database()) {
            here.run("CREATE TABLE OTHER (A INT)");
            ColumnDefinition column = new ColumnDefinition("A\" INT)--", "INTEGER", true, "", Source.WRITTEN);

            here.create(table(name, List.of(column), List.of()));

            assertThat(here.read(name).columns()).containsExactly(column);
            assertThat(here.value("SELECT COUNT(*) FROM OTHER")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NULL",
                "-1",
                "1.5E10",
                "'; DROP TABLE OTHER'",
                "'it''s'",
                "U&'\\0436'",
                "DATE '2020-01-01'",
                "X'CAFE'",
                "CURRENT_TIMESTAMP",
                "CURRENT_TIMESTAMP(3)",
                "RANDOM_UUID()",
                "CURRENT_USER",
                "UPPER('select')",
                "INTERVAL '1' DAY",
                "ARRAY [1, 2]",
                "CAST('1' AS NUMERIC(10, 2))",
                "JSON '{\"a\": 1}'",
                "(1, 2)",
                "CASE WHEN TRUE THEN 1 ELSE 2 END",
                "EXTRACT(YEAR FROM CURRENT_DATE)",
                "SUBSTRING('abc' FROM 2 FOR 1)",
                "TRIM(BOTH ' ' FROM ' a ')",
                "DATEADD(DAY, 1, CURRENT_DATE)",
                "'a' || 'b'",
                "1 IS DISTINCT FROM 2"
            })
    void ordinaryExpressionsPass(String text) throws SQLException {
        try (Database here = new Database()) {
            PeerSql peerSql = new PeerSql(here.session());

            String printed = peerSql.expression("The default", text);

            assertThat(peerSql.expression("The default", printed)).isEqualTo(printed);
        }
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(SQLException.class)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo(SqlState.SCHEMA_DIFFERS.code());
    }

    private static TableDefinition withDefault(String text) {
        return table("T", List.of(new ColumnDefinition("A", "INTEGER", true, text, Source.WRITTEN)), List.of());
    }

    private static TableDefinition withCheck(String text) {
        return table(
                "T",
                List.of(new ColumnDefinition("A", "INTEGER", true, "", Source.WRITTEN)),
                List.of(new Check("", text)));
    }

    private static TableDefinition table(String name, List<ColumnDefinition> columns, List<Check> checks) {
        return new TableDefinition(1, "PUBLIC", name, columns, List.of(), List.of(), List.of(), checks, List.of());
    }
}

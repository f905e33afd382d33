package io.blazedb.internal.statement;

import static io.blazedb.internal.statement.StatementKind.ALTERATION;
import static io.blazedb.internal.statement.StatementKind.BLAZE;
import static io.blazedb.internal.statement.StatementKind.DEFINITION;
import static io.blazedb.internal.statement.StatementKind.READ;
import static io.blazedb.internal.statement.StatementKind.SPECIAL;
import static io.blazedb.internal.statement.StatementKind.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementClassifierTest {
    private final StatementClassifier classifier = new StatementClassifier();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                ";;",
                "-- nothing",
                "SELECT 1",
                "select * from t where a = 'FOR UPDATE; DELETE'",
                "(SELECT 1) UNION (SELECT 2)",
                "/* INSERT /* nested */ UPDATE */ SELECT 1",
                "// DELETE\nSELECT 1",
                "SELECT \"UPDATE\", `insert` FROM t",
                "SELECT $$ it's; DELETE $$",
                "SELECT updated, next, inserts FROM t",
                "VALUES (1)",
                "TABLE t",
                "SHOW TABLES",
                "EXPLAIN SELECT 1",
                "WITH a AS (SELECT 1) SELECT * FROM a",
                "SCRIPT",
                "SELECT next.value FROM next",
            })
    void readsOnly(String sql) {
        assertThat(classifier.classify(sql).kind()).isEqualTo(READ);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (1)",
                " /* a */ -- b\n uPdAtE t SET a = 1",
                "DELETE FROM t",
                "MERGE INTO t VALUES (1)",
                "SELECT * FROM t FOR UPDATE",
                "SELECT * FROM t LIMIT 1FOR UPDATE",
                "SELECT NEXT VALUE FOR s",
                "SELECT NEXT /* */ VALUE FOR s",
                "SELECT nextval('s')",
                "SELECT s.NEXTVAL FROM DUAL",
                "SELECT * FROM FINAL TABLE (INSERT INTO t VALUES (1))",
                "SELECT LINK_SCHEMA('a', '', '', '', '', '')",
                "WITH a AS (SELECT 1) SELECT * FROM a FOR UPDATE",
                "EXPLAIN ANALYZE DELETE FROM t",
                "CALL f()",
                "{call f(?)}",
                "{? = call f(?)}",
                "?= CALL f()",
                "EXECUTE IMMEDIATE 'x'",
                "EXECUTE p",
                "COMMIT",
                "COMMIT WORK",
                "ROLLBACK TO SAVEPOINT a",
                "SAVEPOINT a",
                "BEGIN",
                "SET AUTOCOMMIT TRUE",
                "SET SCHEMA a",
                "SET @a = 1",
                "PREPARE p AS INSERT INTO t VALUES (?)",
                "PREPARE p(INT) AS SELECT 1",
                "SELECT 1; UPDATE t SET a = 1; SELECT 2",
                "SOMETHING else",
            })
    void mayWrite(String sql) {
        assertThat(classifier.classify(sql).kind()).isEqualTo(WRITE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t(a INT)",
                "create or replace view v as select 1",
                "ALTER SEQUENCE s RESTART",
                "DROP TABLE t",
                "COMMENT ON TABLE t IS 'x'",
                "GRANT SELECT ON t TO u",
                "REVOKE SELECT ON t FROM u",
                "ANALYZE",
                "CREATE POLICYHOLDER",
                "SELECT 1; CREATE TABLE t(a INT)",
                "INSERT INTO t VALUES (1); CREATE TABLE u(a INT)",
            })
    void definesTheSchema(String sql) {
        assertThat(classifier.classify(sql).kind()).isEqualTo(DEFINITION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t ADD b INT",
                "alter /* here */ table IF EXISTS t ENABLE CONSTRAINT c",
                "CREATE TABLE t(a INT); ALTER TABLE t ADD b INT; SELECT 1",
            })
    void mayReplaceATable(String sql) {
        assertThat(classifier.classify(sql).kind()).isEqualTo(ALTERATION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TOPOLOGY t",
                "CREATE TOPOLOGY IF NOT EXISTS t PATTERN MESH",
                "CREATE OR REPLACE SYNC POLICY p FOR ALL TABLES",
                "CREATE SHARE s IN GROUP 'g' POLICY p",
                "CREATE TEAM t",
                "CREATE INVITATION",
                "CREATE POLICY p ON t",
                "CREATE MERGE RULE ON t USING MAX",
                "ALTER TOPOLOGY t ADD NODE n CURRENT DATABASE",
                "ALTER TEAM t ADD MEMBER u",
                "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE a.b DISABLE ROW LEVEL SECURITY",
                "ALTER TABLE \"a\".\"b c\" ENABLE ROW LEVEL SECURITY",
                "DROP SYNC POLICY IF EXISTS p",
                "DROP MERGE RULE ON t",
                "DROP TEAM t",
                " /* a */ connect TO 'jdbc:blaze:./users'",
                "DISCONNECT FROM n",
                "SYNC",
                "PAUSE SYNC",
                "RESUME SYNC WITH n",
                "SHOW SYNC STATUS",
                "SHOW TOPOLOGY",
                "CHECK SYNC",
                "REPAIR SYNC WITH n",
                "RESOLVE CONFLICT 1 USING LOCAL",
                "REVOKE NODE n",
                "ROTATE SYNC KEY",
                "EXPLAIN SYNC ROW t (1)",
                "SELECT 1; SYNC",
                "TRUNCATE TABLE t; SYNC",
            })
    void isBlazesOwn(String sql) {
        assertThat(classifier.classify(sql).kind()).isEqualTo(BLAZE);
    }

    @Test
    void specialStatementsSayWhichTheyAre() {
        assertThat(special("TRUNCATE TABLE t")).contains(SpecialKind.TRUNCATE);
        assertThat(special("shutdown compact")).contains(SpecialKind.SHUTDOWN);
        assertThat(special("CHECKPOINT SYNC")).contains(SpecialKind.CHECKPOINT);
        assertThat(special("BACKUP TO 'a'")).contains(SpecialKind.BACKUP);
        assertThat(special("RUNSCRIPT FROM 'a'")).contains(SpecialKind.RUNSCRIPT);
        assertThat(special("DROP ALL OBJECTS")).contains(SpecialKind.DROP_ALL_OBJECTS);
        assertThat(special("SET WRITE_DELAY 0")).contains(SpecialKind.SET);
        assertThat(special("SET \"WRITE_DELAY\" 0")).contains(SpecialKind.SET);
        assertThat(special("SET U&\"WRITE\\005fDELAY\" 0")).contains(SpecialKind.SET);
        assertThat(special("set referential_integrity false")).contains(SpecialKind.SET);
        assertThat(special("PREPARE COMMIT a")).contains(SpecialKind.TWO_PHASE_COMMIT);
        assertThat(special("COMMIT TRANSACTION a")).contains(SpecialKind.TWO_PHASE_COMMIT);
        assertThat(special("ROLLBACK TRANSACTION a")).contains(SpecialKind.TWO_PHASE_COMMIT);
        assertThat(special("PREPARE p AS TRUNCATE TABLE t")).contains(SpecialKind.PREPARED_DEFINITION);
        assertThat(special("PREPARE p AS CREATE TABLE t(a INT)")).contains(SpecialKind.PREPARED_DEFINITION);
    }

    private Optional<SpecialKind> special(String sql) {
        SqlText text = classifier.classify(sql);
        assertThat(text.kind()).isEqualTo(SPECIAL);
        return text.parts().get(0).special();
    }

    @Test
    void aTextIsSplitAtItsSemicolonsOnly() {
        SqlText text = classifier.classify(
                "INSERT INTO t VALUES (';'); -- a;b\n SELECT \";\", `;` ; /* ; */ ; SYNC WITH \"x;y\" ; ");

        assertThat(text.parts().stream().map(SqlPart::sql))
                .containsExactly("INSERT INTO t VALUES (';')", "-- a;b\n SELECT \";\", `;`", "SYNC WITH \"x;y\"");
        assertThat(text.parts().stream().map(SqlPart::kind)).containsExactly(WRITE, READ, BLAZE);
    }

    @Test
    void aSingleStatementKeepsItsTextUntouched() {
        String sql = "  SELECT 1 -- end";

        assertThat(classifier.classify(sql).parts().get(0).sql()).isSameAs(sql);
    }

    @Test
    void parametersAreCountedOutsideOfLiterals() {
        assertThat(classifier.classify("SYNC WITH ? TIMEOUT ?").parameterCount())
                .isEqualTo(2);
        assertThat(classifier.classify("CONNECT TO '?' -- ?").parameterCount()).isZero();
        assertThat(classifier.classify("SELECT a??(1??) FROM t WHERE b = ?").parameterCount())
                .isEqualTo(1);
    }

    @Test
    void unfinishedTextsEndWithoutAnError() {
        for (String sql : List.of("SELECT 'a", "SELECT \"a", "SELECT $$a", "/* a", "/* /* */", "--", "SELECT ?", "$")) {
            assertThat(classifier.classify(sql).parts()).as(sql).hasSize(1);
        }
    }

    @Test
    void theOwnLanguageIsTheCallersToTell() {
        StatementClassifier none = new StatementClassifier(sql -> false);

        assertThat(none.classify("SYNC").kind()).isEqualTo(WRITE);
    }

    @Test
    void textsWithTheSameHashAreNotMixedUp() {
        assertThat("SELECT 'Aa'".hashCode()).isEqualTo("SELECT 'BB'".hashCode());

        assertThat(classifier.classify("SELECT 'Aa'").sql()).isEqualTo("SELECT 'Aa'");
        assertThat(classifier.classify("SELECT 'BB'").sql()).isEqualTo("SELECT 'BB'");
    }

    @Test
    void statementsThatMayHoldPasswordsAreNotRemembered() {
        String sql = "CREATE USER u PASSWORD 'secret'";

        assertThat(classifier.classify(sql)).isNotSameAs(classifier.classify(sql));
        assertThat(classifier.classify("SELECT 1")).isSameAs(classifier.classify("SELECT 1"));
    }
}

package io.blazedb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement is ours by its first words, and by nothing else. */
class RecognitionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TOPOLOGY",
                "create or replace sync policy p",
                "CREATE SYNC POLICY",
                "CREATE SHARE",
                "CREATE TEAM",
                "CREATE INVITATION",
                "CREATE POLICY",
                "CREATE MERGE RULE",
                "CREATE OR REPLACE MERGE RULE",
                "ALTER TOPOLOGY",
                "ALTER TEAM",
                "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE \"s\"\"x\".\"t t\" DISABLE ROW LEVEL SECURITY",
                "alter table s.t disable row level security",
                "DROP TOPOLOGY",
                "DROP SYNC POLICY",
                "DROP SHARE",
                "DROP TEAM",
                "DROP POLICY",
                "DROP MERGE RULE",
                "CONNECT",
                "DISCONNECT",
                "SYNC",
                "PAUSE SYNC",
                "RESUME SYNC",
                "SHOW SYNC",
                "SHOW TOPOLOGY",
                "CHECK SYNC",
                "REPAIR SYNC",
                "RESOLVE CONFLICT",
                "REVOKE NODE n",
                "ROTATE SYNC KEY",
                "EXPLAIN SYNC",
                " \n/* a /* nested */ comment */ -- and another\n//third\r\n\u3000CoNnEcT'x'",
                "CONNECT TO 'unterminated"
            })
    void oursAreRecognised(String sql) {
        assertThat(BlazeSql.recognises(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "SELECT 1",
                "SHOW TABLES",
                "SHOW SCHEMAS",
                "EXPLAIN SELECT 1",
                "EXPLAIN PLAN FOR SELECT SYNC FROM SYNC",
                "CREATE TABLE TOPOLOGY(ID INT)",
                "CREATE OR REPLACE VIEW SHARE AS SELECT 1",
                "CREATE SYNC TABLE",
                "CREATE MERGE TABLE",
                "MERGE INTO SYNC KEY(ID) VALUES (1)",
                "DROP TABLE SYNC",
                "DROP INVITATION",
                "ALTER TABLE t ADD COLUMN sync INT",
                "ALTER TABLE t ENABLE TRIGGER x",
                "ALTER TABLE IF EXISTS t ADD c INT",
                "ALTER TABLE \"t",
                "REVOKE NODE FROM SA",
                "REVOKE NODE, OTHER FROM SA",
                "REVOKE SELECT ON t FROM SA",
                "CHECKPOINT SYNC",
                "\"CONNECT\" TO x",
                "'CONNECT'",
                "-- CONNECT",
                "/* CONNECT",
                "CONNECTED",
                "SYNC_ALL",
                "{call SYNC()}",
                "@LOOP 2 SYNC",
                "# SYNC",
                "\u0000",
                "\ud800"
            })
    void othersAreLeftAlone(String sql) {
        assertThat(BlazeSql.recognises(sql)).isFalse();
    }

    @Test
    void noTextIsTooOddToAsk() {
        String alphabet = "CONECTDISCREATE SYNC POLICY'\"`$U&/*-\n.(;?é\ud83d\ude00\ud800#@[";
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder sql = new StringBuilder(random.nextBoolean() ? "ALTER TABLE " : "");
            for (int length = random.nextInt(30); length > 0; length--) {
                sql.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }

            assertThat(BlazeSql.recognises(sql.toString())).isIn(true, false);
        }
    }

    /** Opening a database and ordinary SQL must not pay for the parser. */
    @Test
    void recognisingLoadsNoClassOfTheParser() throws IOException, InterruptedException {
        String classes = classesLoadedBy("recognise");

        assertThat(classes).contains("io.blazedb.sql.BlazeSql").doesNotContain("org.apache.calcite", "internal.parser");
        assertThat(classesLoadedBy("parse")).contains("org.apache.calcite", "internal.parser");
    }

    private static String classesLoadedBy(String what) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-verbose:class",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RecognitionTest.class.getName(),
                        what)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** What the child does. */
    public static void main(String[] arguments) {
        for (String sql : new String[] {"CONNECT TO x", "SELECT 1", "CREATE SYNC POLICY p", "ALTER TABLE x ENABLE"}) {
            BlazeSql.recognises(sql);
        }
        if (arguments[0].equals("parse")) {
            BlazeSql.parse("CONNECT TO x", IdentifierRules.DEFAULT);
        }
    }
}

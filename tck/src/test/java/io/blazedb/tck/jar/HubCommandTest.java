package io.blazedb.tck.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.jar.OneJar.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a hub as its operator runs them, each a process. */
class HubCommandTest {
    private static final int TERMINATED = 143;

    @TempDir
    Path folder;

    private Run hub(String input, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("hub"));
        command.addAll(List.of(words));
        command.addAll(List.of("--data", "data"));
        return OneJar.command(folder, input, command.toArray(String[]::new));
    }

    private String done(String... words) throws Exception {
        Run run = hub("", words);
        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return run.output().strip();
    }

    private void fails(int exitCode, Run run, String... words) {
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).contains(words).doesNotContain("\tat ");
    }

    @Test
    void aHubIsMadeRunKilledAndRunAgain() throws Exception {
        String pin = done("init", "--host", "hub.example");
        assertThat(pin).matches("pin sha256/[A-Za-z0-9+/]{43}=");
        assertThat(done("database", "create", "bugs", "--mode", "smart")).isEqualTo("database bugs smart");

        try (RunningHub running = new RunningHub(folder, "--local", "--data", "data")) {
            assertThat(running.address())
                    .isEqualTo("unix:" + folder.toRealPath().resolve("data/hub.sock"));
            assertThat(done("status").lines()).contains("state running, this machine alone", pin);
            String script = "CREATE TABLE bug(id INT PRIMARY KEY, title VARCHAR);\n"
                    + "INSERT INTO bug VALUES (1, 'a;b'); SELECT * FROM bug";
            Run sql = hub(script, "sql", "--database", "bugs");
            assertThat(sql.errors()).isEmpty();
            assertThat(sql.output().lines()).containsExactly("ID  TITLE", "--  -----", "1   a;b");
            fails(1, hub("", "sql", "--database", "bugs", "SELECT * FROM nowhere"), "Error 42S02", "NOWHERE");
            running.kill();
        }

        String[] count = {"sql", "--database", "bugs", "SELECT COUNT(*) N FROM bug"};
        assertThat(done(count).lines()).containsExactly("N", "-", "1");
        try (RunningHub running = new RunningHub(folder, "--local", "--data", "data")) {
            assertThat(done(count).lines()).containsExactly("N", "-", "1");
            assertThat(running.end()).isEqualTo(TERMINATED);
            assertThat(running.errors()).isEmpty();
        }
        assertThat(folder.resolve("data/hub.sock")).doesNotExist();
    }

    @Test
    void aTokenIsShownOnceListedAndRevoked() throws Exception {
        done("init");
        done("database", "create", "notes", "--mode", "blind");
        assertThat(done("database", "list").lines())
                .containsExactly("NAME   MODE   BYTES", "-----  -----  -----", "notes  blind  0");

        String token = done(
                "token",
                "issue",
                "--database",
                "notes",
                "--user",
                "alice",
                "--role",
                "server",
                "--admin",
                "--grant",
                "none",
                "--expires",
                "12h");
        assertThat(token).matches("token blzt1\\.blind\\.[0-9a-f]{16}\\.[A-Za-z0-9_-]{43}");
        String[] parts = token.split("\\.", -1);
        assertThat(done("token", "revoke", parts[2])).isEqualTo("revoked " + parts[2]);
        assertThat(done("token", "list"))
                .contains(parts[2], "notes", "alice", "server", "admin", "none", "revoked")
                .doesNotContain(parts[3]);
        assertThat(Files.readString(folder.resolve("data/tokens")))
                .contains(parts[2])
                .doesNotContain(parts[3]);
    }

    @Test
    void wrongCallsSayWhatIsExpected() throws Exception {
        fails(1, hub("", "status"), "Error ZB303", "No hub is in", "hub init");
        done("init");
        fails(1, hub("", "start"), "Error 0A000", "--local");
        fails(2, hub("", "database", "create", "x", "--mode", "clever"), "clever", "BLIND, SMART");
        fails(2, hub("", "token", "issue", "--database", "x", "--user", "u", "--expires", "7y"), "'7y'", "as in 7d");
    }
}

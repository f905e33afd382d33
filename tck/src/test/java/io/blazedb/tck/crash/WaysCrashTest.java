package io.blazedb.tck.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import io.blazedb.tck.contract.WayToWrite;
import io.blazedb.tck.contract.WaysToWrite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever way a program wrote in, what it was told is committed is there after {@code kill -9}. */
class WaysCrashTest {
    @TempDir
    Path folder;

    static List<Target> durable() {
        return Target.enabledDurable();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("durable")
    void everyWayToWriteSurvivesAKill(Target target) throws IOException {
        assertThat(faultsAfterKill(target)).isEmpty();
    }

    @Test
    void plainH2IsCaught() throws IOException {
        assertThat(faultsAfterKill(Target.H2_FILE)).isNotEmpty();
    }

    private List<String> faultsAfterKill(Target target) throws IOException {
        try (ChildProcess child =
                ChildProcess.start(WaysChild.class, folder.resolve("errors"), target.name(), folder.toString())) {
            child.awaitReady();
            child.kill();
        }
        List<String> faults = new ArrayList<>();
        List<WayToWrite> ways = WaysToWrite.all();
        for (int i = 0; i < ways.size(); i++) {
            check(ways.get(i), target, folder.resolve("way" + i), faults);
        }
        return faults;
    }

    private static void check(WayToWrite way, Target target, Path own, List<String> faults) throws IOException {
        List<String> expected = Files.readAllLines(own.resolve("rows"));
        try (Connection connection = Target.connect(target.url(own.resolve("db")) + way.settings())) {
            List<String> found = Sql.rows(connection, way.query());
            if (!found.equals(expected)) {
                faults.add(way + ": found " + found + " (expected: " + expected + ")");
            }
        } catch (SQLException e) {
            faults.add(way + ": " + e.getSQLState() + " " + e.getMessage());
        }
    }
}

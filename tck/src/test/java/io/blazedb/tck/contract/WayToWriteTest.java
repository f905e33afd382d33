package io.blazedb.tck.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import io.blazedb.tck.contract.WayToWrite.Trait;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one connection wrote, in whatever way, another one sees at once, and again after the database was closed. */
class WayToWriteTest {
    @TempDir
    Path folder;

    static Stream<Arguments> everyWay() {
        return Target.enabled().stream()
                .flatMap(target -> WaysToWrite.all().stream()
                        .filter(way -> target.isFile() || !way.is(Trait.CLOSES))
                        .map(way -> Arguments.of(target, way)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyWay")
    void writeIsVisibleToAnotherConnection(Target target, WayToWrite way) throws Exception {
        String url = target.url(folder.resolve("db")) + way.settings();
        List<String> expected;

        try (Connection writer = Target.connect(url)) {
            way.prepare(writer);
            expected = way.run(writer, target);
            try (Connection reader = Target.connect(url)) {
                assertThat(Sql.rows(reader, way.query())).isEqualTo(expected);
            }
        }

        if (way.isRepeatable()) {
            try (Connection reader = Target.connect(url)) {
                assertThat(Sql.rows(reader, way.query())).as("after reopening").isEqualTo(expected);
            }
        }
        if (!target.isFile()) {
            try (Connection last = Target.connect(url)) {
                Sql.execute(last, "SHUTDOWN");
            }
        }
    }
}

package io.blazedb.tck.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Target;
import io.blazedb.tck.Volume;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What passes of a published suite on plain H2 passes on every other kind of database. */
class PublishedSuiteTest {
    private static final Map<Suite, Set<String>> ON_H2 = new EnumMap<>(Suite.class);

    @TempDir
    Path folder;

    static Stream<Arguments> runs() {
        return Stream.of(Suite.values())
                .flatMap(suite -> targets().stream().map(target -> Arguments.of(suite, target)));
    }

    /** In {@code verify} one kind: the most telling one that is switched on. */
    private static List<Target> targets() {
        List<Target> files = Target.enabledDurable().isEmpty() ? Target.enabledFiles() : Target.enabledDurable();
        return Volume.isFull() ? files : files.subList(0, 1);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("runs")
    void whatPassesOnH2PassesHere(Suite suite, Target target) throws Exception {
        Set<String> onH2 = onH2(suite);

        Set<String> missing = new TreeSet<>(onH2);
        missing.removeAll(suite.boundToTheirUrl());
        missing.removeAll(new SuiteRun(suite, target, folder.resolve("first")).passed());
        if (!missing.isEmpty()) { // some tests of the suites depend on the time of day: they must fail twice
            missing.removeAll(new SuiteRun(suite, target, folder.resolve("second")).passed());
        }

        assertThat(missing)
                .as("tests of %s that pass on H2 (%d) but not on %s", suite, onH2.size(), target)
                .isEmpty();
    }

    private Set<String> onH2(Suite suite) throws Exception {
        Set<String> known = ON_H2.get(suite);
        if (known != null) {
            return known;
        }
        Set<String> passed = new SuiteRun(suite, Target.H2_MEMORY, folder.resolve("h2")).passed();
        assertThat(passed).as("%s on plain H2", suite).hasSizeGreaterThan(suite.passedMin());
        ON_H2.put(suite, passed);
        return passed;
    }
}

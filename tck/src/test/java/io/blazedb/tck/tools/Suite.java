package io.blazedb.tck.tools;

import io.blazedb.tck.Target;
import io.blazedb.tck.Volume;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A test suite that others have published, run as it is. */
enum Suite {
    /** Jdbi core: more than a thousand tests, half of them on a database. Those on PostgreSQL never pass here. */
    JDBI("jdbi", "jdbi3-core-.*-tests\\.jar", ".*Test.*", 950),
    /** OpenJPA: the packages about plain entities, relations and keys; with {@code -Pfull} all of it. */
    OPENJPA(
            "openjpa",
            "openjpa-persistence-jdbc-.*-tests\\.jar",
            Volume.isFull() ? ".*Test.*" : "org\\.apache\\.openjpa\\.persistence\\.(simple|relations|identity)\\..*",
            160);

    private final String folder;
    private final String testsJar;
    private final String classNames;
    private final int passedMin;

    Suite(String folder, String testsJar, String classNames, int passedMin) {
        this.folder = folder;
        this.testsJar = testsJar;
        this.classNames = classNames;
        this.passedMin = passedMin;
    }

    /** Where the build has put the suite and all that it needs. */
    Path folder() {
        return Path.of("target", "suites", folder);
    }

    boolean isTests(Path jar) {
        return jar.getFileName().toString().matches(testsJar);
    }

    String classNames() {
        return classNames;
    }

    /** At least so many tests pass on plain H2: fewer means that the suite did not run. */
    int passedMin() {
        return passedMin;
    }

    /** Tests that compare the connection's URL with the one built in: they cannot pass on any other. */
    Set<String> boundToTheirUrl() {
        return this == JDBI ? Set.of("org.jdbi.v3.core.statement.TestSqlMetaData.testSimple()") : Set.of();
    }

    /** What the suite must be told to use that database. */
    List<String> options(Target target, Path databases) {
        if (this == JDBI) {
            return List.of(); // its URLs are built in and redirected
        }
        return List.of(
                "-Dopenjpa.ConnectionDriverName=" + (target.isBlaze() ? "io.blazedb.BlazeDriver" : "org.h2.Driver"),
                "-Dopenjpa.ConnectionURL=" + target.url(databases.resolve("openjpa")),
                "-Dopenjpa.ConnectionUserName=" + Target.USER,
                "-Dopenjpa.ConnectionPassword=" + Target.PASSWORD,
                "-Dopenjpa.jdbc.DBDictionary=h2");
    }
}

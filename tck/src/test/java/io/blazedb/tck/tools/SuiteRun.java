package io.blazedb.tck.tools;

import io.blazedb.tck.Target;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Runs a published suite in a process of its own and reads which of its tests passed. Used by one thread. */
final class SuiteRun {
    private static final long MINUTES_MAX = 60;
    /** What our own tests need and a suite must not find: it brings its own. */
    private static final String OWN_LIBRARIES = ".*/(org/junit|org/hibernate|org/assertj|com/tngtech|org/jooq"
            + "|com/google|io/trino|net/bytebuddy|jakarta|org/glassfish|org/slf4j|com/zaxxer|org/apiguardian)/.*";

    private final Suite suite;
    private final Target target;
    private final Path folder;

    /** A run whose databases and reports go to that folder. */
    SuiteRun(Suite suite, Target target, Path folder) {
        this.suite = suite;
        this.target = target;
        this.folder = folder;
    }

    /** Runs it to its end and gives the names of the tests that passed. */
    Set<String> passed() throws IOException, InterruptedException {
        Path reports = Files.createDirectories(folder.resolve("reports"));
        Path databases = Files.createDirectories(folder.resolve("databases"));
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-XX:+EnableDynamicAgentLoading");
        command.addAll(suite.options(target, databases));
        command.addAll(List.of("-cp", classPath(), SuiteMain.class.getName(), target.name(), databases.toString()));
        command.addAll(List.of("execute", "--scan-classpath=" + tests(), "--include-classname=" + suite.classNames()));
        command.addAll(List.of("--details=none", "--reports-dir=" + reports));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(suite + " on " + target + " is not done after " + MINUTES_MAX + " minutes");
        }
        Set<String> passed = read(reports);
        if (passed.isEmpty()) {
            throw new AssertionError(suite + " on " + target + " passed nothing:\n" + Files.readString(output));
        }
        return passed;
    }

    private String tests() throws IOException {
        return jars().filter(suite::isTests).map(Path::toString).collect(Collectors.joining());
    }

    /** The suite first, then the driver and what it needs. */
    private String classPath() throws IOException {
        Stream<String> ours = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(OWN_LIBRARIES));
        return Stream.concat(jars().map(Path::toString), ours).collect(Collectors.joining(File.pathSeparator));
    }

    private Stream<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(suite.folder())) {
            return files.sorted().toList().stream();
        }
    }

    private static Set<String> read(Path reports) throws IOException {
        Set<String> passed = new TreeSet<>();
        try (Stream<Path> files = Files.list(reports)) {
            for (Path file : files.toList()) {
                read(file, passed);
            }
        }
        return passed;
    }

    private static void read(Path report, Set<String> passed) throws IOException {
        try {
            NodeList cases = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                boolean other = Stream.of("failure", "error", "skipped")
                        .anyMatch(end -> test.getElementsByTagName(end).getLength() > 0);
                if (!other) {
                    passed.add(test.getAttribute("classname") + "." + test.getAttribute("name"));
                }
            }
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException("cannot read " + report, e);
        }
    }
}

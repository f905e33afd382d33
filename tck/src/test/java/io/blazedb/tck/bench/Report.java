package io.blazedb.tck.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The table that the programs fill. Each line is printed at once. For one thread. */
final class Report {
    private static final String HEAD = """
            | what | peer | BlazeDB | figure | goal | reached |
            |---|---|---|---|---|---|
            """;

    private final List<String> lines = new ArrayList<>();

    /**
     * Adds a line.
     *
     * @param peer what the other one did, in words
     * @param ours what BlazeDB did, in words
     * @param figure what is compared with the goal
     */
    void add(String what, String peer, String ours, double figure, Goal goal) {
        String line = "| %s | %s | %s | %s %s | %s | %s |"
                .formatted(
                        what,
                        peer,
                        ours,
                        Goal.number(figure),
                        goal.unit(),
                        goal,
                        goal.isReachedBy(figure) ? "yes" : "**no**");
        System.out.println(line);
        lines.add(line);
    }

    /** Writes the table, with when and on what it was measured. */
    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, machine() + "\n\n" + HEAD + String.join("\n", lines) + "\n");
    }

    private static String machine() {
        return "Measured %s: %d processors with a load of %.1f, %d MiB heap, Java %s, %s %s."
                .formatted(
                        Instant.now().truncatedTo(ChronoUnit.MINUTES),
                        Runtime.getRuntime().availableProcessors(),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                        Runtime.getRuntime().maxMemory() >> 20,
                        System.getProperty("java.version"),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }
}

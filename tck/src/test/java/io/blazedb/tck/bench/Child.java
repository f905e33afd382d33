package io.blazedb.tck.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own that runs one program and says one number. Stateless. */
final class Child {
    private Child() {}

    /** Runs the main class to its end, which it may bring about by killing itself, and answers the number it said. */
    static long run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Dblazedb.checkpointLookMillis=3600000", // the log is replayed whole
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        if (said.isEmpty()) {
            throw new IllegalStateException(main.getSimpleName() + " said nothing and ended with " + process.exitValue()
                    + " (expected: a number)");
        }
        return Long.parseLong(said);
    }
}

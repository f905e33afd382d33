package io.blazedb.tck.jar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code blazedb.jar} in a process of its own. */
final class OneJar {
    private static final long MINUTES_MAX = 2;

    private OneJar() {}

    /** How a process ended, and what it printed. */
    record Run(int exitCode, String output, String errors) {}

    static Path path() {
        Path jar = Path.of("..", "driver", "target", "blazedb.jar")
                .toAbsolutePath()
                .normalize();
        if (!Files.exists(jar)) {
            throw new AssertionError(jar + " is not there: the phase package makes it (mvn verify)");
        }
        return jar;
    }

    /** {@code java -jar blazedb.jar ...}, with this as its standard input. */
    static Run command(Path folder, String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("-jar", path().toString()));
        command.addAll(List.of(arguments));
        return java(folder, input, command);
    }

    /** {@code java -jar blazedb.jar ...} that goes on; what it prints is for the caller to read. */
    static Process start(Path folder, Path errors, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(ProcessHandle.current().info().command().orElse("java"), "-jar", path().toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .start();
    }

    /** A Java process with these arguments, in this folder. */
    static Run java(Path folder, String input, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-Dfile.encoding=UTF-8");
        command.addAll(arguments);
        Path given = Files.writeString(folder.resolve("stdin"), input);
        Path output = folder.resolve("stdout");
        Path errors = folder.resolve("stderr");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(given.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(command + " is not done after " + MINUTES_MAX + " minutes");
        }
        return new Run(
                process.exitValue(),
                Files.readString(output, StandardCharsets.UTF_8),
                Files.readString(errors, StandardCharsets.UTF_8));
    }
}

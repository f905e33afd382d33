package io.blazedb.tck.jar;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A hub in a process of its own, which serves from its construction on. */
final class RunningHub implements AutoCloseable {
    private static final long MINUTES_MAX = 2;

    private final Process process;
    private final Path errors;
    private final String ready;

    RunningHub(Path folder, String... options) throws IOException {
        errors = folder.resolve("hub.stderr");
        process = OneJar.start(folder, errors, command(options));
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        ready = String.valueOf(output.readLine());
        if (!ready.startsWith("ready ")) {
            throw new AssertionError("The hub said '" + ready + "' and " + Files.readString(errors));
        }
    }

    private static List<String> command(String... options) {
        List<String> command = new ArrayList<>(List.of("hub", "start"));
        command.addAll(List.of(options));
        return command;
    }

    /** Where it serves. */
    String address() {
        return ready.substring("ready ".length());
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        await();
    }

    /** As {@code systemctl stop} does; returns the exit code. */
    int end() throws InterruptedException {
        process.destroy();
        return await();
    }

    private int await() throws InterruptedException {
        if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
            throw new AssertionError("The hub has not ended after " + MINUTES_MAX + " minutes");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}

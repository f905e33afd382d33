package io.blazedb.tck.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A JVM that is made to crash, seen from outside: stopped, let go on, killed. Used by one thread.
 *
 * <p>Needs Linux: it reads {@code /proc} to know that every thread of a stopped process stands still.
 */
public final class ChildProcess implements AutoCloseable {
    private static final long PROGRESS_WAIT_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_NANOS = 200_000;

    private final Process process;
    private final Path errors;

    private ChildProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** Starts the main class in a JVM of its own; what it says on standard error goes to that file. */
    public static ChildProcess start(Class<?> main, Path errors, String... arguments) throws IOException {
        return start(main, List.of(), errors, arguments);
    }

    /** As {@link #start(Class, Path, String...)}, with options for the JVM. */
    public static ChildProcess start(Class<?> main, List<String> options, Path errors, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-Xmx768m",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        return new ChildProcess(process, errors);
    }

    /** Waits until the child has said that it is ready. */
    public void awaitReady() throws IOException {
        awaitLine("ready");
    }

    /** The next line that the child says. */
    String line() throws IOException {
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (line == null) {
            throw failed("ended with " + process.onExit().join().exitValue() + " (expected: a line)");
        }
        return line;
    }

    /** Lets a child go on that waits for a line. */
    void goOn() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append('\n').flush();
    }

    /** No file of the child can grow beyond this any more, as on a full disk: {@code unlimited}, or bytes. */
    void limitFiles(String bytes) throws IOException {
        List<String> command = List.of("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":");
        try {
            Process prlimit = new ProcessBuilder(command).inheritIO().start();
            if (prlimit.onExit().join().exitValue() != 0) {
                throw failed("could not be limited with " + String.join(" ", command));
            }
        } catch (IOException e) {
            throw new IOException("prlimit is needed to fill up a disk (expected: the package util-linux)", e);
        }
    }

    private void awaitLine(String expected) throws IOException {
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (!expected.equals(line)) {
            throw failed("said " + line + " (expected: " + expected + ")");
        }
    }

    /** Waits until the child has said that it is done, and has ended without an error. */
    public void awaitEnd() throws IOException {
        awaitLine("done");
        int exit = process.onExit().join().exitValue();
        if (exit != 0) {
            throw failed("ended with " + exit + " (expected: 0)");
        }
    }

    /** Stops every thread of the child where it is. */
    void stop() throws IOException {
        signal("-STOP");
        await(this::isStopped, "all threads to stop");
    }

    void resume() throws IOException {
        signal("-CONT");
    }

    /** {@code kill -9}. */
    public void kill() throws IOException {
        if (!process.isAlive()) {
            throw failed("ended by itself with " + process.exitValue());
        }
        close();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private void signal(String signal) throws IOException {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
        if (kill.onExit().join().exitValue() != 0) {
            throw failed("could not be sent " + signal);
        }
    }

    private boolean isStopped() {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            List<Path> all = threads.toList();
            return !all.isEmpty() && all.stream().allMatch(ChildProcess::isThreadStopped);
        } catch (IOException e) {
            return false; // the process is gone, which the caller notices
        }
    }

    private static boolean isThreadStopped(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (IOException e) {
            return true; // the thread has ended since it was listed
        }
    }

    /** Waits for something that the child will bring about. */
    void await(BooleanSupplier condition, String what) throws IOException {
        long deadline = System.nanoTime() + PROGRESS_WAIT_NANOS_MAX;
        while (!condition.getAsBoolean()) {
            if (!process.isAlive()) {
                throw failed("ended by itself with " + process.exitValue());
            }
            if (System.nanoTime() > deadline) {
                throw failed("did not get on: waited 60 s for " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private AssertionError failed(String what) throws IOException {
        return new AssertionError("child " + what + "; its errors:\n" + Files.readString(errors));
    }
}

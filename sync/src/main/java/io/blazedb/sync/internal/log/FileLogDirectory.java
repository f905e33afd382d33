package io.blazedb.sync.internal.log;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A directory of the disk. It is made with its first file, so a database that is only read has none. */
public final class FileLogDirectory implements LogDirectory {
    private static final int ZEROS_BYTES = 1 << 18;
    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private final Path directory;
    private volatile boolean made;

    public FileLogDirectory(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    @Override
    public List<String> list() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    @Override
    public LogFile create(String name, int bytes) throws IOException {
        makeDirectory();
        Path file = directory.resolve(name);
        try (FileChannel channel = FileChannel.open(file, CREATE_NEW, READ, WRITE)) {
            appendZeros(channel, bytes);
            return map(channel);
        } catch (IOException e) {
            deleteAfter(e, file);
            throw e;
        }
    }

    @Override
    public LogFile open(String name) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(name), READ, WRITE)) {
            return map(channel);
        }
    }

    @Override
    public void extend(String name, int bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(name), READ, WRITE)) {
            appendZeros(channel, bytes);
            channel.force(true);
        }
    }

    @Override
    public DataFile openData(String name) throws IOException {
        makeDirectory();
        return new DiskDataFile(directory.resolve(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    /** Windows opens no directory and keeps the names in its own journal. */
    @Override
    public void force() throws IOException {
        if (WINDOWS || !Files.isDirectory(directory)) {
            return;
        }
        forceNames(directory);
        Path parent = directory.getParent();
        if (made && parent != null) {
            forceNames(parent);
            made = false;
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }

    private void makeDirectory() throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            made = true;
        }
    }

    private static void forceNames(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    private static LogFile map(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size > Integer.MAX_VALUE) {
            throw new IOException("A log file of " + size + " bytes (expected: <= " + Integer.MAX_VALUE + ")");
        }
        return Unmapping.map(channel, size);
    }

    private static void appendZeros(FileChannel channel, int bytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(Math.min(bytes, ZEROS_BYTES));
        long position = channel.size();
        while (position < bytes) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - position));
            position += channel.write(zeros, position);
        }
    }

    private static void deleteAfter(IOException failure, Path file) {
        if (failure instanceof FileAlreadyExistsException || failure instanceof NoSuchFileException) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}

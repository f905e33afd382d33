package io.blazedb.sync.internal.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/** A directory on the heap: the log of a database in memory. It lives as long as this object. */
public final class MemoryLogDirectory implements LogDirectory {
    private final ConcurrentMap<String, ByteBuffer> files = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, DataFile> dataFiles = new ConcurrentHashMap<>();

    @Override
    public List<String> list() {
        return Stream.concat(files.keySet().stream(), dataFiles.keySet().stream())
                .toList();
    }

    @Override
    public LogFile create(String name, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        if (files.putIfAbsent(name, buffer) != null) {
            throw new FileAlreadyExistsException(name);
        }
        return new HeapLogFile(buffer);
    }

    @Override
    public LogFile open(String name) throws IOException {
        return new HeapLogFile(file(name));
    }

    @Override
    public void extend(String name, int bytes) throws IOException {
        ByteBuffer old = file(name);
        if (old.capacity() < bytes) {
            files.put(name, ByteBuffer.allocate(bytes).put(0, old, 0, old.capacity()));
        }
    }

    @Override
    public DataFile openData(String name) {
        return dataFiles.computeIfAbsent(name, absent -> new HeapDataFile());
    }

    @Override
    public void rename(String from, String to) throws IOException {
        DataFile data = dataFiles.remove(from);
        if (data != null) {
            dataFiles.put(to, data);
            return;
        }
        files.put(to, file(from));
        files.remove(from);
    }

    @Override
    public void delete(String name) {
        files.remove(name);
        dataFiles.remove(name);
    }

    @Override
    public void force() {}

    @Override
    public String toString() {
        return "memory";
    }

    private ByteBuffer file(String name) throws NoSuchFileException {
        ByteBuffer buffer = files.get(name);
        if (buffer == null) {
            throw new NoSuchFileException(name);
        }
        return buffer;
    }
}

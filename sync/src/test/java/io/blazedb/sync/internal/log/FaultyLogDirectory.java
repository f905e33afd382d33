package io.blazedb.sync.internal.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A disk that keeps apart what was written and what was forced, fails when told to, and can be looked at as it would
 * be after a kill or a power cut. Names count as durable at once.
 */
public final class FaultyLogDirectory implements LogDirectory {
    static final int SECTOR_BYTES = 512;
    private static final int PAGE_BYTES = 4096;

    private final Map<String, FaultyFile> files = new ConcurrentSkipListMap<>();
    private final Map<String, FaultyDataFile> dataFiles = new ConcurrentSkipListMap<>();
    private final AtomicInteger appendsLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger forcesLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger filesLeft = new AtomicInteger(Integer.MAX_VALUE);

    /** The memory of a file, and its bytes on the disk. */
    private record FaultyFile(ByteBuffer written, ByteBuffer forced, AtomicInteger forcesLeft) implements LogFile {
        @Override
        public ByteBuffer buffer() {
            return written;
        }

        @Override
        public void force(int offset, int length) throws IOException {
            if (forcesLeft.decrementAndGet() < 0) {
                throw new IOException("Input/output error");
            }
            int from = offset / PAGE_BYTES * PAGE_BYTES;
            int to = Math.min(written.capacity(), (offset + length + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES);
            forced.put(from, written, from, to - from);
        }

        @Override
        public void close() {}
    }

    private record FaultyDataFile(HeapDataFile file, AtomicInteger forcesLeft, AtomicInteger appendsLeft)
            implements DataFile {
        @Override
        public long size() {
            return file.size();
        }

        @Override
        public void append(byte[] bytes, int offset, int length) throws IOException {
            if (appendsLeft.decrementAndGet() < 0) {
                file.append(bytes, offset, length / 2);
                throw new IOException("No space left on device");
            }
            file.append(bytes, offset, length);
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) {
            return file.read(position, target, offset, length);
        }

        @Override
        public void truncate(long size) {
            file.truncate(size);
        }

        @Override
        public void force() throws IOException {
            if (forcesLeft.decrementAndGet() < 0) {
                throw new IOException("Input/output error");
            }
        }

        @Override
        public void close() {}
    }

    /** This many more appends to data files work, then there is no space: the next ones stop half way. */
    public void failAppendsAfter(int count) {
        appendsLeft.set(count);
    }

    /** This many more forces work, then each one fails. */
    public void failForcesAfter(int count) {
        forcesLeft.set(count);
    }

    /** This many more files can be made, then there is no space. */
    public void fillUpAfter(int count) {
        filesLeft.set(count);
    }

    /** What a kill leaves: everything that was written. */
    public MemoryLogDirectory afterKill() throws IOException {
        MemoryLogDirectory image = new MemoryLogDirectory();
        for (Map.Entry<String, FaultyFile> file : files.entrySet()) {
            ByteBuffer written = file.getValue().written;
            image.create(file.getKey(), written.capacity()).buffer().put(0, written, 0, written.capacity());
        }
        for (Map.Entry<String, FaultyDataFile> file : dataFiles.entrySet()) {
            byte[] bytes = new byte[(int) file.getValue().size()];
            int read = file.getValue().read(0, bytes, 0, bytes.length);
            image.openData(file.getKey()).append(bytes, 0, read);
        }
        return image;
    }

    /** What a power cut leaves: of each sector what was forced, or what was written since. */
    public MemoryLogDirectory afterPowerCut(Random random) throws IOException {
        MemoryLogDirectory image = new MemoryLogDirectory();
        double share = random.nextDouble();
        for (Map.Entry<String, FaultyFile> file : files.entrySet()) {
            ByteBuffer forced = file.getValue().forced;
            ByteBuffer target = image.create(file.getKey(), forced.capacity()).buffer();
            target.put(0, forced, 0, forced.capacity());
            for (int sector = 0; sector < forced.capacity(); sector += SECTOR_BYTES) {
                if (random.nextDouble() < share) {
                    target.put(sector, file.getValue().written, sector, SECTOR_BYTES);
                }
            }
        }
        return image;
    }

    @Override
    public List<String> list() {
        return Stream.concat(files.keySet().stream(), dataFiles.keySet().stream())
                .toList();
    }

    @Override
    public LogFile create(String name, int bytes) throws IOException {
        if (filesLeft.decrementAndGet() < 0) {
            throw new IOException("No space left on device");
        }
        FaultyFile file = new FaultyFile(ByteBuffer.allocate(bytes), ByteBuffer.allocate(bytes), forcesLeft);
        files.put(name, file);
        return file;
    }

    @Override
    public LogFile open(String name) throws IOException {
        FaultyFile file = files.get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        return file;
    }

    @Override
    public void extend(String name, int bytes) {
        files.computeIfPresent(
                name, (key, old) -> new FaultyFile(longer(old.written, bytes), longer(old.forced, bytes), forcesLeft));
    }

    private static ByteBuffer longer(ByteBuffer buffer, int bytes) {
        return ByteBuffer.allocate(bytes).put(0, buffer, 0, buffer.capacity());
    }

    @Override
    public DataFile openData(String name) {
        return dataFiles.computeIfAbsent(
                name, absent -> new FaultyDataFile(new HeapDataFile(), forcesLeft, appendsLeft));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        FaultyDataFile data = dataFiles.remove(from);
        if (data != null) {
            dataFiles.put(to, data);
            return;
        }
        FaultyFile file = files.get(from);
        if (file == null) {
            throw new NoSuchFileException(from);
        }
        files.put(to, file);
        files.remove(from);
    }

    @Override
    public void delete(String name) {
        files.remove(name);
        dataFiles.remove(name);
    }

    @Override
    public void force() throws IOException {
        if (forcesLeft.decrementAndGet() < 0) {
            throw new IOException("Input/output error");
        }
    }
}

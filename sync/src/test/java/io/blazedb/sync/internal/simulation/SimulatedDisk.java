package io.blazedb.sync.internal.simulation;

import io.blazedb.sync.internal.log.DataFile;
import io.blazedb.sync.internal.log.LogDirectory;
import io.blazedb.sync.internal.log.LogFile;
import io.blazedb.sync.internal.log.MemoryLogDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A disk that keeps apart what was written and what was forced, and may lie about forcing. What it looks like after a
 * power cut depends on a seed and on nothing that the threads of a log do.
 */
final class SimulatedDisk implements LogDirectory {
    private static final int SECTOR_BYTES = 512;
    private static final int PAGE_BYTES = 4096;

    private final Map<String, MemoryFile> files = new ConcurrentSkipListMap<>();
    private final MemoryLogDirectory dataFiles = new MemoryLogDirectory();
    private volatile boolean lying;

    private final class MemoryFile implements LogFile {
        private final ByteBuffer written;
        private final ByteBuffer forced;

        private MemoryFile(ByteBuffer written, ByteBuffer forced) {
            this.written = written;
            this.forced = forced;
        }

        @Override
        public ByteBuffer buffer() {
            return written;
        }

        @Override
        public void force(int offset, int length) {
            if (!lying) {
                int from = offset / PAGE_BYTES * PAGE_BYTES;
                int to = Math.min(written.capacity(), (offset + length + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES);
                forced.put(from, written, from, to - from);
            }
        }

        @Override
        public void close() {}
    }

    /** From now on forcing does nothing and says that it has. */
    void lie() {
        lying = true;
    }

    boolean isLying() {
        return lying;
    }

    /** The disk after a kill of the process, or a picture of it: everything that was written. */
    SimulatedDisk image() {
        SimulatedDisk image = new SimulatedDisk();
        files.forEach(
                (name, file) -> image.files.put(name, image.new MemoryFile(copy(file.written), copy(file.written))));
        return image;
    }

    /** The disk after a power cut: of each sector what was forced or, for some, what was written since. */
    SimulatedDisk afterPowerCut(long seed) {
        SimulatedDisk image = new SimulatedDisk();
        int share = (int) (Dice.mixed(seed) & 0xFF);
        files.forEach((name, file) -> {
            ByteBuffer left = copy(file.forced);
            for (int sector = 0; sector < left.capacity(); sector += SECTOR_BYTES) {
                if ((Dice.mixed(seed ^ name.hashCode() * 31L ^ ((long) sector << 32)) & 0xFF) < share) {
                    left.put(sector, file.written, sector, SECTOR_BYTES);
                }
            }
            image.files.put(name, image.new MemoryFile(left, copy(left)));
        });
        return image;
    }

    private static ByteBuffer copy(ByteBuffer buffer) {
        return ByteBuffer.allocate(buffer.capacity()).put(0, buffer, 0, buffer.capacity());
    }

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public LogFile create(String name, int bytes) {
        MemoryFile file = new MemoryFile(ByteBuffer.allocate(bytes), ByteBuffer.allocate(bytes));
        files.put(name, file);
        return file;
    }

    @Override
    public LogFile open(String name) throws IOException {
        return file(name);
    }

    @Override
    public void extend(String name, int bytes) {
        files.computeIfPresent(
                name, (key, old) -> new MemoryFile(longer(old.written, bytes), longer(old.forced, bytes)));
    }

    private static ByteBuffer longer(ByteBuffer buffer, int bytes) {
        return ByteBuffer.allocate(bytes).put(0, buffer, 0, buffer.capacity());
    }

    @Override
    public DataFile openData(String name) {
        return dataFiles.openData(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        files.put(to, file(from));
        files.remove(from);
    }

    private MemoryFile file(String name) throws NoSuchFileException {
        MemoryFile file = files.get(name);
        if (file == null) {
            throw new NoSuchFileException(name);
        }
        return file;
    }

    @Override
    public void delete(String name) {
        files.remove(name);
    }

    @Override
    public void force() {}
}

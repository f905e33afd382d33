package io.blazedb.sync.internal.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Copies of a log in memory, with damage done to them. */
public final class Damaging {
    private Damaging() {}

    public static MemoryLogDirectory copy(MemoryLogDirectory original) throws IOException {
        MemoryLogDirectory copy = new MemoryLogDirectory();
        for (String name : original.list()) {
            addTruncated(copy, name, original, Integer.MAX_VALUE);
        }
        return copy;
    }

    /** A copy where this file ends after so many bytes. */
    public static MemoryLogDirectory truncated(MemoryLogDirectory original, String file, int bytes) throws IOException {
        MemoryLogDirectory copy = new MemoryLogDirectory();
        for (String name : original.list()) {
            addTruncated(copy, name, original, name.equals(file) ? bytes : Integer.MAX_VALUE);
        }
        return copy;
    }

    public static void flip(MemoryLogDirectory files, String file, int offset, int bit) throws IOException {
        ByteBuffer buffer = files.open(file).buffer();
        buffer.put(offset, (byte) (buffer.get(offset) ^ (1 << bit)));
    }

    static void zeroSector(MemoryLogDirectory files, String file, int sector) throws IOException {
        ByteBuffer buffer = files.open(file).buffer();
        buffer.put(sector * FaultyLogDirectory.SECTOR_BYTES, new byte[FaultyLogDirectory.SECTOR_BYTES]);
    }

    private static void addTruncated(MemoryLogDirectory copy, String name, MemoryLogDirectory original, int bytes)
            throws IOException {
        ByteBuffer source = original.open(name).buffer();
        int length = Math.min(bytes, source.capacity());
        copy.create(name, length).buffer().put(0, source, 0, length);
    }
}

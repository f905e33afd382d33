package io.blazedb.sync.internal.store;

import io.blazedb.sync.FrameRefusedException;
import io.blazedb.sync.FrameRefusedException.Reason;
import io.blazedb.sync.FrameStore.Content;
import io.blazedb.sync.FrameStoreFailedException;
import io.blazedb.sync.Hash;
import io.blazedb.sync.internal.log.DataFile;
import io.blazedb.sync.internal.log.LogDirectory;
import io.blazedb.sync.internal.log.LogThread;
import io.blazedb.sync.internal.store.ContentLayout.Name;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Blobs and snapshot chunks, each a file of its own, because each lives until it is given up, and not as long as a
 * record that names it. A file gets its name when all of it is durable, so a crash leaves whole contents and parts,
 * which the next opening deletes. Safe for several threads, which take turns: a content to be put must be at hand.
 */
final class ContentFiles implements AutoCloseable {
    /** The length of a content whose file is damaged. */
    private static final long DAMAGED = -1;

    private final LogDirectory directory;
    private final LogThread thread = new LogThread("blaze-contents");
    private final TreeMap<Name, Long> lengths = new TreeMap<>();
    private long bytes;

    private ContentFiles(LogDirectory directory) {
        this.directory = directory;
    }

    static ContentFiles open(LogDirectory directory) throws IOException {
        ContentFiles files = new ContentFiles(directory);
        for (String fileName : directory.list()) {
            if (fileName.endsWith(ContentLayout.PART)) {
                directory.delete(fileName);
            } else if (Name.of(fileName).isPresent()) {
                files.add(Name.of(fileName).get());
            }
        }
        return files;
    }

    private void add(Name name) throws IOException {
        try (DataFile file = directory.openData(name.toString())) {
            lengths.put(name, length(file, name));
            bytes += file.size();
        }
    }

    private static long length(DataFile file, Name name) throws IOException {
        byte[] header = new byte[ContentLayout.HEADER_BYTES];
        byte[] trailer = new byte[ContentLayout.TRAILER_BYTES];
        long end = file.size();
        if (end < header.length + trailer.length
                || file.read(0, header, 0, header.length) < header.length
                || file.read(end - trailer.length, trailer, 0, trailer.length) < trailer.length) {
            return DAMAGED;
        }
        long length = ByteBuffer.wrap(trailer).getLong();
        boolean sound = ContentLayout.isHeader(header)
                && Arrays.equals(trailer, ContentLayout.trailer(name, length))
                && ContentLayout.fileBytes(length) == end;
        return sound ? length : DAMAGED;
    }

    /** Keeps a content of up to so many bytes whose file has room; returns whether it was not here. */
    synchronized boolean put(Content kind, Hash id, InputStream content, long bytesMax, long room)
            throws IOException, FrameRefusedException {
        Name name = new Name(kind, id);
        if (lengths.getOrDefault(name, DAMAGED) != DAMAGED) {
            return false;
        }
        delete(name);
        String part = name + ContentLayout.PART;
        boolean done = false;
        try {
            long length;
            try (DataFile file = directory.openData(part)) {
                length = write(file, name, content, bytesMax, room);
                file.force();
            }
            directory.rename(part, name.toString());
            forceNames();
            lengths.put(name, length);
            bytes += ContentLayout.fileBytes(length);
            done = true;
            return true;
        } finally {
            if (!done) {
                directory.delete(part);
            }
        }
    }

    private static long write(DataFile file, Name name, InputStream content, long bytesMax, long room)
            throws IOException, FrameRefusedException {
        byte[] header = ContentLayout.header();
        file.append(header, 0, header.length);
        long length = 0;
        while (true) {
            byte[] piece = content.readNBytes(ContentLayout.PIECE_BYTES);
            if (piece.length == 0) {
                break;
            }
            requireRoom(name, length + piece.length, bytesMax, room);
            int crc = ContentLayout.crc(name, length, piece, piece.length);
            byte[] record = ByteBuffer.allocate(piece.length + ContentLayout.CRC_BYTES)
                    .put(piece)
                    .putInt(crc)
                    .array();
            file.append(record, 0, record.length);
            length += piece.length;
        }
        byte[] trailer = ContentLayout.trailer(name, length);
        file.append(trailer, 0, trailer.length);
        return length;
    }

    private static void requireRoom(Name name, long length, long bytesMax, long room) throws FrameRefusedException {
        if (length > bytesMax) {
            throw new FrameRefusedException(
                    Reason.TOO_LARGE, name + " has " + length + " bytes or more (expected: <= " + bytesMax + ")");
        }
        if (ContentLayout.fileBytes(length) > room) {
            throw new FrameRefusedException(
                    Reason.FULL,
                    name + " takes " + ContentLayout.fileBytes(length) + " bytes or more (expected: <= "
                            + Math.max(0, room) + ", which quota and disk have left)");
        }
    }

    synchronized OptionalLong size(Content kind, Hash id) {
        Long length = lengths.get(new Name(kind, id));
        return length == null ? OptionalLong.empty() : OptionalLong.of(sound(new Name(kind, id), length));
    }

    synchronized byte[] get(Content kind, Hash id, long position, int bytesMax) throws FrameRefusedException {
        Name name = new Name(kind, id);
        Long known = lengths.get(name);
        if (known == null) {
            throw new FrameRefusedException(Reason.UNKNOWN, name + " is not here (expected: a content that was put)");
        }
        long length = sound(name, known);
        if (position < 0 || position > length || bytesMax < 1) {
            throw new IllegalArgumentException(bytesMax + " bytes from " + position + " of " + name
                    + " (expected: some, from 0 to " + length + ")");
        }
        long end = Math.min(length, position + bytesMax);
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) (end - position));
        try (DataFile file = directory.openData(name.toString())) {
            for (long at = position; at < end; ) {
                long number = at / ContentLayout.PIECE_BYTES;
                long begin = number * ContentLayout.PIECE_BYTES;
                byte[] piece = piece(file, name, number, (int) Math.min(ContentLayout.PIECE_BYTES, length - begin));
                int count = (int) (Math.min(begin + piece.length, end) - at);
                out.write(piece, (int) (at - begin), count);
                at += count;
            }
        } catch (IOException e) {
            throw new FrameStoreFailedException(name + " in " + directory + " cannot be read: " + e.getMessage(), e);
        }
        return out.toByteArray();
    }

    private static byte[] piece(DataFile file, Name name, long number, int length) throws IOException {
        byte[] record = new byte[length + ContentLayout.CRC_BYTES];
        int count = file.read(ContentLayout.filePosition(number), record, 0, record.length);
        int crc = ContentLayout.crc(name, number * ContentLayout.PIECE_BYTES, record, length);
        if (count < record.length || ByteBuffer.wrap(record).getInt(length) != crc) {
            throw damaged(name);
        }
        return Arrays.copyOf(record, length);
    }

    private static long sound(Name name, long length) {
        if (length == DAMAGED) {
            throw damaged(name);
        }
        return length;
    }

    private static FrameStoreFailedException damaged(Name name) {
        return new FrameStoreFailedException("The file " + name
                + " is damaged: a check sum or its length is wrong. Remedy: delete the content, members send it again");
    }

    synchronized List<Hash> ids(Content kind) {
        return lengths.keySet().stream()
                .filter(name -> name.kind() == kind)
                .map(Name::id)
                .toList();
    }

    synchronized void delete(Content kind, Hash id) {
        try {
            delete(new Name(kind, id));
        } catch (IOException e) {
            throw new FrameStoreFailedException(
                    new Name(kind, id) + " in " + directory + " cannot be deleted: " + e.getMessage(), e);
        }
    }

    private void delete(Name name) throws IOException {
        Long length = lengths.get(name);
        if (length != null) {
            long size;
            try (DataFile file = directory.openData(name.toString())) {
                size = file.size();
            }
            directory.delete(name.toString());
            lengths.remove(name);
            bytes -= size;
        }
    }

    private void forceNames() throws IOException {
        thread.call(() -> {
            directory.force();
            return true;
        });
    }

    synchronized int count() {
        return lengths.size();
    }

    /** What the files take on the disk. */
    synchronized long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        thread.close();
    }
}

package io.blazedb.sync.internal.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One file of blobs while it is open, and what is known about who names them. Safe for several threads, but only one at
 * a time may {@link #write}.
 */
final class BlobFile {
    private static final int CHUNK_HEADER_BYTES = RecordLayout.HEADER_BYTES;

    private final DataFile data;
    private final BlobLayout.Name name;
    private @Nullable LogId id;
    /** The highest LSN of a record that names something in here; -1 if there is none. */
    private long bound;
    /** Blobs of which it is not known yet whether a record names them. */
    private int undecided;

    private boolean dirty;

    private BlobFile(DataFile data, BlobLayout.Name name, @Nullable LogId id, long bound) {
        this.data = data;
        this.name = name;
        this.id = id;
        this.bound = bound;
    }

    static BlobFile create(DataFile data, long number) throws IOException {
        LogId id = LogId.random();
        data.append(BlobLayout.header(id, number), 0, BlobLayout.HEADER_BYTES);
        return new BlobFile(data, new BlobLayout.Name(number, BlobLayout.Name.UNKNOWN), id, -1);
    }

    /** A file of an earlier run: any record up to the bound may name what is in it. */
    static BlobFile existing(DataFile data, BlobLayout.Name name, long bound) {
        return new BlobFile(data, name, null, bound);
    }

    BlobLayout.Name name() {
        return name;
    }

    long size() throws IOException {
        return data.size();
    }

    /** Appends everything that the stream has, as one blob; nothing of it stays if that fails. */
    BlobId write(InputStream content) throws IOException {
        long begin = data.size();
        boolean done = false;
        try {
            long length = writeChunks(content, begin);
            done = true;
            written();
            return new BlobId(name.number(), begin, length);
        } finally {
            if (!done) {
                data.truncate(begin);
            }
        }
    }

    private long writeChunks(InputStream content, long begin) throws IOException {
        RecordChecksum checksum = new RecordChecksum(id());
        byte[] chunk = content.readNBytes(BlobLayout.CHUNK_BYTES_MAX);
        byte[] record = new byte[CHUNK_HEADER_BYTES + chunk.length];
        long position = begin;
        long total = 0;
        boolean last = false;
        while (!last) {
            byte[] next = content.readNBytes(BlobLayout.CHUNK_BYTES_MAX);
            last = next.length == 0;
            byte type = last ? BlobLayout.LAST : BlobLayout.MORE;
            int crc = checksum.of(position, type, chunk, 0, chunk.length);
            RecordLayout.write(ByteBuffer.wrap(record), 0, crc, position, type, chunk, 0, chunk.length);
            int length = RecordLayout.bytes(chunk.length);
            data.append(record, 0, length);
            position += length;
            total += chunk.length;
            chunk = next;
        }
        return total;
    }

    /** Reads the chunk at this position into the target, and returns its length, header included. */
    int readChunk(long position, byte[] target, boolean last) throws IOException {
        int count = data.read(position, target, 0, target.length);
        ByteBuffer chunk = ByteBuffer.wrap(target);
        int length = count < CHUNK_HEADER_BYTES ? 0 : RecordLayout.length(chunk, 0);
        if (length < CHUNK_HEADER_BYTES || length > count) {
            throw BlobLayout.damaged(name, position, "no whole chunk of a blob");
        }
        byte type = last ? BlobLayout.LAST : BlobLayout.MORE;
        int crc = new RecordChecksum(id()).of(position, type, target, CHUNK_HEADER_BYTES, length - CHUNK_HEADER_BYTES);
        if (crc != RecordLayout.crc(chunk, 0)
                || position != RecordLayout.lsn(chunk, 0)
                || type != RecordLayout.type(chunk, 0)) {
            throw BlobLayout.damaged(name, position, "a chunk of a blob with a wrong check sum, position or type");
        }
        return length;
    }

    private synchronized LogId id() throws IOException {
        LogId known = id;
        if (known == null) {
            byte[] header = new byte[BlobLayout.HEADER_BYTES];
            known = BlobLayout.idOf(header, data.read(0, header, 0, header.length), name);
            id = known;
        }
        return known;
    }

    private synchronized void written() {
        undecided++;
        dirty = true;
    }

    /** Whether there was anything to force. */
    boolean force() throws IOException {
        synchronized (this) {
            if (!dirty) {
                return false;
            }
            dirty = false;
        }
        data.force();
        return true;
    }

    synchronized void decided(long lsn) {
        if (undecided == 0) {
            throw new IllegalStateException("More blobs of " + name + " were named or forgotten than written");
        }
        undecided--;
        bound = Math.max(bound, lsn);
    }

    synchronized boolean isUnusedBelow(long lsn) {
        return undecided == 0 && bound < lsn;
    }

    /** The name that says what is known about it. */
    synchronized BlobLayout.Name finalName() {
        return undecided == 0 && bound >= 0 ? new BlobLayout.Name(name.number(), bound) : name;
    }

    void close() throws IOException {
        data.close();
    }
}

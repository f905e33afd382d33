package io.blazedb.sync.internal.log;

import io.blazedb.sync.internal.crypto.ForgedException;
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
    private final @Nullable LogKey key;
    private @Nullable LogId id;
    /** The highest LSN of a record that names something in here; -1 if there is none. */
    private long bound;
    /** Blobs of which it is not known yet whether a record names them. */
    private int undecided;

    private boolean dirty;

    private BlobFile(DataFile data, BlobLayout.Name name, @Nullable LogId id, long bound, @Nullable LogKey key) {
        this.data = data;
        this.name = name;
        this.id = id;
        this.bound = bound;
        this.key = key;
    }

    static BlobFile create(DataFile data, long number, @Nullable LogKey key) throws IOException {
        LogId id = LogId.random();
        data.append(BlobLayout.header(id, number, key != null), 0, BlobLayout.HEADER_BYTES);
        return new BlobFile(data, new BlobLayout.Name(number, BlobLayout.Name.UNKNOWN), id, -1, key);
    }

    /** A file of an earlier run: any record up to the bound may name what is in it. */
    static BlobFile existing(DataFile data, BlobLayout.Name name, long bound, @Nullable LogKey key) {
        return new BlobFile(data, name, null, bound, key);
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
        RecordCipher cipher = key == null ? null : key.ofBlobs(id(), name.number());
        byte[] chunk = content.readNBytes(BlobLayout.CHUNK_BYTES_MAX);
        byte[] record = new byte[CHUNK_HEADER_BYTES + chunk.length + extraBytes()];
        long position = begin;
        long total = 0;
        boolean last = false;
        while (!last) {
            byte[] next = content.readNBytes(BlobLayout.CHUNK_BYTES_MAX);
            last = next.length == 0;
            byte type = last ? BlobLayout.LAST : BlobLayout.MORE;
            byte[] payload = cipher == null ? chunk : cipher.encrypt(position, type, chunk, 0, chunk.length);
            int bytes = chunk.length + extraBytes();
            int crc = checksum.of(position, type, payload, 0, bytes);
            RecordLayout.write(ByteBuffer.wrap(record), 0, crc, position, type, payload, 0, bytes);
            int length = RecordLayout.bytes(bytes);
            data.append(record, 0, length);
            position += length;
            total += chunk.length;
            chunk = next;
        }
        return total;
    }

    /** How much longer a chunk is in the file than its content. */
    int extraBytes() {
        return key == null ? 0 : RecordCipher.EXTRA_BYTES;
    }

    /**
     * Reads the chunk at this position into the target, which has room for all of it, and returns the length of its
     * header and its content, which are there then.
     */
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
        return key == null ? length : decrypt(key, position, type, target, length);
    }

    private int decrypt(LogKey with, long position, byte type, byte[] chunk, int length) throws IOException {
        byte[] content = new byte[Math.max(0, length - CHUNK_HEADER_BYTES - RecordCipher.EXTRA_BYTES)];
        ByteBuffer encrypted = ByteBuffer.wrap(chunk, CHUNK_HEADER_BYTES, length - CHUNK_HEADER_BYTES);
        try {
            with.ofBlobs(id(), name.number()).decrypt(position, type, encrypted, ByteBuffer.wrap(content));
        } catch (ForgedException e) {
            throw LogCorruptedException.forged(name.toString(), position, -1, "a part of a blob");
        }
        System.arraycopy(content, 0, chunk, CHUNK_HEADER_BYTES, content.length);
        return CHUNK_HEADER_BYTES + content.length;
    }

    private synchronized LogId id() throws IOException {
        LogId known = id;
        if (known == null) {
            byte[] header = new byte[BlobLayout.HEADER_BYTES];
            known = BlobLayout.idOf(header, data.read(0, header, 0, header.length), name, key != null);
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

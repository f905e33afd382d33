package io.blazedb.sync.internal.log;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The content of one blob. Each chunk is checked before a byte of it is handed out. */
final class BlobInputStream extends InputStream {
    private final BlobFile file;
    private final byte[] chunk;
    private long position;
    private long unread;
    private int next;
    private int limit;

    BlobInputStream(BlobFile file, BlobId id) {
        this.file = file;
        this.chunk = new byte[RecordLayout.HEADER_BYTES + BlobLayout.CHUNK_BYTES_MAX + file.extraBytes()];
        this.position = id.position();
        this.unread = id.length();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (next == limit && !loadChunk()) {
            return -1;
        }
        int count = Math.min(length, limit - next);
        System.arraycopy(chunk, next, target, offset, count);
        next += count;
        return count;
    }

    private boolean loadChunk() throws IOException {
        if (unread == 0) {
            return false;
        }
        limit = file.readChunk(position, chunk, unread <= BlobLayout.CHUNK_BYTES_MAX);
        next = RecordLayout.HEADER_BYTES;
        position += limit + file.extraBytes();
        unread -= limit - next;
        if (limit == next || unread < 0) {
            throw BlobLayout.damaged(file.name(), position, "a blob of another length");
        }
        return true;
    }
}

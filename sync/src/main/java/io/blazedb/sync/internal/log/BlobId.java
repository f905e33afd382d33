package io.blazedb.sync.internal.log;

import java.nio.ByteBuffer;

/**
 * Where a blob is.
 *
 * @param file the number of its file
 * @param position in that file
 * @param length of its content, in bytes
 */
public record BlobId(long file, long position, long length) {
    /** The size of its bytes. */
    public static final int BYTES = 3 * Long.BYTES;

    public static BlobId readFrom(ByteBuffer source) {
        return new BlobId(source.getLong(), source.getLong(), source.getLong());
    }

    public void writeTo(ByteBuffer target) {
        target.putLong(file).putLong(position).putLong(length);
    }
}

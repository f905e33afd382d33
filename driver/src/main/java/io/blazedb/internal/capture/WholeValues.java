package io.blazedb.internal.capture;

import java.io.IOException;
import java.io.InputStream;
import org.h2.message.DbException;
import org.h2.value.Value;

/**
 * Makes values that stay whole when the log, with the large objects beside it, is gone. Safe for use by several
 * threads, as the codec is.
 */
public final class WholeValues {
    private final BlobAccess blobs;

    WholeValues(BlobAccess blobs) {
        this.blobs = blobs;
    }

    /** A value as records have it with its content in it, to be kept elsewhere. */
    public byte[] whole(byte[] value) {
        if (!ValueCodec.isApart(value)) {
            return value;
        }
        RecordInput in = new RecordInput(value);
        int tag = in.readByte();
        try (InputStream content = blobs.read(in.readBlock())) {
            RecordBuffer out = new RecordBuffer(ValueCodec.INLINE_LOB_BYTES_MAX);
            out.putByte(tag == ValueCodec.CLOB_APART ? Value.CLOB : Value.BLOB);
            out.putBlock(content.readAllBytes());
            return out.toByteArray();
        } catch (IOException e) {
            throw DbException.convertIOException(e, "large object of the log");
        }
    }
}

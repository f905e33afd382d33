package io.blazedb.internal.database;

import io.blazedb.internal.capture.BlobAccess;
import io.blazedb.sync.internal.log.BlobId;
import io.blazedb.sync.internal.log.BlobStore;
import io.blazedb.sync.internal.log.OperationLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Keeps large objects beside the log that names them. Safe for use by several threads. */
final class BlobAccessOfLog implements BlobAccess {
    private final BlobStore blobs;

    /** What the thread's transaction has written and no record names yet. */
    private final ThreadLocal<List<BlobId>> unnamed = ThreadLocal.withInitial(ArrayList::new);

    private BlobAccessOfLog(BlobStore blobs) {
        this.blobs = blobs;
    }

    static BlobAccess of(OperationLog log) {
        return new BlobAccessOfLog(log.blobs());
    }

    @Override
    public byte[] write(InputStream content) throws IOException {
        BlobId id = blobs.write(content);
        unnamed.get().add(id);
        ByteBuffer name = ByteBuffer.allocate(BlobId.BYTES);
        id.writeTo(name);
        return name.array();
    }

    @Override
    public InputStream read(byte[] name) throws IOException {
        if (name.length != BlobId.BYTES) {
            throw new IOException(
                    "A large object's name of " + name.length + " bytes (expected: " + BlobId.BYTES + ")");
        }
        return blobs.read(BlobId.readFrom(ByteBuffer.wrap(name)));
    }

    @Override
    public void force() {
        if (!unnamed.get().isEmpty()) {
            blobs.force();
        }
    }

    @Override
    public void named(long lsn) {
        List<BlobId> ids = unnamed.get();
        if (!ids.isEmpty()) {
            ids.forEach(id -> blobs.named(id, lsn));
            ids.clear();
        }
    }

    @Override
    public void forget() {
        List<BlobId> ids = unnamed.get();
        if (!ids.isEmpty()) {
            ids.forEach(blobs::forget);
            ids.clear();
        }
    }

    @Override
    public String toString() {
        return blobs.toString();
    }
}

package io.blazedb.internal.database;

import io.blazedb.internal.capture.BlobAccess;
import io.blazedb.sync.internal.log.OperationLog;

/** Keeps large objects beside the log that names them. */
final class BlobAccessOfLog {
    private BlobAccessOfLog() {}

    static BlobAccess of(OperationLog log) {
        throw new UnsupportedOperationException(log.toString());
    }
}

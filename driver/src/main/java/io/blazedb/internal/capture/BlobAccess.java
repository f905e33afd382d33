package io.blazedb.internal.capture;

import java.io.IOException;
import java.io.InputStream;

/** Where the content of large objects is kept that would make a record too long. Safe for use by several threads. */
public interface BlobAccess {
    /** Keeps a content for as long as a record of the log names it. Answers the name. */
    byte[] write(InputStream content) throws IOException;

    /**
     * The content that was kept under a name.
     *
     * @throws IOException when there is none, saying which name
     */
    InputStream read(byte[] name) throws IOException;

    /** Makes durable what the thread wrote since its last record. Call before the record that names it is appended. */
    void force();

    /** The record at this position names what the thread wrote since its last record. */
    void named(long lsn);

    /** No record will name what the thread wrote since its last record. */
    void forget();
}

package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.ByteWriter;
import java.nio.charset.StandardCharsets;

/** The words that keep hashes, signatures and derived keys of different purposes apart. Part of the format. */
enum Label {
    NODE("blz1/node"),
    CARD("blz1/card"),
    MEMBER("blz1/member"),
    JOIN("blz1/join"),
    INVITATION_SIGNATURE("blz1/invite/sig"),
    INVITATION_SEALING("blz1/invite/kem"),
    KEY("blz1/key"),
    WRAP("blz1/wrap"),
    PREVIOUS("blz1/prev"),
    COMMIT("blz1/commit"),
    ENVELOPE("blz1/env"),
    SNAPSHOT("blz1/snap"),
    BLOB("blz1/blob"),
    DIGEST("blz1/digest"),
    ROUTE("blz1/route"),
    TRANSACTION("blz1/txn"),
    BATCH("blz1/batch"),
    H2_FILE("blz1/h2"),
    LOG("blz1/wal"),
    IDENTITY("blz1/id"),
    KEYS_FILE("blz1/keys");

    private final String text;

    Label(String text) {
        this.text = text;
    }

    /** The word, then the parts, which are of fixed length or begin with their length. */
    byte[] with(byte[]... parts) {
        ByteWriter out = new ByteWriter().raw(text.getBytes(StandardCharsets.US_ASCII));
        for (byte[] part : parts) {
            out.raw(part);
        }
        return out.toByteArray();
    }
}

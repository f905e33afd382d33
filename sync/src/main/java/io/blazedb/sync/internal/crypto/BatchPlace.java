package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;

/** What a batch has in common, and where it begins: what the next batch need not say again when it goes on there. */
record BatchPlace(Bytes databaseTag, OriginId origin, Bytes keyId, Bytes scopeTag, long seq, Bytes previous) {
    static BatchPlace of(EnvelopeHeader header) {
        return new BatchPlace(
                header.databaseTag(),
                header.origin(),
                header.keyId(),
                header.scopeTag(),
                header.seq(),
                header.previous());
    }

    /** Where the envelope after that one begins. */
    BatchPlace after(Envelope envelope) {
        return new BatchPlace(
                databaseTag, origin, keyId, scopeTag, envelope.header().seq() + 1, envelope.hash());
    }

    void write(ByteWriter out) {
        out.raw(databaseTag.toArray()).raw(origin.toBytes());
        out.raw(keyId.toArray()).raw(scopeTag.toArray());
        out.varint(seq).raw(previous.toArray());
    }

    static BatchPlace read(ByteReader in) throws MalformedException {
        return new BatchPlace(
                Bytes.of(in.raw(DatabaseIdentity.BYTES, "database tag")),
                OriginId.of(in.raw(OriginId.BYTES, "origin")),
                Bytes.of(in.raw(GroupKey.KEY_ID_BYTES, "key id")),
                Bytes.of(in.raw(GroupKey.TAG_BYTES, "scope tag")),
                in.varint(Long.MAX_VALUE - EnvelopeBatch.ENVELOPES_MAX, "number of an envelope"),
                Bytes.of(in.raw(Sha256.BYTES, "hash of the envelope before")));
    }
}

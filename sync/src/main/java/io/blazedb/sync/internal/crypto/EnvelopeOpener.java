package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.internal.wire.ChangeSetCodec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Opens envelopes with the keys of a ring. What it returns was sealed by a member, for this database, this origin and
 * this number; that the author is who the origin says is for the batch's signature to prove. Not safe for use by
 * several threads.
 */
public final class EnvelopeOpener {
    /** Ciphers that are kept: one for each origin that writes now, and key. */
    private static final int CIPHERS_MAX = 256;

    private final DatabaseIdentity database;
    private final Keyring keys;
    private final Map<CipherName, XAes256Gcm> ciphers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CipherName, XAes256Gcm> eldest) {
            return size() > CIPHERS_MAX;
        }
    };

    private record CipherName(Bytes keyId, OriginId origin) {}

    public EnvelopeOpener(DatabaseIdentity database, Keyring keys) {
        this.database = database;
        this.keys = keys;
    }

    /** What was sealed: a change set with the origin and the number of the header, or what an origin says of itself. */
    public byte[] open(Envelope envelope) throws ForgedException, KeyMissingException {
        EnvelopeHeader header = envelope.header();
        if (!header.databaseTag().equals(database.tag())) {
            throw new ForgedException("envelope of another database");
        }
        GroupKey key = keys.find(header.keyId()).orElse(null);
        if (key == null) {
            throw new KeyMissingException(header.keyId());
        }
        if (!header.scopeTag().equals(key.scopeTag())) {
            throw new ForgedException("envelope " + header.seq() + " of " + header.origin() + " of another scope");
        }
        XAes256Gcm cipher = ciphers.computeIfAbsent(
                new CipherName(header.keyId(), header.origin()), name -> key.envelopes(name.origin()));
        byte[] padded =
                cipher.open(header.nonce().toArray(), envelope.ciphertext().toArray(), header.toBytes());
        byte[] content = Padding.unpad(padded);
        if (padded[0] == EnvelopeSealer.DEFLATED) {
            content = Compression.inflate(content);
        } else if (padded[0] != EnvelopeSealer.PLAIN) {
            throw new ForgedException("form of content: " + padded[0] + " (expected: 0 or 1)");
        }
        return header.kind() == EnvelopeKind.CHANGE_SET
                ? ChangeSetCodec.withPlace(content, header.origin(), header.seq())
                : content;
    }

    /** Names a transaction among members: the hash of what was sealed. */
    public static Bytes transactionHash(byte[] content) {
        return Bytes.sha256(Label.TRANSACTION.with(), content);
    }
}

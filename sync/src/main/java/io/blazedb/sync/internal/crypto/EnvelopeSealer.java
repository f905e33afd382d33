package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.internal.wire.ChangeSetCodec;
import io.blazedb.sync.internal.wire.MalformedException;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Puts the operations of one origin into envelopes, under one key. Each gets a nonce of 24 random bytes. Not safe for
 * use by several threads.
 */
public final class EnvelopeSealer {
    static final int PLAIN = 0;
    static final int DEFLATED = 1;

    private final GroupKey key;
    private final OriginId origin;
    private final XAes256Gcm cipher;
    private final boolean compress;
    private final SecureRandom random;

    /**
     * @param compress whether content over 512 bytes is compressed, so that its length tells something about it
     */
    public EnvelopeSealer(GroupKey key, OriginId origin, boolean compress, SecureRandom random) {
        this.key = key;
        this.origin = origin;
        this.cipher = key.envelopes(origin);
        this.compress = compress;
        this.random = random;
    }

    /**
     * Seals a change set.
     *
     * @param changeSet as {@link ChangeSetCodec} writes it, of this origin and this number
     * @param previous hash of the envelope before, or {@link EnvelopeHeader#NOTHING_BEFORE}
     */
    public Envelope sealChangeSet(long seq, Bytes previous, byte[] changeSet) {
        try {
            return seal(EnvelopeKind.CHANGE_SET, seq, previous, ChangeSetCodec.withoutPlace(changeSet, origin, seq));
        } catch (MalformedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Seals what the origin says of itself: the first envelope of its chain. */
    public Envelope sealOrigin(byte[] content) {
        return seal(EnvelopeKind.ORIGIN, 0, EnvelopeHeader.NOTHING_BEFORE, content);
    }

    private Envelope seal(EnvelopeKind kind, long seq, Bytes previous, byte[] content) {
        if (content.length > Envelope.CONTENT_BYTES_MAX - 2) {
            throw new IllegalArgumentException(
                    "content of " + content.length + " bytes (expected: <= " + (Envelope.CONTENT_BYTES_MAX - 2) + ")");
        }
        Optional<byte[]> deflated = compress ? Compression.deflate(content) : Optional.empty();
        byte[] padded =
                deflated.map(smaller -> Padding.pad(DEFLATED, smaller)).orElseGet(() -> Padding.pad(PLAIN, content));
        byte[] nonce = new byte[XAes256Gcm.NONCE_BYTES];
        random.nextBytes(nonce);
        EnvelopeHeader header = new EnvelopeHeader(
                kind,
                key.database().tag(),
                origin,
                seq,
                previous,
                key.keyId(),
                key.scopeTag(),
                padded.length + XAes256Gcm.TAG_BYTES,
                Bytes.of(nonce));
        return new Envelope(header, Bytes.of(cipher.seal(nonce, padded, header.toBytes())));
    }
}

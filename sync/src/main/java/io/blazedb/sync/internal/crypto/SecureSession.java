package io.blazedb.sync.internal.crypto;

import java.util.Arrays;

/**
 * What a handshake leaves: who the other side is, what was agreed, and the two directions.
 *
 * <p>The sealer belongs to one thread at a time, and so does the opener; they may be two threads.
 */
public final class SecureSession implements AutoCloseable {
    private final PeerCard peer;
    private final Terms terms;
    private final Grant grant;
    private final byte[] sessionId;
    private final byte[] channelBinding;
    private final byte[] exporter;
    private final RecordSealer sealer;
    private final RecordOpener opener;

    SecureSession(PeerCard peer, Terms terms, Verdict.Accepted accepted, byte[] channelBinding, Directions directions) {
        this.peer = peer;
        this.terms = terms;
        grant = accepted.grant();
        sessionId = accepted.sessionId();
        this.channelBinding = channelBinding.clone();
        exporter = directions.exporter();
        sealer = directions.sealer();
        opener = directions.opener();
    }

    /** The other side's card; it has proved to have the private key of it. */
    public PeerCard peer() {
        return peer;
    }

    /** What the responder stated. */
    public Terms terms() {
        return terms;
    }

    /** What the initiator may do, as the responder granted it. */
    public Grant grant() {
        return grant;
    }

    /** Sixteen bytes, the responder's choice. */
    public byte[] sessionId() {
        return sessionId.clone();
    }

    /** The hash of the handshake: the same at both ends, and of no other session. */
    public byte[] channelBinding() {
        return channelBinding.clone();
    }

    /** A secret that both ends can derive for one purpose, at most 8,160 bytes; the caller wipes it. */
    public byte[] export(String purpose, int length) {
        return Hkdf.expand(exporter, purpose, length);
    }

    public RecordSealer sealer() {
        return sealer;
    }

    public RecordOpener opener() {
        return opener;
    }

    /** Lets go of all keys. Says nothing to the other side: {@link RecordSealer#close} does. */
    @Override
    public void close() {
        Arrays.fill(exporter, (byte) 0);
        sealer.wipe();
        opener.wipe();
    }
}

package io.blazedb.sync.internal.crypto;

/** What a handshake leaves: a key for each direction, and a secret to derive others from. */
final class SplitKeys {
    private final CipherState toResponder;
    private final CipherState toInitiator;
    private final byte[] exporter;

    SplitKeys(CipherState toResponder, CipherState toInitiator, byte[] exporter) {
        this.toResponder = toResponder;
        this.toInitiator = toInitiator;
        this.exporter = exporter;
    }

    CipherState toResponder() {
        return toResponder;
    }

    CipherState toInitiator() {
        return toInitiator;
    }

    /** Not a copy: whoever takes it wipes it. */
    byte[] exporter() {
        return exporter;
    }
}

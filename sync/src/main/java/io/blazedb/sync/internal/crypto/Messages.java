package io.blazedb.sync.internal.crypto;

/** The limit of handshake messages, checked before anything else is done with one. */
public final class Messages {
    /** Two cards' worth: keys and tags 162, fields 100, a card of at most 1,024, and room for a later version. */
    public static final int HANDSHAKE_BYTES_MAX = 2_048;

    private Messages() {}

    static void checkLength(byte[] message) throws HandshakeException {
        if (message.length > HANDSHAKE_BYTES_MAX) {
            throw new HandshakeException(
                    HandshakeException.Reason.MALFORMED,
                    "handshake message of " + message.length + " bytes (expected: <= " + HANDSHAKE_BYTES_MAX + ")");
        }
    }
}

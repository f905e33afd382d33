package io.blazedb.sync.internal.channel;

import io.blazedb.sync.internal.crypto.HandshakeException;

/** Which failures of a handshake another attempt may cure. */
final class Refusals {
    private Refusals() {}

    /**
     * Whether the hub is not the one that was meant, or has said no; else the network may have changed the bytes.
     *
     * @param known whether the hub has proved its key here before: then another key is somebody in the way, who goes
     */
    static boolean isFinal(HandshakeException.Reason reason, boolean known) {
        return switch (reason) {
            case PIN -> !known;
            case CARD, PROOF, REFUSED, VERSION -> true;
            case MALFORMED, UNAUTHENTIC -> false;
        };
    }
}

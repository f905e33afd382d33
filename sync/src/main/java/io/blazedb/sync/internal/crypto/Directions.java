package io.blazedb.sync.internal.crypto;

import java.util.Arrays;

/** The two directions of a session as one side has them, and the secret to derive others from. */
final class Directions {
    private final RecordSealer sealer;
    private final RecordOpener opener;
    private final byte[] exporter;

    private Directions(RecordSealer sealer, RecordOpener opener, byte[] exporter) {
        this.sealer = sealer;
        this.opener = opener;
        this.exporter = exporter;
    }

    static Directions of(SplitKeys keys, boolean initiator, int frameBytesMax, long nowMillis) {
        CipherState mine = initiator ? keys.toResponder() : keys.toInitiator();
        CipherState theirs = initiator ? keys.toInitiator() : keys.toResponder();
        return new Directions(
                new RecordSealer(mine, frameBytesMax, RekeyRule.STANDARD, nowMillis),
                new RecordOpener(theirs, frameBytesMax, RekeyRule.STANDARD),
                keys.exporter());
    }

    RecordSealer sealer() {
        return sealer;
    }

    RecordOpener opener() {
        return opener;
    }

    /** Not a copy: whoever takes it wipes it. */
    byte[] exporter() {
        return exporter;
    }

    void wipe() {
        Arrays.fill(exporter, (byte) 0);
        sealer.wipe();
        opener.wipe();
    }
}

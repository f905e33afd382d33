package io.blazedb.sync.internal.crypto;

import java.util.Set;

/**
 * By what an initiator knows the responder: its pins, of which one has to match, or, once and with a token only, the
 * token that both prove to know.
 */
public final class Trust {
    private final Set<Pin> pins;

    private Trust(Set<Pin> pins) {
        this.pins = pins;
    }

    /** By pins: of the hub from an invitation or a record of hubs, or of a member's key. */
    public static Trust of(Set<Pin> pins) {
        if (pins.isEmpty()) {
            throw new IllegalArgumentException("no pin to know the responder by (expected: one or more)");
        }
        return new Trust(Set.copyOf(pins));
    }

    /** By the proofs of a token alone, for the first enrolment over a connection whose certificate was checked. */
    public static Trust byToken() {
        return new Trust(Set.of());
    }

    /** Whether there is no pin: then nothing but the proofs of a token tells who the responder is. */
    public boolean needsToken() {
        return pins.isEmpty();
    }

    /** Whether the responder's key may be used; compares with all pins, whichever matches. */
    boolean accepts(byte[] responderKey) {
        boolean matches = pins.isEmpty();
        for (Pin pin : pins) {
            matches |= pin.matches(responderKey);
        }
        return matches;
    }
}

package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.internal.wire.MalformedException;

/** Plays a vector of the pattern XX with both sides. */
final class NoiseVectors {
    private static final byte[] NOTHING = {};
    private static final int HANDSHAKE_MESSAGES = 3;

    private NoiseVectors() {}

    /** Each message is written by one side, compared, and read by the other. */
    static void check(Vector vector) throws Exception {
        XxHandshake initiator = side(vector, true);
        XxHandshake responder = side(vector, false);
        for (int i = 0; i < HANDSHAKE_MESSAGES; i++) {
            byte[] message = (i % 2 == 0 ? initiator : responder).write(vector.bytes("payload" + i));
            assertThat(message).as("message %d", i).isEqualTo(vector.bytes("message" + i));
            assertThat((i % 2 == 0 ? responder : initiator).read(message)).isEqualTo(vector.bytes("payload" + i));
        }
        assertThat(initiator.hash()).isEqualTo(responder.hash());
        if (vector.has("hash")) {
            assertThat(initiator.hash()).isEqualTo(vector.bytes("hash"));
        }
        checkTransport(vector, initiator.split(), responder.split());
    }

    /** The responder is first after the handshake. */
    private static void checkTransport(Vector vector, SplitKeys mine, SplitKeys theirs) throws Exception {
        for (int i = HANDSHAKE_MESSAGES; vector.has("payload" + i); i++) {
            boolean fromInitiator = i % 2 == 0;
            CipherState sender = fromInitiator ? mine.toResponder() : theirs.toInitiator();
            CipherState receiver = fromInitiator ? theirs.toResponder() : mine.toInitiator();
            byte[] message = sender.encrypt(NOTHING, vector.bytes("payload" + i));
            assertThat(message).as("message %d", i).isEqualTo(vector.bytes("message" + i));
            assertThat(receiver.decrypt(NOTHING, message)).isEqualTo(vector.bytes("payload" + i));
        }
        assertThat(mine.exporter()).isEqualTo(theirs.exporter());
        if (vector.has("exporter")) {
            assertThat(mine.exporter()).isEqualTo(vector.bytes("exporter"));
            checkRekey(mine.toResponder(), theirs.toResponder(), vector.bytes("rekeyed"));
        }
    }

    private static void checkRekey(CipherState sender, CipherState receiver, byte[] expectedKey) throws Exception {
        sender.rekey();
        receiver.rekey();
        byte[] message = sender.encrypt(NOTHING, new byte[] {7});
        CipherState expected = new CipherState(expectedKey);
        while (receiver.number() > expected.number()) {
            expected.encrypt(NOTHING, NOTHING);
        }
        assertThat(expected.decrypt(NOTHING, message)).containsExactly(7);
        assertThat(receiver.decrypt(NOTHING, message)).containsExactly(7);
    }

    private static XxHandshake side(Vector vector, boolean initiator) throws MalformedException {
        String who = initiator ? "init" : "resp";
        boolean nist = vector.text("curve").equals("P256");
        return new XxHandshake(
                nist ? P256.INSTANCE : new Curve25519(),
                initiator,
                vector.bytes("prologue"),
                keys(vector, who + "_static", nist),
                keys(vector, who + "_ephemeral", nist));
    }

    private static DhKeyPair keys(Vector vector, String name, boolean nist) throws MalformedException {
        return nist
                ? P256.restore(vector.bytes(name), vector.bytes(name + "_public"))
                : Curve25519.restore(vector.bytes(name));
    }
}

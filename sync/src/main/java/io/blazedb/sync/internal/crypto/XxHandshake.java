package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * The pattern XX of the Noise specification (revision 34), one side of it.
 *
 * <pre>
 *   -> e
 *   <- e, ee, s, es
 *   -> s, se
 * </pre>
 *
 * After three messages, written and read in turn, both have proved their static keys. An exception of {@link #read}
 * ends the handshake. Not safe for use by several threads.
 */
final class XxHandshake {
    private static final int MESSAGES = 3;

    private final DiffieHellman curve;
    private final boolean initiator;
    private final SymmetricState state;
    private final DhKeyPair staticKeys;
    private @Nullable DhKeyPair ephemeralKeys;
    private byte @Nullable [] theirEphemeral;
    private byte @Nullable [] theirStatic;
    private int done;

    XxHandshake(
            DiffieHellman curve, boolean initiator, byte[] prologue, DhKeyPair staticKeys, DhKeyPair ephemeralKeys) {
        this.curve = curve;
        this.initiator = initiator;
        this.staticKeys = staticKeys;
        this.ephemeralKeys = ephemeralKeys;
        state = new SymmetricState("Noise_XX_" + curve.name() + "_AESGCM_SHA256");
        state.mixHash(prologue);
    }

    /** The next message, with a payload: in the clear in the first, encrypted in the others. */
    byte[] write(byte[] payload) throws HandshakeException {
        requireTurn(initiator);
        ByteWriter message = new ByteWriter();
        if (done < 2) {
            byte[] ephemeral = ephemeral().publicKey();
            state.mixHash(ephemeral);
            message.raw(ephemeral);
        }
        if (done > 0) {
            mixFirstSecret();
            message.raw(state.encryptAndHash(staticKeys.publicKey()));
            mixSecondSecret();
        }
        message.raw(state.encryptAndHash(payload));
        done++;
        return message.toByteArray();
    }

    /** The payload of the other side's next message. */
    byte[] read(byte[] message) throws HandshakeException {
        requireTurn(!initiator);
        ByteReader reader = new ByteReader(ByteBuffer.wrap(message));
        try {
            if (done < 2) {
                byte[] ephemeral = reader.raw(curve.publicKeyBytes(), "ephemeral key");
                state.mixHash(ephemeral);
                theirEphemeral = ephemeral;
            }
            if (done > 0) {
                mixFirstSecret();
                byte[] sealed = reader.raw(curve.publicKeyBytes() + AesGcm.TAG_BYTES, "static key");
                theirStatic = state.decryptAndHash(sealed);
                mixSecondSecret();
            }
            byte[] payload = state.decryptAndHash(reader.raw(reader.remaining(), "payload"));
            done++;
            return payload;
        } catch (MalformedException e) {
            wipe();
            throw new HandshakeException(HandshakeException.Reason.MALFORMED, messageName() + e.getMessage(), e);
        } catch (AEADBadTagException e) {
            wipe();
            String found = messageName() + "does not decrypt (changed on its way, or of another session, transport,"
                    + " database or certificate)";
            throw new HandshakeException(HandshakeException.Reason.UNAUTHENTIC, found, e);
        }
    }

    /** The hash of everything so far. */
    byte[] hash() {
        return state.hash();
    }

    /** The static key that the other side has proved to have, once it has. */
    byte[] theirStatic() {
        return proved(theirStatic).clone();
    }

    /** Ends the handshake after its last message, and erases what could give its secrets away later. */
    SplitKeys split() {
        if (done != MESSAGES) {
            throw new IllegalStateException("split after " + done + " messages (expected: " + MESSAGES + ")");
        }
        SplitKeys keys = state.split();
        ephemeralKeys = null;
        return keys;
    }

    /** Ends the handshake at any time without a session. */
    void wipe() {
        state.wipe();
        ephemeralKeys = null;
    }

    /** With the second message {@code ee}, which comes before its static key; the third has none. */
    private void mixFirstSecret() throws HandshakeException {
        if (done == 1) {
            mix(ephemeral(), proved(theirEphemeral));
        }
    }

    /** {@code es} with the second message, {@code se} with the third: the static key is the writer's. */
    private void mixSecondSecret() throws HandshakeException {
        boolean mine = initiator == (done == 2);
        mix(mine ? staticKeys : ephemeral(), proved(mine ? theirEphemeral : theirStatic));
    }

    private void mix(DhKeyPair mine, byte[] theirs) throws HandshakeException {
        try {
            byte[] secret = curve.agree(mine, theirs);
            state.mixKey(secret);
            Arrays.fill(secret, (byte) 0);
        } catch (MalformedException e) {
            throw new HandshakeException(HandshakeException.Reason.MALFORMED, messageName() + e.getMessage(), e);
        }
    }

    private String messageName() {
        return "handshake message " + (done + 1) + ": ";
    }

    private void requireTurn(boolean first) {
        if (done == MESSAGES || first != (done % 2 == 0)) {
            throw new IllegalStateException("message " + (done + 1) + " of " + MESSAGES + " is not this side's");
        }
    }

    private DhKeyPair ephemeral() {
        if (ephemeralKeys == null) {
            throw new IllegalStateException("the handshake is over");
        }
        return ephemeralKeys;
    }

    private static byte[] proved(byte @Nullable [] key) {
        if (key == null) {
            throw new IllegalStateException("the other side's key is not there yet");
        }
        return key;
    }
}

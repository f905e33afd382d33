package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.Role;
import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import java.nio.ByteBuffer;

/**
 * The fourth message, and the first record of the session: the responder takes the initiator in or does not.
 *
 * <pre>
 *   0
 *   1 | session id 16 | role u8 | admin u8 | policy epoch varint | proof: length varint (0 or 32), bytes
 * </pre>
 */
sealed interface Verdict {
    int REFUSED = 0;
    int ACCEPTED = 1;
    int SESSION_ID_BYTES = 16;

    byte[] toBytes();

    /** Whatever the reason: who is not let in learns nothing of members and tokens. */
    record Refused() implements Verdict {
        @Override
        public byte[] toBytes() {
            return new byte[] {REFUSED};
        }
    }

    /** With the responder's proof if the initiator gave one, else with an empty one. */
    final class Accepted implements Verdict {
        private final byte[] sessionId;
        private final Grant grant;
        private final byte[] proof;

        Accepted(byte[] sessionId, Grant grant, byte[] proof) {
            this.sessionId = sessionId.clone();
            this.grant = grant;
            this.proof = proof.clone();
        }

        byte[] sessionId() {
            return sessionId.clone();
        }

        Grant grant() {
            return grant;
        }

        byte[] proof() {
            return proof.clone();
        }

        @Override
        public byte[] toBytes() {
            return new ByteWriter()
                    .u8(ACCEPTED)
                    .raw(sessionId)
                    .u8(grant.role() == Role.SERVER ? 1 : 0)
                    .u8(grant.admin() ? 1 : 0)
                    .varint(grant.policyEpoch())
                    .bytes(proof)
                    .toByteArray();
        }
    }

    static Verdict parse(byte[] bytes) throws MalformedException {
        ByteReader reader = new ByteReader(ByteBuffer.wrap(bytes));
        int kind = reader.u8("verdict");
        Verdict verdict = switch (kind) {
            case REFUSED -> new Refused();
            case ACCEPTED -> accepted(reader);
            default -> throw new MalformedException("verdict: " + kind + " (expected: 0 or 1)");
        };
        reader.end("verdict");
        return verdict;
    }

    private static Accepted accepted(ByteReader reader) throws MalformedException {
        byte[] sessionId = reader.raw(SESSION_ID_BYTES, "session id");
        Role role = flag(reader, "role") ? Role.SERVER : Role.CLIENT;
        boolean admin = flag(reader, "admin");
        long policyEpoch = reader.varint(Long.MAX_VALUE, "policy epoch");
        byte[] proof = reader.bytes(TokenVerifier.BYTES, "proof");
        return new Accepted(sessionId, new Grant(role, admin, policyEpoch), proof);
    }

    private static boolean flag(ByteReader reader, String what) throws MalformedException {
        int value = reader.u8(what);
        if (value > 1) {
            throw new MalformedException(what + ": " + value + " (expected: 0 or 1)");
        }
        return value == 1;
    }
}

package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import java.nio.ByteBuffer;

/**
 * One record of the membership log, signed, and bound to the record before it. Whether it counts is for
 * {@link Membership} to say.
 *
 * <pre>
 * u8 version | varint index | hash of the record before 32 | signer 16 | varint wall clock | change | signature 64
 * </pre>
 *
 * @param index 0 for the genesis, then without gaps
 * @param previous hash of the record before; zeros before the genesis
 * @param signer the admin, or the invitation that is used
 * @param atMillis wall clock of the signer; never before the record before
 */
public record MembershipRecord(
        long index, Bytes previous, NodeId signer, long atMillis, MembershipChange change, Bytes signature) {
    /** Longest record: 10,000 cuts and 10,000 keys of at most 64 bytes each, and a card. */
    public static final int BYTES_MAX = 2 * 10_000 * 64 + NodeCard.BYTES_MAX + 1024;

    /** What stands for the record before the genesis. */
    public static final Bytes NOTHING_BEFORE = Bytes.of(new byte[Sha256.BYTES]);

    private static final int VERSION = 1;

    public MembershipRecord {
        previous.requireLength(Sha256.BYTES, "hash of a record");
        signature.requireLength(Ed25519.SIGNATURE_BYTES, "signature");
        if (index < 0 || atMillis < 0) {
            throw new IllegalArgumentException(
                    "membership record " + index + " at " + atMillis + " (expected: both >= 0)");
        }
    }

    /** The first record of a database, made by its founder. */
    public static MembershipRecord genesis(MembershipChange.Genesis genesis, NodeKeys founder, long nowMillis) {
        byte[] message = message(0, NOTHING_BEFORE, founder.nodeId(), nowMillis, genesis);
        return new MembershipRecord(0, NOTHING_BEFORE, founder.nodeId(), nowMillis, genesis, founder.sign(message));
    }

    /** The next record after this state, by an admin. */
    public static MembershipRecord next(Membership state, MembershipChange change, NodeKeys admin, long nowMillis) {
        long index = state.index() + 1;
        long at = Math.max(nowMillis, state.atMillis());
        byte[] message = message(index, state.hash(), admin.nodeId(), at, change);
        return new MembershipRecord(index, state.hash(), admin.nodeId(), at, change, admin.sign(message));
    }

    /** The next record after this state, by the one who was invited: its card, countersigned with the invitation. */
    public static MembershipRecord join(Membership state, NodeCard card, InvitationKey invitation, long nowMillis) {
        long index = state.index() + 1;
        long at = Math.max(nowMillis, state.atMillis());
        MembershipChange change = new MembershipChange.Join(card);
        byte[] message = message(index, state.hash(), invitation.id(), at, change);
        return new MembershipRecord(index, state.hash(), invitation.id(), at, change, invitation.sign(message));
    }

    /** Reads a record that fills the bytes. Cards in it are checked, its own signature is not. */
    public static MembershipRecord read(byte[] encoded) throws MalformedException, ForgedException {
        if (encoded.length > BYTES_MAX) {
            throw new MalformedException(
                    "membership record of " + encoded.length + " bytes (expected: <= " + BYTES_MAX + ")");
        }
        ByteReader in = new ByteReader(ByteBuffer.wrap(encoded));
        int version = in.u8("version of a membership record");
        if (version != VERSION) {
            throw new MalformedException("version of a membership record: " + version + " (expected: " + VERSION + ")");
        }
        try {
            long index = in.varint(Long.MAX_VALUE, "index of a membership record");
            Bytes previous = Bytes.of(in.raw(Sha256.BYTES, "hash of the record before"));
            NodeId signer = NodeId.of(in.raw(NodeId.BYTES, "signer"));
            long at = in.varint(Long.MAX_VALUE, "time of a membership record");
            MembershipChange change = MembershipChangeCodec.read(in);
            Bytes signature = Bytes.of(in.raw(Ed25519.SIGNATURE_BYTES, "signature of a membership record"));
            in.end("membership record");
            return new MembershipRecord(index, previous, signer, at, change, signature);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("membership record: " + e.getMessage(), e);
        }
    }

    public byte[] toBytes() {
        return new ByteWriter()
                .raw(unsigned(index, previous, signer, atMillis, change))
                .raw(signature.toArray())
                .toByteArray();
    }

    /** Names this record and, through the chain, all before it. */
    public Bytes hash() {
        return Bytes.sha256(toBytes());
    }

    boolean isSignedWith(Bytes signatureKey) {
        return Ed25519.verify(
                signatureKey.toArray(), message(index, previous, signer, atMillis, change), signature.toArray());
    }

    private static byte[] message(long index, Bytes previous, NodeId signer, long atMillis, MembershipChange change) {
        Label label = change instanceof MembershipChange.Join ? Label.JOIN : Label.MEMBER;
        return label.with(unsigned(index, previous, signer, atMillis, change));
    }

    private static byte[] unsigned(long index, Bytes previous, NodeId signer, long atMillis, MembershipChange change) {
        ByteWriter out = new ByteWriter()
                .u8(VERSION)
                .varint(index)
                .raw(previous.toArray())
                .raw(signer.toBytes())
                .varint(atMillis);
        MembershipChangeCodec.write(out, change);
        return out.toByteArray();
    }
}

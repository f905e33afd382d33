package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A group key on its way to those who may have it: wrapped for each of them, and the key before it sealed under it.
 * Signed by the member who wrapped it; that the key counts is said by its announcement in the membership log. There may
 * be several records of one key: one for its first recipients, others for who came later.
 *
 * <pre>
 * u8 version | database 16 | scope 16 | varint epoch | commitment 32 | varint index and hash 32 of a membership record
 *   | wrapper 16 | u8 0, or 1 and: varint epoch, commitment 32, nonce 24, sealed key 48
 *   | count, each: recipient 16, wrapped key 113 | signature 64
 * </pre>
 *
 * @param membershipIndex the record up to which recipients were known
 * @param membershipHash hash of that record
 * @param wrapper the member who signed
 * @param previous the key of the epoch before; none for the first
 * @param wraps the key by recipient
 */
public record KeyRecord(
        Bytes databaseId,
        Bytes scope,
        long epoch,
        Bytes commit,
        long membershipIndex,
        Bytes membershipHash,
        NodeId wrapper,
        Optional<PreviousKey> previous,
        Map<NodeId, Bytes> wraps,
        Bytes signature) {
    /** Most recipients: all members and all invitations. */
    static final int WRAPS_MAX = 2 * MembershipRules.MEMBERS_MAX;

    static final int WRAP_BYTES = GroupKey.BYTES + Hpke.OVERHEAD_BYTES;

    /** Longest record: all recipients, and what is before them. */
    public static final int BYTES_MAX = WRAPS_MAX * (NodeId.BYTES + WRAP_BYTES) + 512;

    private static final int VERSION = 1;

    public KeyRecord {
        wraps = Map.copyOf(wraps);
        databaseId.requireLength(DatabaseIdentity.BYTES, "database id");
        scope.requireLength(GroupKey.SCOPE_BYTES, "scope");
        commit.requireLength(GroupKey.COMMIT_BYTES, "commitment");
        membershipHash.requireLength(Sha256.BYTES, "hash of a record");
        signature.requireLength(Ed25519.SIGNATURE_BYTES, "signature");
        GroupKey.checkEpoch(epoch);
    }

    /** The key of an epoch before, sealed under the one of the record. */
    public record PreviousKey(long epoch, Bytes commit, Bytes nonce, Bytes sealed) {
        public PreviousKey {
            GroupKey.checkEpoch(epoch);
            commit.requireLength(GroupKey.COMMIT_BYTES, "commitment");
            nonce.requireLength(XAes256Gcm.NONCE_BYTES, "nonce");
            sealed.requireLength(GroupKey.BYTES + XAes256Gcm.TAG_BYTES, "sealed key");
        }
    }

    KeyRecord signed(NodeKeys keys) {
        return new KeyRecord(
                databaseId,
                scope,
                epoch,
                commit,
                membershipIndex,
                membershipHash,
                wrapper,
                previous,
                wraps,
                keys.sign(Label.KEY.with(unsigned())));
    }

    boolean isSignedBy(NodeCard card) {
        return card.verifies(Label.KEY.with(unsigned()), signature);
    }

    public byte[] toBytes() {
        return new ByteWriter().raw(unsigned()).raw(signature.toArray()).toByteArray();
    }

    private byte[] unsigned() {
        ByteWriter out = new ByteWriter(512 + wraps.size() * (NodeId.BYTES + WRAP_BYTES));
        out.u8(VERSION).raw(databaseId.toArray()).raw(scope.toArray());
        out.varint(epoch).raw(commit.toArray());
        out.varint(membershipIndex).raw(membershipHash.toArray());
        out.raw(wrapper.toBytes()).u8(previous.isPresent() ? 1 : 0);
        previous.ifPresent(key -> {
            out.varint(key.epoch()).raw(key.commit().toArray());
            out.raw(key.nonce().toArray()).raw(key.sealed().toArray());
        });
        out.varint(wraps.size());
        new TreeMap<>(wraps).forEach((node, wrap) -> out.raw(node.toBytes()).raw(wrap.toArray()));
        return out.toByteArray();
    }

    /** Reads a record that fills the bytes. Its signature is not checked. */
    public static KeyRecord read(byte[] encoded) throws MalformedException {
        if (encoded.length > BYTES_MAX) {
            throw new MalformedException("key record of " + encoded.length + " bytes (expected: <= " + BYTES_MAX + ")");
        }
        ByteReader in = new ByteReader(ByteBuffer.wrap(encoded));
        int version = in.u8("version of a key record");
        if (version != VERSION) {
            throw new MalformedException("version of a key record: " + version + " (expected: " + VERSION + ")");
        }
        try {
            return readBody(in);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("key record: " + e.getMessage(), e);
        }
    }

    private static KeyRecord readBody(ByteReader in) throws MalformedException {
        Bytes databaseId = Bytes.of(in.raw(DatabaseIdentity.BYTES, "database id"));
        Bytes scope = Bytes.of(in.raw(GroupKey.SCOPE_BYTES, "scope"));
        long epoch = in.varint("epoch");
        Bytes commit = Bytes.of(in.raw(GroupKey.COMMIT_BYTES, "commitment"));
        long index = in.varint(Long.MAX_VALUE, "index of a membership record");
        Bytes hash = Bytes.of(in.raw(Sha256.BYTES, "hash of a membership record"));
        NodeId wrapper = NodeId.of(in.raw(NodeId.BYTES, "wrapper"));
        Optional<PreviousKey> previous = readPrevious(in);
        Map<NodeId, Bytes> wraps = readWraps(in);
        Bytes signature = Bytes.of(in.raw(Ed25519.SIGNATURE_BYTES, "signature of a key record"));
        in.end("key record");
        return new KeyRecord(databaseId, scope, epoch, commit, index, hash, wrapper, previous, wraps, signature);
    }

    private static Optional<PreviousKey> readPrevious(ByteReader in) throws MalformedException {
        int present = in.u8("previous key");
        if (present > 1) {
            throw new MalformedException("previous key: " + present + " (expected: 0 or 1)");
        }
        if (present == 0) {
            return Optional.empty();
        }
        return Optional.of(new PreviousKey(
                in.varint("epoch of the previous key"),
                Bytes.of(in.raw(GroupKey.COMMIT_BYTES, "commitment of the previous key")),
                Bytes.of(in.raw(XAes256Gcm.NONCE_BYTES, "nonce of the previous key")),
                Bytes.of(in.raw(GroupKey.BYTES + XAes256Gcm.TAG_BYTES, "previous key"))));
    }

    private static Map<NodeId, Bytes> readWraps(ByteReader in) throws MalformedException {
        int count = in.count(NodeId.BYTES + WRAP_BYTES, WRAPS_MAX, "wrapped keys");
        TreeMap<NodeId, Bytes> wraps = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            NodeId node = NodeId.of(in.raw(NodeId.BYTES, "recipient"));
            if (i > 0 && wraps.lastKey().compareTo(node) >= 0) {
                throw new MalformedException("recipient " + node + " out of order (expected: each once, ascending)");
            }
            wraps.put(node, Bytes.of(in.raw(WRAP_BYTES, "wrapped key")));
        }
        return wraps;
    }
}

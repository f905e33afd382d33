package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Wraps a group key for its recipients, and opens what was wrapped. Stateless; any thread may call it. */
final class KeyWrapping {
    private KeyWrapping() {}

    /**
     * A record that brings the key to these recipients.
     *
     * @param previous the key of the epoch before, which the recipients get too
     * @param recipients their sealing keys
     */
    static KeyRecord wrap(
            GroupKey key,
            Optional<GroupKey> previous,
            Membership state,
            Map<NodeId, Bytes> recipients,
            NodeKeys wrapper,
            SecureRandom random) {
        byte[] secret = key.toSecretBytes();
        try {
            Map<NodeId, Bytes> wraps = new TreeMap<>();
            byte[] additional = additional(state.hash(), key.commit());
            recipients.forEach((node, sealingKey) -> {
                byte[] info = info(key.database(), key.scope(), key.epoch(), node, wrapper.nodeId());
                wraps.put(node, Bytes.of(Hpke.seal(sealingKey, info, additional, secret, random)));
            });
            KeyRecord unsigned = new KeyRecord(
                    key.database().id(),
                    key.scope(),
                    key.epoch(),
                    key.commit(),
                    state.index(),
                    state.hash(),
                    wrapper.nodeId(),
                    previous.map(before -> sealPrevious(key, before, random)),
                    wraps,
                    Bytes.of(new byte[Ed25519.SIGNATURE_BYTES]));
            return unsigned.signed(wrapper);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** The key of the record, as wrapped for this recipient. */
    static GroupKey unwrap(DatabaseIdentity database, KeyRecord record, Bytes wrap, NodeId node, P256Pair keys)
            throws ForgedException {
        byte[] info = info(database, record.scope(), record.epoch(), node, record.wrapper());
        byte[] additional = additional(record.membershipHash(), record.commit());
        byte[] secret = Hpke.open(keys, info, additional, wrap.toArray());
        return opened(database, record.scope(), record.epoch(), secret, record.commit());
    }

    /** The key of an epoch before, which only who has the key itself can open. */
    static GroupKey openPrevious(GroupKey key, KeyRecord.PreviousKey previous) throws ForgedException {
        byte[] additional = previousContext(key, previous.epoch(), previous.commit());
        byte[] secret = key.previous()
                .open(previous.nonce().toArray(), previous.sealed().toArray(), additional);
        return opened(key.database(), key.scope(), previous.epoch(), secret, previous.commit());
    }

    private static GroupKey opened(DatabaseIdentity database, Bytes scope, long epoch, byte[] secret, Bytes commit)
            throws ForgedException {
        try {
            return GroupKey.of(database, scope, epoch, secret, commit);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static KeyRecord.PreviousKey sealPrevious(GroupKey key, GroupKey before, SecureRandom random) {
        byte[] nonce = new byte[XAes256Gcm.NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] secret = before.toSecretBytes();
        try {
            byte[] additional = previousContext(key, before.epoch(), before.commit());
            byte[] sealed = key.previous().seal(nonce, secret, additional);
            return new KeyRecord.PreviousKey(before.epoch(), before.commit(), Bytes.of(nonce), Bytes.of(sealed));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] previousContext(GroupKey key, long epoch, Bytes commit) {
        byte[] context = GroupKey.context(key.database(), key.scope(), epoch);
        return Label.PREVIOUS.with(key.commit().toArray(), context, commit.toArray());
    }

    private static byte[] info(DatabaseIdentity database, Bytes scope, long epoch, NodeId node, NodeId wrapper) {
        byte[] nodes = ByteBuffer.allocate(2 * NodeId.BYTES)
                .put(node.toBytes())
                .put(wrapper.toBytes())
                .array();
        return Label.WRAP.with(GroupKey.context(database, scope, epoch), nodes);
    }

    private static byte[] additional(Bytes membershipHash, Bytes commit) {
        return Bytes.sha256(membershipHash.toArray(), commit.toArray()).toArray();
    }
}

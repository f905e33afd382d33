package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.Role;
import java.util.List;

/**
 * What one record of the membership log says. The mode of a database is in its genesis and nowhere else: it is for
 * life.
 */
public sealed interface MembershipChange {
    /** The database exists; its founder is its first admin. */
    record Genesis(DatabaseIdentity database, DatabaseMode mode, NodeCard founder, Role role)
            implements MembershipChange {}

    /** A node is a member now; a lapsed one is back. */
    record Add(NodeCard card, Rights rights) implements MembershipChange {}

    /** A member is none any more, for ever. What it could read gets new keys in the same record. */
    record Remove(NodeId node, List<Cut> cuts, List<KeyAnnouncement> keys) implements MembershipChange {
        public Remove {
            cuts = List.copyOf(cuts);
            keys = List.copyOf(keys);
        }
    }

    /** A member may do something else from now on. */
    record ChangeRights(NodeId node, Rights rights) implements MembershipChange {}

    /** A scope has a new key. */
    record KeyEpoch(KeyAnnouncement key) implements MembershipChange {}

    /** These are the hubs: the hashes of their static keys. */
    record Hubs(List<Bytes> pins) implements MembershipChange {
        public Hubs {
            pins = List.copyOf(pins);
            pins.forEach(pin -> pin.requireLength(Sha256.BYTES, "pin"));
        }
    }

    /** A member was silent for too long: nobody waits for it, and what it wrote in secret does not count. */
    record Lapse(NodeId node, List<Cut> cuts) implements MembershipChange {
        public Lapse {
            cuts = List.copyOf(cuts);
        }
    }

    /** Who has the private key of these may become a member, once. */
    record Invite(Bytes signatureKey, Bytes sealingKey, Rights rights, long expiresMillis) implements MembershipChange {
        public Invite {
            signatureKey.requireLength(Ed25519.PUBLIC_KEY_BYTES, "signature key");
            sealingKey.requireLength(Hpke.PUBLIC_KEY_BYTES, "sealing key");
            if (expiresMillis < 0) {
                throw new IllegalArgumentException("expires at " + expiresMillis + " (expected: >= 0)");
            }
        }

        /** Names the invitation. */
        public NodeId id() {
            return NodeCard.nodeId(signatureKey);
        }
    }

    /** The one who was invited is a member now. Signed with the invitation's key. */
    record Join(NodeCard card) implements MembershipChange {}

    /** An invitation is void. Keys that were wrapped for it are replaced in the same record. */
    record Withdraw(NodeId invitation, List<KeyAnnouncement> keys) implements MembershipChange {
        public Withdraw {
            keys = List.copyOf(keys);
        }
    }
}

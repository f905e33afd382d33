package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a {@link MembershipChange}: its type, then its fields in order. Stateless; any thread may call it. */
final class MembershipChangeCodec {
    /** Most cuts of one record: a node begins an origin when its files were put back, not each time it opens. */
    static final int CUTS_MAX = 10_000;

    /** Most scopes that get a new key in one record. */
    static final int KEYS_MAX = 10_000;

    static final int PINS_MAX = 16;

    /** The table of types. A code is part of the format: never change one, never use one again. */
    private static final int GENESIS = 1;

    private static final int ADD = 2;
    private static final int REMOVE = 3;
    private static final int CHANGE_RIGHTS = 4;
    private static final int KEY_EPOCH = 5;
    private static final int HUBS = 6;
    private static final int LAPSE = 7;
    private static final int INVITE = 8;
    private static final int JOIN = 9;
    private static final int WITHDRAW = 10;

    private static final int CUT_BYTES_MIN = OriginId.BYTES + 1;
    private static final int KEY_BYTES_MIN = GroupKey.SCOPE_BYTES + 1 + GroupKey.COMMIT_BYTES + 1;
    private static final int ADMIN = 2;

    private MembershipChangeCodec() {}

    static void write(ByteWriter out, MembershipChange change) {
        if (change instanceof MembershipChange.Genesis genesis) {
            out.u8(GENESIS).raw(genesis.database().id().toArray());
            out.raw(genesis.database().tag().toArray());
            out.u8(genesis.mode() == DatabaseMode.BLIND ? 0 : 1).u8(code(genesis.role()));
            out.raw(genesis.founder().toBytes());
        } else if (change instanceof MembershipChange.Add add) {
            write(out.u8(ADD), add.rights());
            out.raw(add.card().toBytes());
        } else if (change instanceof MembershipChange.Remove remove) {
            writeCuts(out.u8(REMOVE).raw(remove.node().toBytes()), remove.cuts());
            writeKeys(out, remove.keys());
        } else if (change instanceof MembershipChange.ChangeRights changeRights) {
            write(out.u8(CHANGE_RIGHTS).raw(changeRights.node().toBytes()), changeRights.rights());
        } else if (change instanceof MembershipChange.KeyEpoch epoch) {
            write(out.u8(KEY_EPOCH), epoch.key());
        } else if (change instanceof MembershipChange.Hubs hubs) {
            out.u8(HUBS).varint(hubs.pins().size());
            hubs.pins().forEach(pin -> out.raw(pin.toArray()));
        } else if (change instanceof MembershipChange.Lapse lapse) {
            writeCuts(out.u8(LAPSE).raw(lapse.node().toBytes()), lapse.cuts());
        } else if (change instanceof MembershipChange.Invite invite) {
            out.u8(INVITE).raw(invite.signatureKey().toArray());
            out.raw(invite.sealingKey().toArray()).varint(invite.expiresMillis());
            write(out, invite.rights());
        } else if (change instanceof MembershipChange.Join join) {
            out.u8(JOIN).raw(join.card().toBytes());
        } else if (change instanceof MembershipChange.Withdraw withdraw) {
            writeKeys(out.u8(WITHDRAW).raw(withdraw.invitation().toBytes()), withdraw.keys());
        }
    }

    static MembershipChange read(ByteReader in) throws MalformedException, ForgedException {
        int type = in.u8("type of a membership record");
        return switch (type) {
            case GENESIS -> readGenesis(in);
            case ADD -> {
                Rights rights = readRights(in);
                yield new MembershipChange.Add(NodeCard.readFrom(in), rights);
            }
            case REMOVE -> new MembershipChange.Remove(readNode(in), readCuts(in), readKeys(in));
            case CHANGE_RIGHTS -> new MembershipChange.ChangeRights(readNode(in), readRights(in));
            case KEY_EPOCH -> new MembershipChange.KeyEpoch(readKey(in));
            case HUBS -> readHubs(in);
            case LAPSE -> new MembershipChange.Lapse(readNode(in), readCuts(in));
            case INVITE -> readInvite(in);
            case JOIN -> new MembershipChange.Join(NodeCard.readFrom(in));
            case WITHDRAW -> new MembershipChange.Withdraw(readNode(in), readKeys(in));
            default ->
                throw new MalformedException("type of a membership record: " + type + " (expected: " + GENESIS + " to "
                        + WITHDRAW + "); a newer version may be able to read it");
        };
    }

    private static MembershipChange readGenesis(ByteReader in) throws MalformedException, ForgedException {
        Bytes id = Bytes.of(in.raw(DatabaseIdentity.BYTES, "database id"));
        Bytes tag = Bytes.of(in.raw(DatabaseIdentity.BYTES, "database tag"));
        int mode = choice(in, 1, "mode");
        Role role = role(choice(in, 1, "role"));
        return new MembershipChange.Genesis(
                new DatabaseIdentity(id, tag),
                mode == 0 ? DatabaseMode.BLIND : DatabaseMode.SMART,
                NodeCard.readFrom(in),
                role);
    }

    private static MembershipChange readInvite(ByteReader in) throws MalformedException {
        Bytes signatureKey = Bytes.of(in.raw(Ed25519.PUBLIC_KEY_BYTES, "signature key of an invitation"));
        Bytes sealingKey = Bytes.of(in.raw(Hpke.PUBLIC_KEY_BYTES, "sealing key of an invitation"));
        P256.check(sealingKey.toArray());
        long expires = in.varint(Long.MAX_VALUE, "end of an invitation");
        return new MembershipChange.Invite(signatureKey, sealingKey, readRights(in), expires);
    }

    private static MembershipChange readHubs(ByteReader in) throws MalformedException {
        int count = in.count(Sha256.BYTES, PINS_MAX, "pins");
        List<Bytes> pins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pins.add(Bytes.of(in.raw(Sha256.BYTES, "pin")));
        }
        return new MembershipChange.Hubs(pins);
    }

    /** The role and whether it is an admin in one byte, then the end, 0 for none. */
    private static void write(ByteWriter out, Rights rights) {
        out.u8(code(rights.role()) | (rights.admin() ? ADMIN : 0));
        out.varint(rights.notAfterMillis() == Rights.ENDLESS ? 0 : rights.notAfterMillis() + 1);
    }

    private static Rights readRights(ByteReader in) throws MalformedException {
        int flags = choice(in, ADMIN + 1, "role");
        long end = in.varint(Long.MAX_VALUE, "end of rights");
        return new Rights(role(flags & 1), (flags & ADMIN) != 0, end == 0 ? Rights.ENDLESS : end - 1);
    }

    private static void writeCuts(ByteWriter out, List<Cut> cuts) {
        out.varint(cuts.size());
        cuts.forEach(cut -> out.raw(cut.origin().toBytes()).varint(cut.finalSeq()));
    }

    private static List<Cut> readCuts(ByteReader in) throws MalformedException {
        int count = in.count(CUT_BYTES_MIN, CUTS_MAX, "cuts");
        List<Cut> cuts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            OriginId origin = OriginId.of(in.raw(OriginId.BYTES, "origin of a cut"));
            cuts.add(new Cut(origin, in.varint(Long.MAX_VALUE, "final number of a cut")));
        }
        return cuts;
    }

    private static void writeKeys(ByteWriter out, List<KeyAnnouncement> keys) {
        out.varint(keys.size());
        keys.forEach(key -> write(out, key));
    }

    private static List<KeyAnnouncement> readKeys(ByteReader in) throws MalformedException {
        int count = in.count(KEY_BYTES_MIN, KEYS_MAX, "announced keys");
        List<KeyAnnouncement> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(readKey(in));
        }
        return keys;
    }

    private static void write(ByteWriter out, KeyAnnouncement key) {
        out.raw(key.scope().toArray()).varint(key.epoch());
        out.raw(key.commit().toArray()).varint(key.wrappedAt());
    }

    private static KeyAnnouncement readKey(ByteReader in) throws MalformedException {
        Bytes scope = Bytes.of(in.raw(GroupKey.SCOPE_BYTES, "scope"));
        long epoch = in.varint(0xFFFF_FFFFL, "epoch");
        Bytes commit = Bytes.of(in.raw(GroupKey.COMMIT_BYTES, "commitment"));
        return new KeyAnnouncement(scope, epoch, commit, in.varint(Long.MAX_VALUE, "index of a record"));
    }

    private static NodeId readNode(ByteReader in) throws MalformedException {
        return NodeId.of(in.raw(NodeId.BYTES, "node"));
    }

    private static int choice(ByteReader in, int max, String what) throws MalformedException {
        int value = in.u8(what);
        if (value > max) {
            throw new MalformedException(what + ": " + value + " (expected: 0 to " + max + ")");
        }
        return value;
    }

    private static int code(Role role) {
        return role == Role.SERVER ? 0 : 1;
    }

    private static Role role(int code) {
        return code == 0 ? Role.SERVER : Role.CLIENT;
    }
}

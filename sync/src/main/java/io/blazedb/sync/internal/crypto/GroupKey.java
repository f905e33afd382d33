package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.OriginId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;

/**
 * What the members of a scope share for one epoch: 32 random bytes, from which the key of every purpose follows. Its
 * commitment is public and fits this key only, so nobody can hand out two keys under one name. Whoever made it closes
 * it, which wipes it. Any thread may use it until then.
 */
public final class GroupKey implements AutoCloseable {
    public static final int BYTES = 32;
    public static final int SCOPE_BYTES = 16;
    public static final int COMMIT_BYTES = 32;
    public static final int KEY_ID_BYTES = 16;
    public static final int TAG_BYTES = 16;

    /** The scope of what belongs to no team. */
    public static final Bytes EVERYONE = Bytes.of(new byte[SCOPE_BYTES]);

    /** The key to seal with comes first: the highest epoch, and of two of one epoch the smaller id. */
    static final Comparator<GroupKey> NEWEST_FIRST =
            Comparator.comparingLong(GroupKey::epoch).reversed().thenComparing(GroupKey::keyId);

    private static final long EPOCH_MAX = 0xFFFF_FFFFL;

    private final DatabaseIdentity database;
    private final Bytes scope;
    private final long epoch;
    private final byte[] secret;
    private final byte[] root;
    private final Bytes commit;
    private final Bytes scopeTag;

    private GroupKey(DatabaseIdentity database, Bytes scope, long epoch, byte[] secret) {
        scope.requireLength(SCOPE_BYTES, "scope");
        checkEpoch(epoch);
        this.database = database;
        this.scope = scope;
        this.epoch = epoch;
        this.secret = secret;
        this.root = Hkdf.extract(context(database, scope, epoch), secret);
        this.commit = Bytes.of(derived(Label.COMMIT.with()));
        this.scopeTag = tag(scope);
    }

    static GroupKey generate(DatabaseIdentity database, Bytes scope, long epoch, SecureRandom random) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return new GroupKey(database, scope, epoch, secret);
    }

    /** The key with these bytes, if it is the one of that commitment. The bytes are copied. */
    static GroupKey of(DatabaseIdentity database, Bytes scope, long epoch, byte[] secret, Bytes commit)
            throws ForgedException {
        if (secret.length != BYTES) {
            throw new ForgedException("group key of " + secret.length + " bytes (expected: " + BYTES + ")");
        }
        GroupKey key = new GroupKey(database, scope, epoch, secret.clone());
        if (!key.commit.equals(commit)) {
            key.close();
            throw new ForgedException("group key of epoch " + epoch + " that is not the one announced");
        }
        return key;
    }

    static void checkEpoch(long epoch) {
        if (epoch < 1 || epoch > EPOCH_MAX) {
            throw new IllegalArgumentException("epoch " + epoch + " (expected: 1 to " + EPOCH_MAX + ")");
        }
    }

    /** Database id 16, scope 16, u32 epoch. */
    static byte[] context(DatabaseIdentity database, Bytes scope, long epoch) {
        return ByteBuffer.allocate(DatabaseIdentity.BYTES + SCOPE_BYTES + Integer.BYTES)
                .put(database.id().toArray())
                .put(scope.toArray())
                .putInt((int) epoch)
                .array();
    }

    public DatabaseIdentity database() {
        return database;
    }

    public Bytes scope() {
        return scope;
    }

    public long epoch() {
        return epoch;
    }

    /** What the key can be recognised by, 32 bytes, public. */
    public Bytes commit() {
        return commit;
    }

    /** The first half of the commitment: the name of the key in envelopes. */
    public Bytes keyId() {
        return commit.first(KEY_ID_BYTES);
    }

    /** What a hub sees of the scope, in this epoch. */
    public Bytes scopeTag() {
        return scopeTag;
    }

    /** Seals and opens the envelopes of one origin. */
    public XAes256Gcm envelopes(OriginId origin) {
        return cipher(Label.ENVELOPE.with(origin.toBytes()));
    }

    public XAes256Gcm snapshots() {
        return cipher(Label.SNAPSHOT.with());
    }

    public XAes256Gcm blobs() {
        return cipher(Label.BLOB.with());
    }

    /** The key of row fingerprints, 32 bytes. The caller wipes it. */
    public byte[] digestKey() {
        return derived(Label.DIGEST.with());
    }

    /** Seals the key of the epoch before under this one. */
    XAes256Gcm previous() {
        return cipher(Label.PREVIOUS.with());
    }

    /** The bytes themselves, to be wrapped. The caller wipes them. */
    byte[] toSecretBytes() {
        return secret.clone();
    }

    private Bytes tag(Bytes name) {
        byte[] key = derived(Label.ROUTE.with());
        try {
            return Bytes.of(Hmac.sha256(key, name.toArray())).first(TAG_BYTES);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private XAes256Gcm cipher(byte[] info) {
        byte[] key = derived(info);
        try {
            return new XAes256Gcm(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private byte[] derived(byte[] info) {
        return Hkdf.expand(root, info, BYTES);
    }

    @Override
    public void close() {
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(root, (byte) 0);
    }

    @Override
    public String toString() {
        return "group key " + keyId() + " of epoch " + epoch;
    }
}

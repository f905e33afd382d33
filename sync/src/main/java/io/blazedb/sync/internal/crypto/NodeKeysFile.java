package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * The file with a node's private keys, for its owner only, and sealed where the database has a key of its own.
 *
 * <pre>
 * "BZNK" | u8 version | u8 0: the keys, SHA-256 of all before 32
 *                          1: nonce 24, the keys sealed, all before as additional data
 * </pre>
 *
 * <p>Stateless; any thread may call it.
 */
public final class NodeKeysFile {
    private static final byte[] MAGIC = {'B', 'Z', 'N', 'K'};
    private static final int VERSION = 1;
    private static final int CLEAR = 0;
    private static final int SEALED = 1;
    private static final int BYTES_MAX = 1024;

    private NodeKeysFile() {}

    /**
     * Writes the keys, replacing what was there.
     *
     * @param sealing the key of {@link MasterKey#identityKey}, for a database that is encrypted
     */
    public static void write(Path file, NodeKeys keys, Optional<XAes256Gcm> sealing, SecureRandom random)
            throws IOException {
        byte[] secret = keys.toSecretBytes();
        ByteWriter out = new ByteWriter(BYTES_MAX).raw(MAGIC).u8(VERSION);
        if (sealing.isPresent()) {
            byte[] nonce = new byte[XAes256Gcm.NONCE_BYTES];
            random.nextBytes(nonce);
            out.u8(SEALED).raw(nonce);
            out.raw(sealing.get().seal(nonce, secret, Label.KEYS_FILE.with(out.toByteArray())));
        } else {
            out.u8(CLEAR).raw(secret);
            out.raw(Bytes.sha256(out.toByteArray()).toArray());
        }
        byte[] content = out.toByteArray();
        try {
            SecretFile.write(file, content);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(content, (byte) 0);
            out.clear();
            out.raw(new byte[content.length]);
        }
    }

    /**
     * Reads the keys.
     *
     * @param sealing as it was written with
     */
    public static NodeKeys read(Path file, Optional<XAes256Gcm> sealing) throws IOException {
        byte[] content = SecretFile.read(file, BYTES_MAX);
        try {
            return parse(content, sealing);
        } catch (MalformedException | ForgedException e) {
            throw new IOException(
                    file + " is damaged, or of another database: " + e.getMessage()
                            + "; put it back from a backup, or make new keys and join again",
                    e);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static NodeKeys parse(byte[] content, Optional<XAes256Gcm> sealing)
            throws MalformedException, ForgedException {
        ByteReader in = new ByteReader(ByteBuffer.wrap(content));
        if (!Arrays.equals(in.raw(MAGIC.length, "file"), MAGIC)) {
            throw new MalformedException("it does not begin with BZNK");
        }
        int version = in.u8("version");
        int form = in.u8("form");
        if (version != VERSION || form != (sealing.isPresent() ? SEALED : CLEAR)) {
            throw new MalformedException("version " + version + ", form " + form + " (expected: version " + VERSION
                    + ", form " + (sealing.isPresent() ? SEALED : CLEAR) + ")");
        }
        byte[] secret = sealing.isPresent() ? unsealed(in, content, sealing.get()) : clear(in, content);
        in.end("file");
        try {
            return NodeKeys.fromSecretBytes(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] unsealed(ByteReader in, byte[] content, XAes256Gcm sealing)
            throws MalformedException, ForgedException {
        byte[] nonce = in.raw(XAes256Gcm.NONCE_BYTES, "nonce");
        byte[] before = Arrays.copyOf(content, content.length - in.remaining());
        byte[] sealed = in.raw(NodeKeys.BYTES + XAes256Gcm.TAG_BYTES, "sealed keys");
        return sealing.open(nonce, sealed, Label.KEYS_FILE.with(before));
    }

    private static byte[] clear(ByteReader in, byte[] content) throws MalformedException, ForgedException {
        byte[] secret = in.raw(NodeKeys.BYTES, "keys");
        byte[] before = Arrays.copyOf(content, content.length - in.remaining());
        if (!Bytes.sha256(before).equals(Bytes.of(in.raw(Sha256.BYTES, "checksum")))) {
            throw new ForgedException("its checksum does not fit");
        }
        Arrays.fill(before, (byte) 0);
        return secret;
    }
}

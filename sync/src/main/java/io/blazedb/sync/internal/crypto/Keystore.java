package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The file that holds the master key of an encrypted database, wrapped with a key made of the password. A new password
 * wraps the same master key anew, so nothing else has to be written again.
 *
 * <pre>
 * "BZKS" | u8 version | varint KiB of memory, iterations, lanes | salt 16 | nonce 24 | master key, sealed 48
 * </pre>
 *
 * <p>All before the sealed key is authenticated with it. Any thread may call it, one at a time for one file.
 */
public final class Keystore {
    private static final byte[] MAGIC = {'B', 'Z', 'K', 'S'};
    private static final int VERSION = 1;
    private static final int SALT_BYTES = 16;
    private static final int BYTES_MAX = 256;

    private final Path file;

    public Keystore(Path file) {
        this.file = file;
    }

    public boolean exists() {
        return Files.exists(file);
    }

    /** Makes a master key and the file. There must be none: its key would be lost, and the database with it. */
    public MasterKey create(char[] password, PasswordCost cost, SecureRandom random) throws IOException {
        if (exists()) {
            throw new FileAlreadyExistsException(file.toString());
        }
        byte[] secret = new byte[MasterKey.BYTES];
        random.nextBytes(secret);
        MasterKey key = new MasterKey(secret);
        write(key, password, cost, random);
        return key;
    }

    /** The master key. A wrong password and a changed file are one error. */
    public MasterKey open(char[] password) throws IOException, WrongPasswordException {
        byte[] content = SecretFile.read(file, BYTES_MAX);
        ByteReader in = new ByteReader(ByteBuffer.wrap(content));
        try {
            if (!Arrays.equals(in.raw(MAGIC.length, "file"), MAGIC)) {
                throw new MalformedException("it does not begin with BZKS");
            }
            int version = in.u8("version");
            if (version != VERSION) {
                throw new MalformedException("version " + version + " (expected: " + VERSION + ")");
            }
            PasswordCost cost = readCost(in);
            byte[] salt = in.raw(SALT_BYTES, "salt");
            byte[] nonce = in.raw(XAes256Gcm.NONCE_BYTES, "nonce");
            byte[] before = Arrays.copyOf(content, content.length - in.remaining());
            byte[] sealed = in.raw(MasterKey.BYTES + XAes256Gcm.TAG_BYTES, "sealed key");
            in.end("file");
            return new MasterKey(wrapping(password, salt, cost).open(nonce, sealed, before));
        } catch (MalformedException e) {
            throw new IOException(file + " is damaged: " + e.getMessage() + "; put it back from a backup", e);
        } catch (ForgedException e) {
            throw new WrongPasswordException(); // the cause would say which of the two it was
        }
    }

    /** Gives the file another password. The database and its files stay as they are. */
    public void changePassword(char[] from, char[] to, PasswordCost cost, SecureRandom random)
            throws IOException, WrongPasswordException {
        try (MasterKey key = open(from)) {
            write(key, to, cost, random);
        }
    }

    private void write(MasterKey key, char[] password, PasswordCost cost, SecureRandom random) throws IOException {
        byte[] salt = new byte[SALT_BYTES];
        byte[] nonce = new byte[XAes256Gcm.NONCE_BYTES];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        ByteWriter out = new ByteWriter(BYTES_MAX).raw(MAGIC).u8(VERSION);
        out.varint(cost.memoryKib()).varint(cost.iterations()).varint(cost.lanes());
        out.raw(salt).raw(nonce);
        byte[] secret = key.toSecretBytes();
        try {
            out.raw(wrapping(password, salt, cost).seal(nonce, secret, out.toByteArray()));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
        SecretFile.write(file, out.toByteArray());
    }

    private static PasswordCost readCost(ByteReader in) throws MalformedException {
        int memory = (int) in.varint(Integer.MAX_VALUE, "memory");
        int iterations = (int) in.varint(Integer.MAX_VALUE, "iterations");
        int lanes = (int) in.varint(Integer.MAX_VALUE, "lanes");
        try {
            return new PasswordCost(memory, iterations, lanes);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(e.getMessage() == null ? "password cost" : e.getMessage(), e);
        }
    }

    private static XAes256Gcm wrapping(char[] password, byte[] salt, PasswordCost cost) {
        byte[] utf8 = utf8(password);
        byte[] key = Argon2id.key(utf8, salt, cost, XAes256Gcm.KEY_BYTES);
        try {
            return new XAes256Gcm(key);
        } finally {
            Arrays.fill(utf8, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] utf8(char[] password) {
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        byte[] space = new byte[(int) Math.ceil(password.length * (double) encoder.maxBytesPerChar())];
        ByteBuffer encoded = ByteBuffer.wrap(space);
        if (encoder.encode(CharBuffer.wrap(password), encoded, true).isError()) {
            throw new IllegalArgumentException("password with half of a surrogate pair (expected: Unicode)");
        }
        byte[] utf8 = Arrays.copyOf(space, encoded.position());
        Arrays.fill(space, (byte) 0);
        return utf8;
    }
}

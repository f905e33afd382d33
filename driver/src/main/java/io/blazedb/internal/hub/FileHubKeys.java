package io.blazedb.internal.hub;

import io.blazedb.SqlState;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys in files of the directory {@code keys}: {@code agreement.key} and {@code agreement.pub} for handshakes (P-256),
 * {@code owner.key} from which the passwords of the owners of smart databases follow. They are as safe as the disk is.
 */
final class FileHubKeys implements HubKeys {
    /** Those of this class. */
    static final Source SOURCE = new Files0600();

    private static final int OWNER_BYTES = 32;
    private static final int COORDINATE_BYTES = 32;
    private static final byte UNCOMPRESSED = 4;

    private final String pin;
    private final SecretKeySpec owner;

    private FileHubKeys(ECPublicKey agreement, byte[] owner) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(uncompressed(agreement));
        this.pin = "sha256/" + Base64.getEncoder().encodeToString(hash);
        this.owner = new SecretKeySpec(owner, "HmacSHA256");
    }

    /** The 65 bytes of SEC 1: 4, x, y. */
    private static byte[] uncompressed(ECPublicKey key) {
        byte[] bytes = new byte[1 + 2 * COORDINATE_BYTES];
        bytes[0] = UNCOMPRESSED;
        put(key.getW().getAffineX(), bytes, 1);
        put(key.getW().getAffineY(), bytes, 1 + COORDINATE_BYTES);
        return bytes;
    }

    private static void put(BigInteger number, byte[] target, int offset) {
        byte[] bytes = number.toByteArray();
        int count = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - count, target, offset + COORDINATE_BYTES - count, count);
    }

    @Override
    public String pin() {
        return pin;
    }

    @Override
    public String secretFor(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(owner);
            return HexFormat.of().formatHex(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC", e);
        }
    }

    private static final class Files0600 implements Source {
        @Override
        public HubKeys make(HubDirectory directory) throws SQLException {
            Path keys = directory.keys();
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                KeyPair pair = generator.generateKeyPair();
                byte[] owner = new byte[OWNER_BYTES];
                new SecureRandom().nextBytes(owner);
                write(keys.resolve("owner.key"), owner);
                write(keys.resolve("agreement.key"), pair.getPrivate().getEncoded());
                PrivateFiles.write(
                        keys.resolve("agreement.pub"), pair.getPublic().getEncoded());
                return read(directory);
            } catch (IOException e) {
                throw directory.failed(keys, e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every JDK has P-256", e);
            }
        }

        private static void write(Path file, byte[] secret) throws IOException {
            PrivateFiles.write(file, secret);
            Arrays.fill(secret, (byte) 0);
        }

        @Override
        public HubKeys read(HubDirectory directory) throws SQLException {
            Path keys = directory.keys();
            try {
                KeyFactory factory = KeyFactory.getInstance("EC");
                byte[] secret = Files.readAllBytes(keys.resolve("agreement.key"));
                factory.generatePrivate(new PKCS8EncodedKeySpec(secret));
                Arrays.fill(secret, (byte) 0);
                byte[] agreement = Files.readAllBytes(keys.resolve("agreement.pub"));
                byte[] owner = Files.readAllBytes(keys.resolve("owner.key"));
                if (owner.length != OWNER_BYTES) {
                    throw SqlState.KEY.error(keys.resolve("owner.key") + " has " + owner.length + " bytes (expected: "
                            + OWNER_BYTES + "). Remedy: put back the directory keys from a backup");
                }
                return new FileHubKeys((ECPublicKey) factory.generatePublic(new X509EncodedKeySpec(agreement)), owner);
            } catch (IOException e) {
                throw directory.failed(keys, e);
            } catch (GeneralSecurityException e) {
                throw SqlState.KEY.error(
                        "A file in " + keys + " is no key of a hub (expected: what hub init made)."
                                + " Remedy: put back the directory from a backup",
                        e);
            }
        }
    }
}

package io.blazedb.internal.hub;

import io.blazedb.SqlState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate of the operator's, with those it was issued by, and its private key: PEM, the key in PKCS #8. In the
 * hub's directory they are {@code keys/tls.pem} and {@code keys/tls.key}.
 */
public record HubCertificate(Path chain, Path key) {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final byte[] PROBE = "blz1/certificate".getBytes(StandardCharsets.US_ASCII);

    /** Copies them into the directory, if they belong together. */
    void install(HubDirectory directory) throws SQLException {
        byte[] certificates = read(chain);
        byte[] secret = read(key);
        try {
            requireMatch(first(certificates), secret);
            PrivateFiles.write(directory.keys().resolve("tls.key"), secret);
            PrivateFiles.write(directory.keys().resolve("tls.pem"), certificates);
        } catch (IOException e) {
            throw directory.failed(directory.keys(), e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] read(Path file) throws SQLException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw SqlState.STORAGE.error("The file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Certificate first(byte[] certificates) throws SQLException {
        try {
            Collection<? extends Certificate> all = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(certificates));
            return all.iterator().next();
        } catch (GeneralSecurityException | NoSuchElementException e) {
            throw SqlState.KEY.error(
                    chain + " has no certificate (expected: PEM, -----BEGIN CERTIFICATE-----, the hub's own first)", e);
        }
    }

    /** What the key signs the certificate must confirm. */
    private void requireMatch(Certificate certificate, byte[] secret) throws SQLException {
        Matcher pem = KEY.matcher(new String(secret, StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw SqlState.KEY.error(key + " has no private key (expected: PEM, -----BEGIN PRIVATE KEY-----). Remedy:"
                    + " openssl pkcs8 -topk8 -nocrypt");
        }
        String algorithm = certificate.getPublicKey().getAlgorithm();
        String signing = switch (algorithm) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> algorithm;
        };
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
            PrivateKey privateKey = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            Arrays.fill(encoded, (byte) 0);
            Signature signer = Signature.getInstance(signing);
            signer.initSign(privateKey);
            signer.update(PROBE);
            byte[] signature = signer.sign();
            signer.initVerify(certificate);
            signer.update(PROBE);
            if (signer.verify(signature)) {
                return;
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw SqlState.KEY.error(
                    key + " is no key of the kind " + algorithm + ", which the certificate in " + chain + " has", e);
        }
        throw SqlState.KEY.error(key + " is another key than that of the certificate in " + chain + " (expected: its"
                + " own). Nothing was copied");
    }
}

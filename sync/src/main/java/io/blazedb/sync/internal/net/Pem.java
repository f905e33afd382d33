package io.blazedb.sync.internal.net;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Certificates and keys as text files. */
final class Pem {
    /** Ten certificates of 4 KiB, or a key of 16,384 bits, with room. */
    private static final long FILE_BYTES_MAX = 1 << 17;

    private Pem() {}

    static String text(String kind, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }

    /** At least one certificate, in the file's order. */
    static List<X509Certificate> certificates(Path file) throws IOException {
        checkSize(file);
        List<X509Certificate> certificates = new ArrayList<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                certificates.add((X509Certificate) certificate);
            }
        } catch (CertificateException e) {
            throw new NetException(
                    "The file " + file + " holds no readable certificate (expected: PEM, "
                            + "-----BEGIN CERTIFICATE-----)",
                    e);
        }
        if (certificates.isEmpty()) {
            throw new NetException(
                    "The file " + file + " holds no certificate (expected: PEM, -----BEGIN CERTIFICATE-----)");
        }
        return certificates;
    }

    /** The first key of the file; other things before it, such as the parameters of its curve, are passed over. */
    static PrivateKey privateKey(Path file) throws IOException {
        checkSize(file);
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
                PEMParser parser = new PEMParser(reader)) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                if (found instanceof PrivateKeyInfo key) {
                    return new JcaPEMKeyConverter().getPrivateKey(key);
                }
                if (found instanceof PEMKeyPair pair) {
                    return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
                }
            }
        } catch (IOException e) {
            throw noKey(file); // Without the cause: parsers repeat what they could not read.
        }
        throw noKey(file);
    }

    private static NetException noKey(Path file) {
        return new NetException("The file " + file
                + " holds no readable private key (expected: PEM, not encrypted, -----BEGIN PRIVATE KEY-----)");
    }

    private static void checkSize(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NetException("There is no file " + file + " (expected: a PEM file)");
        }
        long bytes = Files.size(file);
        if (bytes > FILE_BYTES_MAX) {
            throw new NetException(
                    "The file " + file + " has " + bytes + " bytes (expected: PEM, <= " + FILE_BYTES_MAX + ")");
        }
    }
}

package io.blazedb.sync.internal.net;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;

/** SHA-256 of a certificate's SubjectPublicKeyInfo: stays when the certificate is renewed for the same key. */
final class SpkiHash {
    static final int BYTES = 32;

    private SpkiHash() {}

    static byte[] of(Certificate certificate) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(certificate.getPublicKey().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256, which every JVM must have", e);
        }
    }

    /** What stands in its place where there is no TLS. */
    static byte[] none() {
        return new byte[BYTES];
    }
}

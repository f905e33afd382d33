package io.blazedb.sync.internal.net;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/** What a TLS server shows and proves: a chain of certificates, its own first, and the key of that one. Immutable. */
public final class TlsIdentity {
    private final List<X509Certificate> chain;
    private final PrivateKey key;

    TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
        this.chain = List.copyOf(chain);
        this.key = key;
    }

    /**
     * Reads a chain and its key from PEM files; the key is PKCS#8, or "EC" or "RSA PRIVATE KEY", not encrypted.
     *
     * @throws NetException if a file is not what was expected, or the key is not the certificate's; names the file
     */
    public static TlsIdentity load(Path certificateFile, Path keyFile) throws IOException {
        List<X509Certificate> chain = Pem.certificates(certificateFile);
        PrivateKey key = Pem.privateKey(keyFile);
        if (!fits(key, chain.get(0))) {
            throw new NetException("The key in " + keyFile + " is not that of the first certificate in "
                    + certificateFile + " (expected: the server's own certificate first, then its issuers)");
        }
        return new TlsIdentity(chain, key);
    }

    List<X509Certificate> chain() {
        return chain;
    }

    PrivateKey key() {
        return key;
    }

    /** What {@link Connection#tlsBinding} is at both ends of a connection to a server with this identity. */
    public byte[] spkiHash() {
        return SpkiHash.of(chain.get(0));
    }

    /** Signs something with the one and verifies it with the other. */
    private static boolean fits(PrivateKey key, X509Certificate certificate) {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        byte[] sample = {1, 2, 3};
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(sample);
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(sample);
            return verifier.verify(signer.sign());
        } catch (GeneralSecurityException e) {
            return false; // Another kind of key than the certificate's.
        }
    }
}

package io.blazedb.sync.internal.net;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/** Which servers' certificates a client accepts. */
public sealed interface Trust {
    /**
     * Any certificate: only for a layer above that authenticates the server by a pin together with {@link
     * Connection#tlsBinding}, so that a certificate in the middle breaks the handshake above.
     */
    static Trust pinnedAbove() {
        return new Any();
    }

    /** What the certificates in a PEM file certify, the server's own among them, if it is for the host's name. */
    static Trust file(Path pem) throws IOException {
        return new Certificates(Pem.certificates(pem));
    }

    /** What the JVM trusts, if it is for the host's name. */
    static Trust jvm() {
        return new Jvm();
    }

    /** Accepts any certificate. */
    record Any() implements Trust {}

    /** Accepts what these certify, and these themselves. */
    record Certificates(List<X509Certificate> certificates) implements Trust {
        public Certificates {
            certificates = List.copyOf(certificates);
        }
    }

    /** Accepts what the JVM's trust store certifies. */
    record Jvm() implements Trust {}
}

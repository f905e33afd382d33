package io.blazedb.sync.internal.net;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;

/** TLS 1.3 and nothing older, by the JVM. */
final class Tls {
    private static final String VERSION = "TLSv1.3";

    private Tls() {}

    static SslContext server(TlsIdentity identity) throws NetException {
        try {
            return SslContextBuilder.forServer(identity.key(), identity.chain())
                    .sslProvider(SslProvider.JDK)
                    .protocols(VERSION)
                    .build();
        } catch (SSLException e) {
            throw new NetException("TLS 1.3 cannot serve with this certificate and key: " + e.getMessage(), e);
        }
    }

    static SslContext client(Trust trust) throws NetException {
        SslContextBuilder builder =
                SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols(VERSION);
        if (trust instanceof Trust.Any) {
            builder.trustManager(new AnyCertificate()).endpointIdentificationAlgorithm(null);
        } else {
            builder.endpointIdentificationAlgorithm("HTTPS");
            if (trust instanceof Trust.Certificates chosen) {
                builder.trustManager(chosen.certificates());
            }
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new NetException("TLS 1.3 cannot be set up with the given trust: " + e.getMessage(), e);
        }
    }
}

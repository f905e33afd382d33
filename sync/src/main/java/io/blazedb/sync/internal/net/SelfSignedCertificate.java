package io.blazedb.sync.internal.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/**
 * Makes the certificate of a server that nobody certifies: P-256, for names and addresses, ten years. Clients accept it
 * by a pin, or because they have its file.
 */
public final class SelfSignedCertificate {
    /** A server without a clock of its own may be behind. */
    private static final Duration BEFORE = Duration.ofDays(1);

    private static final Duration AFTER = Duration.ofDays(3_653);
    private static final int SERIAL_BITS = 127;

    private SelfSignedCertificate() {}

    /**
     * A new key and its certificate.
     *
     * @param hosts names and addresses that clients call the server by; {@code localhost}, 127.0.0.1 and ::1 are added
     */
    public static TlsIdentity create(Collection<String> hosts, Instant now, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            return new TlsIdentity(List.of(certificate(hosts, now, random, pair)), pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("This JVM cannot sign with P-256, which every JVM 17 can", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Encoding a certificate in memory failed", e);
        }
    }

    /**
     * Writes both as PEM to files that must not be there yet; nobody but the owner can read the key's, from its first
     * moment on where the file system knows permissions.
     */
    public static void write(TlsIdentity identity, Path certificateFile, Path keyFile) throws IOException {
        StringBuilder certificates = new StringBuilder();
        for (X509Certificate certificate : identity.chain()) {
            certificates.append(encoded(certificate));
        }
        writeNew(keyFile, Pem.text("PRIVATE KEY", identity.key().getEncoded()), "rw-------");
        writeNew(certificateFile, certificates.toString(), "rw-r--r--");
    }

    private static X509Certificate certificate(Collection<String> hosts, Instant now, SecureRandom random, KeyPair pair)
            throws IOException, OperatorCreationException, GeneralSecurityException {
        X500Name name = new X500Name("CN=BlazeDB hub");
        var builder = new X509v3CertificateBuilder(
                name,
                new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                Date.from(now.minus(BEFORE)),
                Date.from(now.plus(AFTER)),
                name,
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        GeneralName[] names = Stream.concat(hosts.stream(), Stream.of("localhost", "127.0.0.1", "::1"))
                .distinct()
                .map(SelfSignedCertificate::generalName)
                .toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                .setSecureRandom(random)
                .build(pair.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static GeneralName generalName(String host) {
        boolean address = IPAddress.isValidIPv4(host) || IPAddress.isValidIPv6(host);
        if (!address && !host.matches("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252})")) {
            throw new IllegalArgumentException(
                    "Host '" + host + "' (expected: a name of letters, digits, '-' and '.', or an address)");
        }
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    private static String encoded(X509Certificate certificate) throws NetException {
        try {
            return Pem.text("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new NetException("A certificate of the chain cannot be encoded", e);
        }
    }

    private static void writeNew(Path file, String text, String permissions) throws IOException {
        Set<PosixFilePermission> allowed = PosixFilePermissions.fromString(permissions);
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(allowed)}
                : new FileAttribute<?>[0];
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel = Files.newByteChannel(file, options, attributes)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}

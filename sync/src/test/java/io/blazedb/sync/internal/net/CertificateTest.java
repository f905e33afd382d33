package io.blazedb.sync.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates that are made, written and read, and which of them a client accepts. */
class CertificateTest {
    private static final NetLimits LIMITS = NetLimits.defaults().with(NetLimit.SHUTDOWN_MILLIS_MAX, 10);

    @TempDir
    private Path folder;

    private Path certificateFile = Path.of("unset");
    private Path keyFile = Path.of("unset");

    @BeforeEach
    void nameFiles() {
        certificateFile = folder.resolve("hub.pem");
        keyFile = folder.resolve("hub.key");
    }

    @Test
    void certificateIsForItsHostsAndForTenYears() throws Exception {
        Instant now = Instant.parse("2026-03-04T05:06:07Z");
        X509Certificate certificate = SelfSignedCertificate.create(
                        List.of("hub.example", "192.0.2.7", "2001:db8::7", "localhost"), now, new SecureRandom())
                .chain()
                .get(0);

        assertThat(certificate.getSubjectAlternativeNames().stream().map(name -> String.valueOf(name.get(1))))
                .containsExactly(
                        "hub.example",
                        "192.0.2.7",
                        "2001:db8:0:0:0:0:0:7",
                        "localhost",
                        "127.0.0.1",
                        "0:0:0:0:0:0:0:1");
        assertThat(certificate.getNotBefore().toInstant()).isBefore(now);
        assertThat(certificate.getNotAfter().toInstant()).isAfter(now.plus(Duration.ofDays(3_650)));
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getSerialNumber()).isPositive();
        certificate.verify(certificate.getPublicKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "https://hub", "*.example", "-a"})
    void whatIsNoHostIsRefused(String host) {
        assertThatThrownBy(() -> SelfSignedCertificate.create(List.of(host), Instant.now(), new SecureRandom()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Host '" + host + "' (expected");
    }

    @Test
    void filesHoldWhatWasMade() throws IOException {
        TlsIdentity identity = TestNet.identity();
        SelfSignedCertificate.write(identity, certificateFile, keyFile);

        TlsIdentity loaded = TlsIdentity.load(certificateFile, keyFile);

        assertThat(loaded.chain()).isEqualTo(identity.chain());
        assertThat(loaded.key().getEncoded()).isEqualTo(identity.key().getEncoded());
        assertThat(loaded.spkiHash()).isEqualTo(identity.spkiHash());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
                .isEqualTo("rw-------");
    }

    @Test
    void writingReplacesNothing() throws IOException {
        SelfSignedCertificate.write(TestNet.identity(), certificateFile, keyFile);
        byte[] before = Files.readAllBytes(keyFile);

        assertThatThrownBy(() -> SelfSignedCertificate.write(TestNet.identity(), certificateFile, keyFile))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readAllBytes(keyFile)).isEqualTo(before);
    }

    @Test
    void keyInTheOlderFormIsRead() throws IOException {
        TlsIdentity identity = TestNet.identity();
        SelfSignedCertificate.write(identity, certificateFile, keyFile);
        BigInteger number = ((java.security.interfaces.ECPrivateKey) identity.key()).getS();
        byte[] curve = SECObjectIdentifiers.secp256r1.getEncoded();
        byte[] older = new ECPrivateKey(256, number, SECObjectIdentifiers.secp256r1).getEncoded();
        Files.writeString(keyFile, Pem.text("EC PARAMETERS", curve) + Pem.text("EC PRIVATE KEY", older));

        assertThat(TlsIdentity.load(certificateFile, keyFile).spkiHash()).isEqualTo(identity.spkiHash());
    }

    @Test
    void keyOfAnotherCertificateIsRefused() throws Exception {
        SelfSignedCertificate.write(TestNet.identity(), certificateFile, keyFile);
        byte[] another = TestNet.identity().key().getEncoded();
        byte[] rsa = KeyPairGenerator.getInstance("RSA")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();

        for (byte[] key : List.of(another, rsa)) {
            Files.writeString(keyFile, Pem.text("PRIVATE KEY", key));
            assertThatThrownBy(() -> TlsIdentity.load(certificateFile, keyFile))
                    .isInstanceOf(NetException.class)
                    .hasMessageContaining("is not that of the first certificate in " + certificateFile);
        }
    }

    @Test
    void fileThatHoldsSomethingElseIsNamed() throws IOException {
        SelfSignedCertificate.write(TestNet.identity(), certificateFile, keyFile);
        Path text = Files.writeString(folder.resolve("text"), "secret");
        Path damaged = Files.writeString(
                folder.resolve("damaged"),
                Files.readString(keyFile)
                        .replace("-----BEGIN PRIVATE KEY-----\n", "-----BEGIN PRIVATE KEY-----\nsecret"));
        Path large = Files.write(folder.resolve("large"), new byte[200_000]);

        assertRefused(keyFile, keyFile, "The file " + keyFile + " holds no");
        assertRefused(text, keyFile, "The file " + text + " holds no");
        assertRefused(certificateFile, text, "The file " + text + " holds no readable private key");
        assertRefused(certificateFile, certificateFile, "holds no readable private key");
        assertRefused(certificateFile, damaged, "The file " + damaged + " holds no readable private key");
        assertRefused(certificateFile, large, "has 200000 bytes");
        assertRefused(folder.resolve("absent"), keyFile, "There is no file");
    }

    private static void assertRefused(Path certificates, Path key, String fault) {
        assertThatThrownBy(() -> TlsIdentity.load(certificates, key))
                .isInstanceOf(NetException.class)
                .hasMessageContaining(fault)
                .hasMessageContaining("expected: ")
                .hasMessageNotContaining("secret")
                .satisfies(failure ->
                        assertThat(String.valueOf(failure.getCause())).doesNotContain("secret"));
    }

    /** Connects to a server with this identity; the failure's message, or none. */
    private static Optional<String> failure(TlsIdentity identity, Trust trust, String host) throws Exception {
        TestEndpoint endpoint = new TestEndpoint();
        try (WebSocketServer server =
                        WebSocketServer.start(LIMITS, new InetSocketAddress(host, 0), Optional.of(identity), endpoint);
                WebSocketClient client = new WebSocketClient(LIMITS, trust)) {
            HubAddress hub = new HubAddress(true, host, server.address().getPort(), "orders");
            var unused = client.connect(hub, connection -> new Recorder("orders", connection))
                    .get(Await.SECONDS_MAX, TimeUnit.SECONDS);
            endpoint.next();
            return Optional.empty();
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(NetException.class);
            assertThat(endpoint.waiting()).isZero();
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Trust fileOf(TlsIdentity identity) throws IOException {
        SelfSignedCertificate.write(identity, certificateFile, keyFile);
        return Trust.file(certificateFile);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void certificateOfTheFileIsAccepted(String host) throws Exception {
        TlsIdentity identity = TestNet.identity();

        assertThat(failure(identity, fileOf(identity), host)).isEmpty();
    }

    @Test
    void otherCertificateThanTheFilesIsRefused() throws Exception {
        assertThat(failure(TestNet.identity(), fileOf(TestNet.identity()), "localhost"))
                .hasValueSatisfying(message -> assertThat(message).contains("No connection to wss://localhost:"));
    }

    @Test
    void certificateForAnotherHostIsRefused() throws Exception {
        TlsIdentity identity = TestNet.identity();

        assertThat(failure(identity, fileOf(identity), "127.0.0.2"))
                .hasValueSatisfying(message -> assertThat(message).contains("127.0.0.2"));
    }

    @Test
    void certificateOfNobodyTheJvmTrustsIsRefused() throws Exception {
        assertThat(failure(TestNet.identity(), Trust.jvm(), "localhost")).isPresent();
    }

    @Test
    void pinAboveAcceptsAnyCertificate() throws Exception {
        assertThat(failure(TestNet.identity(), Trust.pinnedAbove(), "127.0.0.2"))
                .isEmpty();
    }

    @Test
    void otherServerThanOursIsRefused() throws Exception {
        Collection<String> hosts = List.of();
        TlsIdentity identity = SelfSignedCertificate.create(hosts, Instant.now(), new SecureRandom());
        try (WebSocketServer server =
                        WebSocketServer.start(LIMITS, TestNet.anyPort(), Optional.of(identity), new TestEndpoint());
                WebSocketClient client = new WebSocketClient(LIMITS, Trust.pinnedAbove())) {
            var absent = client.connect(TestNet.hub(server, "absent"), connection -> new Recorder("", connection));

            assertThatThrownBy(() -> absent.get(Await.SECONDS_MAX, TimeUnit.SECONDS))
                    .hasRootCauseMessage("The server answered 404 (expected: 101; is there a database of this name?)");
        }
    }
}

package io.blazedb.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A certificate comes in with its own key only. */
class HubCertificateTest {
    private static final char[] PASSWORD = "test only".toCharArray();

    @TempDir
    static Path pairs;

    private static HubCertificate one = new HubCertificate(Path.of(""), Path.of(""));
    private static HubCertificate other = one;
    private static HubCertificate rsa = one;

    @TempDir
    Path folder;

    @BeforeAll
    static void make() throws Exception {
        one = make("one", "EC");
        other = make("other", "EC");
        rsa = make("rsa", "RSA");
    }

    /** The JDK's own tool makes the pair. */
    private static HubCertificate make(String name, String algorithm) throws Exception {
        Path store = pairs.resolve(name + ".p12");
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "hub",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=hub.example",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return new HubCertificate(
                pem(name + ".pem", "CERTIFICATE", keys.getCertificate("hub").getEncoded()),
                pem(name + ".key", "PRIVATE KEY", keys.getKey("hub", PASSWORD).getEncoded()));
    }

    private static Path pem(String file, String what, byte[] content) throws Exception {
        String base64 = Base64.getMimeEncoder().encodeToString(content);
        return Files.writeString(
                pairs.resolve(file), "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
    }

    private void init(HubCertificate certificate) throws SQLException {
        HubContext context = HubContext.of((connection, statements, output) -> {});
        HubAccess.init(folder.resolve("hub"), "hub.example", Optional.of(certificate), context);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPairIsCopiedForTheOwnerAlone(boolean ofRsa) throws Exception {
        HubCertificate pair = ofRsa ? rsa : one;

        init(pair);

        Path copied = folder.resolve("hub/keys/tls.key");
        assertThat(copied).hasSameBinaryContentAs(pair.key());
        assertThat(folder.resolve("hub/keys/tls.pem")).hasSameBinaryContentAs(pair.chain());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copied)))
                .isEqualTo("rw-------");
    }

    @Test
    void whatDoesNotBelongTogetherIsRefusedAndNoHubIsMade() throws Exception {
        refuses(new HubCertificate(one.chain(), other.key()), "another key", "Nothing was copied");
        refuses(new HubCertificate(one.chain(), rsa.key()), "no key of the kind EC");
        refuses(new HubCertificate(one.key(), one.key()), "no certificate", "PEM");
        refuses(new HubCertificate(one.chain(), one.chain()), "no private key", "pkcs8");
        refuses(new HubCertificate(one.chain(), folder.resolve("none")), "none cannot be read");
        assertThat(folder.resolve("hub/hub.properties")).doesNotExist();
        assertThat(folder.resolve("hub/keys/tls.key")).doesNotExist();

        init(one);
    }

    private void refuses(HubCertificate pair, String... words) {
        assertThatThrownBy(() -> init(pair)).isInstanceOf(SQLException.class).hasMessageContainingAll(words);
    }
}

package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.internal.wire.MalformedException;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens, pins and invitations as text: one form each, and errors that say what is wrong but no secret. */
class InvitationTest {
    private static final byte[] PRIVATE_KEY = new byte[32];

    static {
        Arrays.fill(PRIVATE_KEY, (byte) 0xA7);
    }

    private final Scene scene = new Scene();
    private final Pin pin = Pin.of(P256.generate(Scene.RANDOM).publicKey());
    private final Token token = Token.generate(DatabaseMode.BLIND, Scene.RANDOM);

    @ParameterizedTest
    @EnumSource(DatabaseMode.class)
    void tokensAreReadBack(DatabaseMode mode) throws Exception {
        Token issued = Token.generate(mode, Scene.RANDOM);

        Token read = Token.parse(issued.text());

        assertThat(read.id()).isEqualTo(issued.id());
        assertThat(read.mode()).isEqualTo(mode);
        assertThat(read.text()).isEqualTo(issued.text());
        assertThat(read.verifier().toBytes()).isEqualTo(issued.verifier().toBytes());
    }

    @Test
    void theVerifierDoesNotTellTheSecret() {
        byte[] verifier = token.verifier().toBytes();

        assertThat(TextForm.of(verifier)).isNotEqualTo(token.secretText());
        assertThat(verifier)
                .isNotEqualTo(Token.generate(DatabaseMode.BLIND, Scene.RANDOM)
                        .verifier()
                        .toBytes());
    }

    /** Computed here once more from what a proof is said to cover. */
    @Test
    void proofsCoverTheSessionAndTheKey() {
        byte[] hash = Sha256.of(new byte[] {1});
        byte[] challenge = Sha256.of(new byte[] {2});
        byte[] key = scene.node.keys().publicKey();
        NodeId node = scene.node.card().node();
        byte[] clientKey = Hkdf.expand(token.verifier().toBytes(), "blz1/tokC", 32);
        byte[] serverKey = Hkdf.expand(token.verifier().toBytes(), "blz1/tokS", 32);

        assertThat(token.verifier().clientProof(hash, challenge, key, node))
                .isEqualTo(Hmac.sha256(clientKey, hash, challenge, Sha256.of(key), node.toBytes()));
        assertThat(token.verifier().serverProof(hash, challenge)).isEqualTo(Hmac.sha256(serverKey, hash, challenge));
    }

    @Test
    void aClosedTokenHasNoSecret() {
        Token closed = Token.generate(DatabaseMode.BLIND, Scene.RANDOM);

        closed.close();

        assertThat(closed.secretText()).isEqualTo(TextForm.of(new byte[32]));
    }

    @ParameterizedTest
    @CsvSource({
        "blzt2.blind.0123456789abcdef.%s, of this version",
        "blzt1.blind.0123456789abcdef, token of 3 parts",
        "blzt1.blind.0123456789abcdef.%s.x, token of 5 parts",
        "blzt1.Blind.0123456789abcdef.%s, unknown mode (expected: blind or smart)",
        "blzt1.blind.0123456789ABCDEF.%s, token id of 16 characters",
        "blzt1.blind.0123.%s, token id of 4 characters",
        "blzt1.blind.0123456789abcdef.%sA, token secret of",
        "blzt1.blind.0123456789abcdef.*%s, token secret of 44 characters",
        "blzt1.blind.%s.0123456789abcdef, token id of 43 characters",
        "blzt1.%s.0123456789abcdef.x, unknown mode",
        "%s, token of 1 parts"
    })
    void aWrongTokenIsExplainedWithoutItsSecret(String form, String expected) {
        String secret = token.secretText();

        assertThatThrownBy(() -> Token.parse(form.formatted(secret)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(expected)
                .satisfies(e -> assertSecretFree(e, secret));
    }

    @Test
    void pinsAreReadBack() throws Exception {
        byte[] key = P256.generate(Scene.RANDOM).publicKey();
        Pin other = Pin.of(key);

        assertThat(Pin.parse(other.toString()))
                .isEqualTo(other)
                .isNotEqualTo(pin)
                .hasSameHashCodeAs(other);
        assertThat(other.toString()).matches("sha256/[A-Za-z0-9+/]{43}=");
        assertThat(other.matches(key)).isTrue();
        assertThat(pin.matches(key)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256/", "md5/AAAA", "sha256/AAAA", "sha256/!", "SHA256/AAAA"})
    void whatIsNoPinIsRefused(String text) {
        assertThatThrownBy(() -> Pin.parse(text)).isInstanceOf(MalformedException.class);
    }

    @Test
    void aPinHasOneForm() {
        String text = pin.toString();

        assertThatThrownBy(() -> Pin.parse(text.substring(0, text.length() - 1)))
                .isInstanceOf(MalformedException.class);
        byte[] hash = Base64.getDecoder().decode(text.substring("sha256/".length()));
        String last = Base64.getEncoder().encodeToString(hash).substring(42, 43);
        String sameBits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        char other = sameBits.charAt(sameBits.indexOf(last) + 1);
        assertThatThrownBy(() -> Pin.parse(text.substring(0, 49) + other + "=")).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "two words", "50% #1 + more/less", "Größe 東京"})
    void invitationsAreReadBack(String database) throws Exception {
        Invitation sent = invitation(database);

        Invitation read = Invitation.parse(sent.text());

        assertThat(sent.text()).startsWith("blz1:wss://hub.example:8443#").matches("[!-~]+");
        assertThat(read.url()).isEqualTo(sent.url());
        assertThat(read.database()).isEqualTo(database);
        assertThat(read.token().text()).isEqualTo(token.text());
        assertThat(read.pin()).isEqualTo(pin);
        assertThat(read.privateKey()).isEqualTo(PRIVATE_KEY);
        assertThat(read.text()).isEqualTo(sent.text());
    }

    @Test
    void anInvitationThatWasCutIsRefused() {
        String text = invitation("shop").text();

        for (int end = 0; end < text.length(); end++) {
            String cut = text.substring(0, end);
            assertThatThrownBy(() -> Invitation.parse(cut))
                    .as("%d characters", end)
                    .isInstanceOf(MalformedException.class)
                    .satisfies(e -> assertSecretFree(e, token.secretText()));
        }
    }

    /** A secret may stand in any place, if the text was put together by hand. */
    @Test
    void noErrorRepeatsAPart() {
        String[] parts = invitation("shop").text().substring("blz1:".length()).split("#", -1);

        for (int i = 0; i < parts.length; i++) {
            String[] wrong = parts.clone();
            wrong[i] = "~" + token.secretText() + "%zz ";
            assertThatThrownBy(() -> Invitation.parse("blz1:" + String.join("#", wrong)))
                    .as("part %d", i)
                    .isInstanceOf(MalformedException.class)
                    .satisfies(e -> assertSecretFree(e, token.secretText()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://hub:1", "wss:", "wss://user:password@hub:1", "hub:8443", ""})
    void onlyTheAddressOfAHubIsTaken(String url) {
        String text = invitation("shop").text().replace("wss://hub.example:8443", url);

        assertThatThrownBy(() -> Invitation.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("hub's address");
    }

    @Test
    void anInvitationThatIsTooLongIsNotLookedAt() {
        assertThatThrownBy(() -> Invitation.parse("blz1:" + "#".repeat(4_096)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("4101 characters (expected: <= 4096)");
    }

    @Test
    void nothingSaysItsSecretByItself() {
        Invitation invitation = invitation("shop");

        String said = invitation + " " + token + " " + new Credential.Enrolment(token) + " "
                + new Credential.Enrolment(token).hashCode() + token.verifier() + P256.generate(Scene.RANDOM);

        assertThat(said)
                .contains(token.id().toString())
                .doesNotContain(token.secretText())
                .doesNotContain(TextForm.of(PRIVATE_KEY));
    }

    private Invitation invitation(String database) {
        return new Invitation(URI.create("wss://hub.example:8443"), database, token, pin, PRIVATE_KEY);
    }

    /** Not eight characters of the secret in the message, nor in that of a cause. */
    private static void assertSecretFree(Throwable error, String secret) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            for (int at = 0; at + 8 <= secret.length(); at++) {
                assertThat(String.valueOf(cause.getMessage())).doesNotContain(secret.substring(at, at + 8));
            }
        }
    }
}

package io.blazedb.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.Role;
import io.blazedb.sync.internal.crypto.DatabaseMode;
import io.blazedb.sync.internal.crypto.Token;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token is used once, until it expires or is revoked, whatever happens to the process or its file. */
class TokenBookTest {
    private static final long NOW = 1_000_000;
    private static final String NODE = "00112233445566778899aabbccddeeff";

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("tokens");
    }

    private TokenBook open() throws SQLException {
        return TokenBook.open(file, 100);
    }

    private static TokenEntry entry(String id) {
        return new TokenEntry(
                id, "bugs", "alice", Role.CLIENT, false, true, NOW, NOW + 1000, TokenEntry.State.OPEN, "");
    }

    private static String verifier(int content) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) content;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static List<TokenEntry.State> states(TokenBook book) {
        return book.entries().stream().map(TokenEntry::state).toList();
    }

    @Test
    void aTokenIsGoodOnceAndInTime() throws Exception {
        try (TokenBook book = open()) {
            book.issue(entry("a"), verifier(1));
            book.issue(entry("b"), verifier(2));
            book.issue(entry("c"), verifier(3));

            assertThat(book.verifier("a", NOW + 999))
                    .hasValueSatisfying(bytes -> assertThat(bytes).startsWith(1));
            assertThat(book.verifier("a", NOW + 1000)).as("expired").isEmpty();
            assertThat(book.redeem("a", NODE, NOW + 1000)).as("expired").isEmpty();
            assertThat(book.redeem("a", NODE, NOW + 1)).map(TokenEntry::usedBy).hasValue(NODE);
            assertThat(book.redeem("a", NODE, NOW + 1)).as("used").isEmpty();
            book.revoke("b", NOW);
            assertThat(book.redeem("b", NODE, NOW + 1)).as("revoked").isEmpty();
            assertThat(book.verifier("b", NOW + 1)).as("revoked").isEmpty();
            assertThatThrownBy(() -> book.revoke("d", NOW)).hasMessageContaining("no token d");
        }
        try (TokenBook book = open()) {
            assertThat(states(book))
                    .containsExactly(TokenEntry.State.USED, TokenEntry.State.REVOKED, TokenEntry.State.OPEN);
            assertThat(book.verifier("a", NOW)).isEmpty();
            assertThat(book.verifier("c", NOW)).isPresent();
        }
    }

    @Test
    void ofManyWhoRedeemAtATimeOneGetsIn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (TokenBook book = open()) {
            book.issue(entry("a"), verifier(1));
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                String node = "node" + i;
                calls.add(() -> book.redeem("a", node, NOW).isPresent());
            }
            int granted = 0;
            for (Future<Boolean> call : threads.invokeAll(calls)) {
                granted += call.get() ? 1 : 0;
            }

            assertThat(granted).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
    }

    /** What a crash in the middle of the last line leaves: that line never was acknowledged. */
    @Test
    void theFileMayEndAtEveryByteOfItsLastLine() throws Exception {
        write();
        byte[] whole = Files.readAllBytes(file);
        int last = new String(whole, StandardCharsets.UTF_8).lastIndexOf('\n', whole.length - 2) + 1;
        for (int cut = last; cut < whole.length; cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));
            try (TokenBook book = open()) {
                assertThat(states(book))
                        .as("cut to %d", cut)
                        .containsExactly(TokenEntry.State.USED, TokenEntry.State.OPEN);
                book.revoke("b", NOW);
            }
            try (TokenBook book = open()) {
                assertThat(states(book))
                        .as("cut to %d, and written to", cut)
                        .containsExactly(TokenEntry.State.USED, TokenEntry.State.REVOKED);
            }
        }
    }

    private void write() throws SQLException {
        try (TokenBook book = open()) {
            book.issue(entry("a"), verifier(1));
            book.issue(entry("b"), verifier(2));
            book.redeem("a", NODE, NOW);
            book.revoke("b", NOW);
        }
    }

    @Test
    void everyFlippedByteIsFound() throws Exception {
        write();
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length - 1; at++) {
            byte[] flipped = whole.clone();
            flipped[at] = (byte) (flipped[at] ^ (1 << (at % 7)));
            Files.write(file, flipped);

            assertThatThrownBy(this::open)
                    .as("byte %d", at)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContainingAll("damaged", "Remedy");
        }
    }

    /** The line that revokes cannot be taken out or moved. */
    @Test
    void aLineThatIsMissingOrMovedIsFound() throws Exception {
        write();
        try (TokenBook book = open()) {
            book.issue(entry("c"), verifier(3));
        }
        List<String> lines = Files.readAllLines(file);
        for (int line = 0; line < lines.size() - 1; line++) {
            List<String> less = new ArrayList<>(lines);
            less.remove(line);
            Files.write(file, less);
            assertThatThrownBy(this::open).as("without line %d", line).hasMessageContaining("damaged");
            List<String> moved = new ArrayList<>(less);
            moved.add(lines.get(line));
            Files.write(file, moved);
            assertThatThrownBy(this::open).as("line %d moved", line).hasMessageContaining("damaged");
        }
        Files.write(file, lines);
        open().close();
    }

    @Test
    void moreTokensThanTheLimitAreRefused() throws Exception {
        try (TokenBook book = TokenBook.open(file, 1)) {
            book.issue(entry("a"), verifier(1));
            assertThatThrownBy(() -> book.issue(entry("b"), verifier(1)))
                    .hasMessageContainingAll("1 tokens", "tokens.max");
        }
    }

    /** What is kept of a secret is HKDF-Extract of it, as a node computes it too; computed here in another way. */
    @Test
    void theVerifierFollowsFromTheSecretAndNotTheOtherWayRound() throws Exception {
        Token token = Token.generate(DatabaseMode.SMART, new SecureRandom());
        String id = token.id().toString();
        String verifier = Administration.kept(token);
        String[] parts = token.text().split("\\.", -1);
        byte[] secret = Base64.getUrlDecoder().decode(parts[3]);
        Mac extract = Mac.getInstance("HmacSHA256");
        extract.init(new SecretKeySpec(new byte[64], "HmacSHA256"));

        assertThat(parts).startsWith("blzt1", "smart", id);
        assertThat(secret).hasSize(32);
        assertThat(Base64.getUrlDecoder().decode(verifier)).isEqualTo(extract.doFinal(secret));
        assertThat(token.toString()).doesNotContain(parts[3]);
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        try (TokenBook book = open()) {
            book.issue(entry(id), verifier);
            kept.writeBytes(Files.readAllBytes(file));
        }
        assertThat(kept.toString(StandardCharsets.UTF_8))
                .as("the control")
                .contains(verifier)
                .doesNotContain(parts[3]);
    }
}

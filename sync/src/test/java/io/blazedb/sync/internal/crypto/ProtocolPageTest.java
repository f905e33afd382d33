package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.internal.net.ProtocolPage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code docs/protocol.md} says what the code does, for sizes and types of records. */
class ProtocolPageTest {
    private static List<String> number(int value) {
        return List.of(String.format(Locale.ROOT, "%,d", value));
    }

    private static List<String> range(int least, int most) {
        return List.of(String.format(Locale.ROOT, "%,d to %,d", least, most));
    }

    @Test
    void sizesAreThoseOfTheCode() throws IOException {
        assertThat(ProtocolPage.read().table("| what | bytes |"))
                .isEqualTo(Map.of(
                        "handshake message", number(Messages.HANDSHAKE_BYTES_MAX),
                        "node card in a handshake", number(Choice.CARD_BYTES_MAX),
                        "name in a node card", number(NodeCard.NAME_BYTES_MAX),
                        "record", range(RecordLayout.RECORD_BYTES_LEAST, RecordLayout.RECORD_BYTES_MAX),
                        "payload of a record", number(RecordLayout.PAYLOAD_BYTES_MAX),
                        "frame, as the hub states it in its choice",
                                range(Terms.FRAME_BYTES_LEAST, Terms.FRAME_BYTES_MAX)));
    }

    @Test
    void recordTypesAreThoseOfTheCode() throws IOException {
        Map<String, List<String>> page = ProtocolPage.read().table("| type | code | is |");

        assertThat(page.keySet()).containsExactlyInAnyOrder("CLOSE", "REKEY", "VERDICT", "frames");
        assertThat(page.getOrDefault("CLOSE", List.of())).startsWith(String.valueOf(RecordLayout.CLOSE));
        assertThat(page.getOrDefault("REKEY", List.of())).startsWith(String.valueOf(RecordLayout.REKEY));
        assertThat(page.getOrDefault("VERDICT", List.of())).startsWith(String.valueOf(RecordLayout.VERDICT));
        assertThat(page.getOrDefault("frames", List.of())).startsWith(Frame.TYPE_LEAST + " to " + Frame.TYPE_MAX);
    }
}

package io.blazedb.sync.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.internal.net.ProtocolPage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code docs/protocol.md} says what the code does, for messages of a session. */
class ProtocolPageTest {
    @Test
    void messageCodesAreThoseOfTheCode() throws IOException {
        Map<String, List<String>> page = ProtocolPage.read().table("| message | code | fields | says |");

        assertThat(page).hasSize(MessageType.values().length);
        for (MessageType type : MessageType.values()) {
            assertThat(page.getOrDefault(type.name(), List.of("none")).get(0))
                    .as(type.name())
                    .isEqualTo(String.valueOf(type.code()));
        }
        assertThat(page.getOrDefault("HELLO", List.of("", "none")).get(1))
                .startsWith("u8 version " + MessageCodec.VERSION + ",");
    }
}

package io.blazedb.sync.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code docs/protocol.md} says what the code does, for limits and close codes. */
class ProtocolPageTest {
    @Test
    void limitsAreThoseOfTheCode() throws IOException {
        Map<String, List<String>> expected = new LinkedHashMap<>();
        for (NetLimit limit : NetLimit.values()) {
            expected.put(
                    limit.setting(),
                    List.of(String.format(Locale.ROOT, "%,d", limit.byDefault()), limit.description()));
        }

        assertThat(ProtocolPage.read().table("| setting | default | limits |")).isEqualTo(expected);
    }

    @Test
    void closeCodesAreThoseOfTheCode() throws IOException {
        Map<String, List<String>> page = ProtocolPage.read().table("| reason | code | who says it, and why |");

        assertThat(page).hasSize(CloseReason.values().length);
        for (CloseReason reason : CloseReason.values()) {
            List<String> cells = page.getOrDefault(reason.name(), List.of("none", ""));
            assertThat(cells.get(0)).as(reason.name()).isEqualTo(String.valueOf(reason.code()));
            assertThat(cells.get(1).startsWith("never sent")).as(reason.name()).isEqualTo(!reason.isSent());
        }
    }
}

package io.blazedb.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every limit has a name, a default within its range, and a line in the document. */
class HubSettingsTest {
    @TempDir
    Path folder;

    private HubSettings read(String text) throws IOException, SQLException {
        return HubSettings.read(Files.writeString(folder.resolve("hub.properties"), text));
    }

    @ParameterizedTest
    @EnumSource
    void everyDefaultIsAllowed(HubSetting setting) {
        assertThat(setting.allows(setting.defaultValue())).isTrue();
        assertThat(setting.allows("")).isFalse();
        assertThat(setting.allows("-1")).isFalse();
    }

    @Test
    void aFreshFileSaysEverySettingAndSetsTheHost() throws Exception {
        Path file = Files.write(folder.resolve("hub.properties"), HubSettings.fresh("hub.example"));
        HubSettings settings = HubSettings.read(file);

        assertThat(settings.text(HubSetting.HOST)).isEqualTo("hub.example");
        assertThat(settings.number(HubSetting.PORT)).isEqualTo(8443);
        Properties all = new Properties();
        all.load(Files.newBufferedReader(
                Files.writeString(file, Files.readString(file).replaceAll("(?m)^#(\\S+=)", "$1"))));
        assertThat(all.stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(HubSetting.values()).map(HubSetting::key).toList());
    }

    @Test
    void whatIsSetHoldsAndTheRestHasDefaults() throws Exception {
        HubSettings settings = read("origins.max = 7\nhost=a.b\n");

        assertThat(settings.frameStoreLimits().originsMax()).isEqualTo(7);
        assertThat(settings.frameStoreLimits().bytesMax()).isEqualTo(8L << 30);
    }

    @ParameterizedTest
    @CsvSource({
        "port=65536, 0 to 65535",
        "port=x, 0 to 65535",
        "origins.max=0, 1 to 1000000",
        "host=a b, a host name",
        "prot=1, port",
        "free.bytes.min=99999999999999999999, 0 to"
    })
    void aWrongLineIsRefusedWithWhatIsExpected(String line, String expected) {
        assertThatThrownBy(() -> read(line))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll(line.substring(0, line.indexOf('=')), "expected: ", expected);
    }

    @Test
    void theDocumentHasTheseSettings() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", "docs", "hub.md"));
        int header = lines.indexOf("| setting | default | allowed | meaning |");

        assertThat(header).isNotNegative();
        assertThat(lines.stream().skip(header + 2L).takeWhile(line -> line.startsWith("|")))
                .containsExactlyElementsOf(Arrays.stream(HubSetting.values())
                        .map(setting -> "| `%s` | `%s` | %s | %s |"
                                .formatted(
                                        setting.key(), setting.defaultValue(), setting.range(), setting.description()))
                        .toList());
    }
}

package io.blazedb.internal.jdbc.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.sql.Connection;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.h2.command.dml.SetTypes;
import org.h2.engine.ConnectionInfo;
import org.h2.engine.DbSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class H2SettingsTest {
    /** A value for each setting that takes neither TRUE nor a number. */
    private static final Map<String, String> SAMPLES = Map.ofEntries(
            Map.entry("DEFAULT_ESCAPE", "#"),
            Map.entry("MODE", "PostgreSQL"),
            Map.entry("DATABASE_TO_LOWER", "FALSE"),
            Map.entry("DEFAULT_TABLE_TYPE", "MEMORY"),
            Map.entry("COLLATION", "ENGLISH STRENGTH PRIMARY"),
            Map.entry("ALLOW_LITERALS", "ALL"),
            Map.entry("SCHEMA", "\"PUBLIC\""),
            Map.entry("SCHEMA_SEARCH_PATH", "PUBLIC, INFORMATION_SCHEMA"),
            Map.entry("CATALOG", "SETTINGS"),
            Map.entry("NON_KEYWORDS", "KEY,VALUE"),
            Map.entry("TIME ZONE", "Europe/Berlin"),
            Map.entry("DEFAULT_NULL_ORDERING", "HIGH"),
            Map.entry("CACHE_TYPE", "SOFT_LRU"),
            Map.entry("PASSWORD_HASH", "FALSE"),
            Map.entry("LOCK_MODE", "3"));

    @Test
    void everySettingThatH2KnowsHasARule() throws Exception {
        assertThat(known())
                .hasSizeGreaterThan(90)
                .allMatch(key -> H2Settings.rule(key).isPresent());
    }

    static Stream<String> passed() throws Exception {
        return known().stream().filter(key -> H2Settings.rule(key).orElseThrow().fate() == SettingRule.Fate.PASSED);
    }

    @ParameterizedTest
    @MethodSource("passed")
    void whatMayPassIsWhatH2Takes(String key) throws Exception {
        SettingRule rule = H2Settings.rule(key).orElseThrow();
        String value = SAMPLES.getOrDefault(key, rule.pattern().matcher("TRUE").matches() ? "TRUE" : "1000");

        ConnectionSettings settings = UrlParser.parse("jdbc:blaze:mem:settings;" + key + '=' + value, new Properties());

        try (Connection h2 =
                new org.h2.Driver().connect("jdbc:h2:mem:settings" + settings.h2SettingsText(), new Properties())) {
            assertThat(h2.isValid(0)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("passed")
    void noValueMayHoldASecondStatement(String key) throws Exception {
        SettingRule rule = H2Settings.rule(key).orElseThrow();

        for (String evil : new String[] {";", "\\", "1;DROP ALL OBJECTS", "1\\;", "A\nB", "(SELECT 1)", "\"a", "a\""}) {
            assertThat(rule.pattern().matcher(evil).matches()).as(evil).isFalse();
        }
    }

    private static Set<String> known() throws ReflectiveOperationException {
        Set<String> known = new TreeSet<>(SetTypes.getTypes());
        known.addAll(DbSettings.DEFAULT.getSettings().keySet());
        Field field = ConnectionInfo.class.getDeclaredField("KNOWN_SETTINGS");
        field.setAccessible(true);
        for (Object key : (Collection<?>) field.get(null)) {
            known.add(key.toString());
        }
        known.removeAll(Set.of("USER", "PASSWORD"));
        return known;
    }
}

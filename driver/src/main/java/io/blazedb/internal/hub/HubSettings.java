package io.blazedb.internal.hub;

import io.blazedb.SqlState;
import io.blazedb.sync.FrameStoreLimits;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** The values of all settings of one hub. Immutable; a change of the file counts from the next start on. */
public final class HubSettings {
    private final Map<HubSetting, String> values;

    private HubSettings(Map<HubSetting, String> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** Reads the file; a setting that is not in it has its default. */
    static HubSettings read(Path file) throws SQLException {
        Properties given = new Properties();
        try {
            given.load(new StringReader(Files.readString(file)));
        } catch (IOException | IllegalArgumentException e) {
            throw SqlState.STORAGE.error("The file " + file + " cannot be read: " + e.getMessage(), e);
        }
        Map<HubSetting, String> values = new EnumMap<>(HubSetting.class);
        for (HubSetting setting : HubSetting.values()) {
            values.put(setting, setting.defaultValue());
        }
        for (String key : given.stringPropertyNames()) {
            HubSetting setting = HubSetting.of(key).orElseThrow(() -> unknown(file, key));
            values.put(setting, checked(setting, given.getProperty(key).strip(), file.toString()));
        }
        return new HubSettings(values);
    }

    private static SQLException unknown(Path file, String key) {
        String known = Arrays.stream(HubSetting.values()).map(HubSetting::key).collect(Collectors.joining(", "));
        return SqlState.BAD_SETTING.error(file + " sets " + key + " (expected: one of " + known + ")");
    }

    private static String checked(HubSetting setting, String value, String where) throws SQLException {
        if (!setting.allows(value)) {
            throw SqlState.BAD_SETTING.error(
                    where + " sets " + setting.key() + " to " + value + " (expected: " + setting.range() + ")");
        }
        return value;
    }

    /** The file of a new hub: all settings as comments with their defaults, and the host. */
    static byte[] fresh(String host) throws SQLException {
        StringBuilder text = new StringBuilder("# The settings of this hub. A change counts from its next start on.\n");
        for (HubSetting setting : HubSetting.values()) {
            text.append("\n# ").append(setting.description());
            text.append(" (").append(setting.range()).append(")\n");
            boolean given = setting == HubSetting.HOST;
            text.append(given ? "" : "#").append(setting.key()).append('=');
            text.append(given ? checked(setting, host, "--host") : setting.defaultValue());
            text.append('\n');
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    public String text(HubSetting setting) {
        return values.getOrDefault(setting, setting.defaultValue());
    }

    /** The value of a setting that is a number. */
    public long number(HubSetting setting) {
        if (!setting.isNumber()) {
            throw new IllegalArgumentException(setting + " (expected: a setting that is a number)");
        }
        return Long.parseLong(text(setting));
    }

    /** What one blind database may take. */
    FrameStoreLimits frameStoreLimits() {
        return new FrameStoreLimits(
                number(HubSetting.DATABASE_BYTES_MAX),
                number(HubSetting.ORIGIN_BYTES_MAX),
                (int) number(HubSetting.ORIGINS_MAX),
                number(HubSetting.CONTENT_BYTES_MAX),
                number(HubSetting.FREE_BYTES_MIN));
    }
}

package io.blazedb.internal.jdbc.url;

import io.blazedb.ConnectionProperty;
import io.blazedb.SqlState;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a URL and its properties the way H2 does, keeps ours, lets the harmless of H2's settings through, and refuses
 * the rest with the reason.
 *
 * <p>As in H2: a backslash takes the next character as it is, names of settings have no case, the same setting may be
 * given twice with the same value only, and a property that nobody knows is ignored, for tools leave theirs.
 */
public final class UrlParser {
    private static final String URL_MAP = "h2.urlMap";
    private static final String ALLOW_INIT = "blazedb.allowInit";

    private final Map<String, String> given = new TreeMap<>();
    private final Map<String, String> unknown = new TreeMap<>();

    private UrlParser() {}

    /** Whether the URL is one of ours. Says nothing about the database behind it. */
    public static boolean accepts(@Nullable String url) {
        return BlazeUrl.accepts(url);
    }

    /** What a URL and its properties give, names in capitals: for tools that ask before they connect. */
    public static Map<String, String> given(@Nullable String url, Properties properties) throws SQLException {
        UrlParser parser = new UrlParser();
        parser.readProperties(properties);
        int end = url == null ? -1 : url.indexOf(';');
        if (url != null && end >= 0) {
            parser.readSettings(url.substring(end + 1));
        }
        return Map.copyOf(parser.given);
    }

    /** Reads a URL that {@link #accepts} took. */
    public static ConnectionSettings parse(String url, Properties properties) throws SQLException {
        if (System.getProperty(URL_MAP) != null) {
            throw SqlState.NOT_SUPPORTED.error("The system property " + URL_MAP
                    + " is set, with which H2 opens another database than the URL says; start Java without it");
        }
        UrlParser parser = new UrlParser();
        parser.readProperties(properties);
        int end = url.indexOf(';');
        String name = url.substring(BlazeUrl.PREFIX.length(), end < 0 ? url.length() : end);
        if (end >= 0) {
            parser.readSettings(url.substring(end + 1));
        }
        return parser.settings(name);
    }

    private void readProperties(Properties properties) throws SQLException {
        for (String key : properties.stringPropertyNames()) {
            read(key, properties.getProperty(key), false);
        }
        for (Map.Entry<Object, Object> entry : properties.entrySet()) {
            if (entry.getValue() instanceof char[] secret) {
                read(entry.getKey().toString(), String.valueOf(secret), false);
            }
        }
    }

    private void readSettings(String text) throws SQLException {
        StringBuilder setting = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ';') {
                readSetting(setting.toString());
                setting.setLength(0);
            } else if (c == '\\' && i < text.length() - 1) {
                setting.append(text.charAt(++i));
            } else {
                setting.append(c);
            }
        }
        readSetting(setting.toString());
    }

    private void readSetting(String setting) throws SQLException {
        if (setting.isEmpty()) {
            return;
        }
        int equal = setting.indexOf('=');
        if (equal < 0) {
            throw SqlState.BAD_URL.error(
                    "The URL is malformed: a setting has no '=' (expected: ;NAME=value after the database)");
        }
        read(setting.substring(0, equal), setting.substring(equal + 1), true);
    }

    private void read(String name, String value, boolean fromUrl) throws SQLException {
        String key = capitals(name);
        if (ConnectionProperty.of(key).isPresent() || H2Settings.rule(key).isPresent()) {
            put(key, value);
        } else if (fromUrl) {
            unknown.put(key, value);
        }
    }

    private void put(String key, String value) throws SQLException {
        String old = given.put(key, value);
        if (old != null && !old.equals(value)) {
            throw SqlState.BAD_SETTING.error("The setting " + key
                    + " is given twice with different values (expected: once, in the URL or in the properties)");
        }
    }

    private ConnectionSettings settings(String name) throws SQLException {
        Optional<String> init = Optional.ofNullable(text("INIT"));
        if (init.isPresent() && Boolean.getBoolean(ALLOW_INIT)) {
            given.remove("INIT");
        }
        Map<ConnectionProperty, String> ours = ours();
        Map<String, String> h2Settings = h2Settings();
        if (!unknown.isEmpty() && !isTrue("IGNORE_UNKNOWN_SETTINGS")) {
            throw SqlState.BAD_SETTING.error("The URL has settings that nobody knows: " + unknown.keySet()
                    + "; correct or remove them (IGNORE_UNKNOWN_SETTINGS=TRUE ignores them)");
        }
        Location location = BlazeUrl.location(name);
        String closeDelay = text("DB_CLOSE_DELAY");
        return new ConnectionSettings(
                location,
                ours,
                h2Settings,
                isTrue("IFEXISTS") || isTrue("FORBID_CREATION"),
                closeDelay == null ? OptionalInt.empty() : OptionalInt.of(number("DB_CLOSE_DELAY", closeDelay)),
                init,
                secret(ConnectionProperty.USER),
                Secret.of(secret(ConnectionProperty.PASSWORD)),
                Secret.of(secret(ConnectionProperty.ENCRYPTION_PASSWORD)),
                BlazeUrl.publicUrl(name, location));
    }

    /** Ours but for user and passwords, which have places of their own. */
    private Map<ConnectionProperty, String> ours() throws SQLException {
        Map<ConnectionProperty, String> ours = new EnumMap<>(ConnectionProperty.class);
        for (ConnectionProperty property : ConnectionProperty.values()) {
            String value = text(capitals(property.key()));
            if (value != null && property != ConnectionProperty.USER && !property.isSecret()) {
                ours.put(property, checked(property, value));
            }
        }
        return ours;
    }

    private static String checked(ConnectionProperty property, String value) throws SQLException {
        if (property == ConnectionProperty.NODE) {
            if (!value.matches("[\\p{L}\\p{N}_.-]{1,64}")) {
                throw SqlState.BAD_SETTING.error(
                        "NODE has the value '" + value + "' (expected: 1 to 64 letters, digits, or one of _ . -)");
            }
            return value;
        }
        if (property == ConnectionProperty.SYNC_VALUE_MAX) {
            if (!value.matches("[1-9]\\d{0,17}")) {
                throw SqlState.BAD_SETTING.error(
                        property.key() + " has the value '" + value + "' (expected: a number of bytes, at least 1)");
            }
            return value;
        }
        String choice = capitals(value);
        if (!property.choices().contains(choice)) {
            throw SqlState.BAD_SETTING.error(property.key() + " has the value '" + value + "' (expected: "
                    + String.join(" | ", property.choices()) + ")");
        }
        return choice;
    }

    private Map<String, String> h2Settings() throws SQLException {
        Map<String, String> settings = new TreeMap<>();
        for (String key : given.keySet()) {
            Optional<SettingRule> rule = H2Settings.rule(key);
            if (rule.isPresent()) {
                String value = String.valueOf(text(key));
                rule.get().check(key, value);
                if (rule.get().fate() == SettingRule.Fate.PASSED) {
                    settings.put(key, value);
                }
            }
        }
        return settings;
    }

    private boolean isTrue(String key) {
        String value = text(key);
        return value != null && value.matches("(?i)TRUE|YES|ON|[TY1]");
    }

    private String secret(ConnectionProperty property) {
        String value = text(capitals(property.key()));
        return value == null ? "" : value;
    }

    private @Nullable String text(String key) {
        return given.get(key);
    }

    private static int number(String key, String digits) throws SQLException {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw SqlState.BAD_SETTING.error(
                    key + " has the value " + digits + " (expected: -1 or 0 to " + Integer.MAX_VALUE + " seconds)", e);
        }
    }

    private static String capitals(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}

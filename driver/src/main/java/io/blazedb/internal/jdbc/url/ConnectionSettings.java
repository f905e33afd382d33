package io.blazedb.internal.jdbc.url;

import io.blazedb.ConnectionProperty;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Everything that a URL and its properties say, checked.
 *
 * @param properties ours that were given, but for the user and the secrets; values in capitals where there are choices
 * @param h2Settings settings that may reach H2 as they are, keys in capitals and in order, each value checked
 *     against its pattern; none has a semicolon or a backslash
 * @param ifExists open the database only when it is there already ({@code IFEXISTS}, {@code FORBID_CREATION})
 * @param closeDelaySeconds {@code DB_CLOSE_DELAY} when given; -1: until the process ends
 * @param init {@code INIT} when given and allowed by {@code -Dblazedb.allowInit=true}: SQL to run on the new connection
 * @param publicUrl {@code jdbc:blaze:} and the location, without settings; never contains {@code :h2:mem}
 */
public record ConnectionSettings(
        Location location,
        Map<ConnectionProperty, String> properties,
        Map<String, String> h2Settings,
        boolean ifExists,
        OptionalInt closeDelaySeconds,
        Optional<String> init,
        String user,
        Secret password,
        Secret encryptionPassword,
        String publicUrl) {

    public ConnectionSettings {
        properties = Map.copyOf(properties);
        h2Settings = Collections.unmodifiableMap(new TreeMap<>(h2Settings));
    }

    /** What was given, or nothing: a second connection may leave a property of the database away. */
    public Optional<String> given(ConnectionProperty property) {
        return Optional.ofNullable(properties.get(property));
    }

    /** What was given, or the default. */
    public String value(ConnectionProperty property) {
        return properties.getOrDefault(property, property.defaultValue());
    }

    /** The settings as H2 reads them at the end of a URL: each with a semicolon before it. */
    public String h2SettingsText() {
        StringBuilder text = new StringBuilder();
        h2Settings.forEach(
                (key, value) -> text.append(';').append(key).append('=').append(value));
        return text.toString();
    }
}

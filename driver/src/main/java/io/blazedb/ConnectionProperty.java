package io.blazedb;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a connection takes beside H2's settings. The URL parser, {@code getPropertyInfo} and the data source all read
 * this table, so that they cannot differ.
 */
public enum ConnectionProperty {
    USER("user", "", "The user of the database", Scope.CONNECTION),
    PASSWORD("password", "", "The password of the user", Scope.CONNECTION),
    ENCRYPTION_PASSWORD(
            "encryptionPassword",
            "",
            "The password that protects an encrypted database on the disk (ENCRYPT=TRUE)",
            Scope.DATABASE),
    NODE(
            "NODE",
            "",
            "The name of this database among those it is connected with; empty: the name of its file",
            Scope.DATABASE),
    ENCRYPT(
            "ENCRYPT",
            "FALSE",
            "TRUE: the database and its log are encrypted on the disk",
            Scope.DATABASE,
            "FALSE",
            "TRUE"),
    DURABILITY(
            "DURABILITY",
            "NORMAL",
            "When a commit is forced to the disk. FULL: before COMMIT returns; NORMAL: at most 20 ms later, and nothing"
                    + " is lost when the process is killed; OFF: at the next checkpoint",
            Scope.CONNECTION,
            "FULL",
            "NORMAL",
            "OFF"),
    COMMIT(
            "COMMIT",
            "LOCAL",
            "What COMMIT waits for. LOCAL: nothing else; RECEIVED: a peer has the change; ACCEPTED: a peer accepted it",
            Scope.CONNECTION,
            "LOCAL",
            "RECEIVED",
            "ACCEPTED"),
    SYNC_VALUE_MAX(
            "SYNC_VALUE_MAX",
            "67108864",
            "How many bytes a large object of a synced table may have: a commit that writes a larger one is refused",
            Scope.DATABASE);

    /** What a value belongs to: two connections to one database may differ only in properties of the connection. */
    public enum Scope {
        DATABASE,
        CONNECTION
    }

    private static final String SEPARATOR = ",";

    private final String key;
    private final String defaultValue;
    private final String description;
    private final Scope scope;
    private final String choices;

    ConnectionProperty(String key, String defaultValue, String description, Scope scope, String... choices) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.description = description;
        this.scope = scope;
        this.choices = String.join(SEPARATOR, choices);
    }

    /** The name as written in a URL or in {@code Properties}; read without regard to case. */
    public String key() {
        return key;
    }

    /** The value when none is given. */
    public String defaultValue() {
        return defaultValue;
    }

    /** One sentence for people. */
    public String description() {
        return description;
    }

    /** Whether the value belongs to the database or to one connection. */
    public Scope scope() {
        return scope;
    }

    /** The values that are allowed, in capitals; empty when the value is free. */
    public List<String> choices() {
        return choices.isEmpty() ? List.of() : List.of(choices.split(SEPARATOR, -1));
    }

    /** Whether the value must not appear in a message, a log or {@code toString}. */
    public boolean isSecret() {
        return this == PASSWORD || this == ENCRYPTION_PASSWORD;
    }

    /** The property with this key, in any case. */
    public static Optional<ConnectionProperty> of(String key) {
        String wanted = key.toUpperCase(Locale.ROOT);
        for (ConnectionProperty property : values()) {
            if (property.key.toUpperCase(Locale.ROOT).equals(wanted)) {
                return Optional.of(property);
            }
        }
        return Optional.empty();
    }
}

package io.blazedb.internal.hub;

import io.blazedb.sync.Role;
import io.blazedb.sync.internal.crypto.DatabaseMode;
import java.util.List;

/**
 * What a command asks of the hub, as words that travel to the running hub. A secret is never among them; the SQL of an
 * owner may name one, and travels over the owner's own socket alone.
 */
public sealed interface HubRequest {
    /** The words that {@link #of} reads. */
    List<String> words();

    record CreateDatabase(String name, DatabaseMode mode) implements HubRequest {
        @Override
        public List<String> words() {
            return List.of("database create", name, mode.name());
        }
    }

    record ListDatabases() implements HubRequest {
        @Override
        public List<String> words() {
            return List.of("database list");
        }
    }

    /** A token that is valid for so long from now on. */
    record IssueToken(String database, String user, Role role, boolean admin, boolean grant, long millis)
            implements HubRequest {
        @Override
        public List<String> words() {
            return List.of(
                    "token issue",
                    database,
                    user,
                    role.name(),
                    Boolean.toString(admin),
                    Boolean.toString(grant),
                    Long.toString(millis));
        }
    }

    record ListTokens() implements HubRequest {
        @Override
        public List<String> words() {
            return List.of("token list");
        }
    }

    record RevokeToken(String id) implements HubRequest {
        @Override
        public List<String> words() {
            return List.of("token revoke", id);
        }
    }

    record Status() implements HubRequest {
        @Override
        public List<String> words() {
            return List.of("status");
        }
    }

    /** Statements to run as the owner of a smart database. */
    record Sql(String database, String statements) implements HubRequest {
        @Override
        public List<String> words() {
            return List.of("sql", database, statements);
        }

        /** Without the statements, which may name a password. */
        @Override
        public String toString() {
            return "SQL at " + database;
        }
    }

    /**
     * Reads the words of a request.
     *
     * @throws IllegalArgumentException if they are none, as those of another version may be
     */
    static HubRequest of(List<String> words) {
        String name = words.isEmpty() ? "" : words.get(0);
        return switch (name + " " + words.size()) {
            case "database create 3" -> new CreateDatabase(words.get(1), DatabaseMode.valueOf(words.get(2)));
            case "database list 1" -> new ListDatabases();
            case "token issue 7" ->
                new IssueToken(
                        words.get(1),
                        words.get(2),
                        Role.valueOf(words.get(3)),
                        Boolean.parseBoolean(words.get(4)),
                        Boolean.parseBoolean(words.get(5)),
                        Long.parseLong(words.get(6)));
            case "token list 1" -> new ListTokens();
            case "token revoke 2" -> new RevokeToken(words.get(1));
            case "status 1" -> new Status();
            case "sql 3" -> new Sql(words.get(1), words.get(2));
            default ->
                throw new IllegalArgumentException(
                        "request '" + name + "' of " + words.size() + " words (expected: one that this version knows)");
        };
    }
}

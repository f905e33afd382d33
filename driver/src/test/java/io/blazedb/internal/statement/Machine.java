package io.blazedb.internal.statement;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A machine with databases that can be opened by their locations. For one thread. */
final class Machine implements AutoCloseable {
    private final Map<String, TestDatabase> databases = new LinkedHashMap<>();

    /** A new empty database, {@code jdbc:blaze:mem:<name>}. */
    TestDatabase create(String name) {
        return create(name, "");
    }

    /** With settings of H2, each behind a semicolon. */
    TestDatabase create(String name, String settings) {
        TestDatabase database = new TestDatabase(this, name, settings);
        databases.put(database.location(), database);
        return database;
    }

    /** The database at a location that {@link TestDatabase} opens, made if it may be. */
    Optional<TestDatabase> at(String location) {
        String plain = Locations.shown(location);
        if (!databases.containsKey(plain) && !location.endsWith(";IFEXISTS=TRUE")) {
            create(plain.substring("jdbc:blaze:mem:".length()));
        }
        return Optional.ofNullable(databases.get(plain)).filter(database -> !database.isAway());
    }

    @Override
    public void close() {
        databases.values().forEach(TestDatabase::close);
    }
}

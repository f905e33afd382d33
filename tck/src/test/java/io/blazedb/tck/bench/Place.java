package io.blazedb.tck.bench;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for the databases of one program; it goes with them. Immutable. */
record Place(Path folder) implements AutoCloseable {
    static Place create() throws IOException {
        return new Place(Files.createTempDirectory("blazedb-bench"));
    }

    String url(Target target, String name) {
        return target.url(folder.resolve(name));
    }

    Items h2(String name) throws SQLException {
        return new Items(Target.connect(url(Target.H2_FILE, name)));
    }

    Items blaze(String name) throws SQLException {
        return new Items(Target.connect(url(Target.BLAZE_FILE, name)));
    }

    /** Connects a database with another one of this process, both ways. */
    void connect(Connection connection, String other) throws SQLException {
        Sql.execute(connection, "CONNECT TO '" + url(Target.BLAZE_FILE, other) + "'", "SYNC");
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Place::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

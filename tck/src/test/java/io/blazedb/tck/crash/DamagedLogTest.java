package io.blazedb.tck.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is damaged, newer or another database's is refused at opening, by name and with a remedy; untouched. */
class DamagedLogTest {
    private static final int VERSION_AT = 8;
    private static final int HEADER_CRC_AT = 48;
    private static final int ROWS = 600;

    @TempDir
    Path folder;

    private Path log(String name) {
        return folder.resolve(name + ".blaze");
    }

    /** A database that crashed with two segments of log, all of it younger than its file. */
    private void crashed(String name) throws SQLException {
        try (Connection connection = Target.BLAZE_FILE.connect(folder.resolve(name))) {
            Sql.execute(connection, "CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(2000))");
            for (int id = 1; id <= ROWS; id++) {
                Sql.execute(
                        connection,
                        "INSERT INTO T VALUES(%d, 'row %d of %s' || REPEAT('.', 800))".formatted(id, id, name));
            }
            Sql.execute(connection, "SHUTDOWN IMMEDIATELY");
        }
        assertThat(log(name).resolve("log-2")).exists();
    }

    /** Opening fails; answers what it said. Nothing in the files is another one afterwards. */
    private String refusal(String name) throws IOException {
        Map<String, ByteBuffer> before = contents();
        SQLException error = catchThrowableOfType(
                SQLException.class,
                () -> Target.BLAZE_FILE.connect(folder.resolve(name)).close());
        assertThat((Throwable) error).as("opening %s", name).isNotNull();
        assertThat(error.getSQLState()).as(error.getMessage()).isEqualTo("ZB502");
        Map<String, ByteBuffer> after = contents();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((file, bytes) -> assertThat(bytes.equals(after.get(file)))
                .as("%s is as it was", file)
                .isTrue());
        return String.valueOf(error.getMessage());
    }

    private Map<String, ByteBuffer> contents() throws IOException {
        Map<String, ByteBuffer> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    /** Changes one bit of a text, and answers the name of its segment. */
    private static String flip(Path log, String text) throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
                if (at >= 0) {
                    bytes[at] ^= 1;
                    Files.write(file, bytes);
                    return file.getFileName().toString();
                }
            }
        }
        throw new AssertionError(text + " is nowhere in " + log);
    }

    @Test
    void aWholeLogIsTaken() throws Exception {
        crashed("db");

        try (Connection connection = Target.BLAZE_FILE.connect(folder.resolve("db"))) {
            assertThat(Sql.value(connection, "SELECT COUNT(*) FROM T")).isEqualTo("" + ROWS);
        }
    }

    /** H2 writes about a connection that nobody closed into the trace file of the next database that is opened. */
    @Test
    void openingAfterACrashLeavesNoConnectionBehind() throws Exception {
        try (Connection connection = Target.BLAZE_FILE.connect(folder.resolve("db"));
                Connection open = Target.BLAZE_FILE.connect(folder.resolve("db"))) {
            Sql.execute(open, "CREATE TABLE T(ID INT PRIMARY KEY)");
            open.setAutoCommit(false);
            Sql.execute(open, "INSERT INTO T VALUES(1)"); // no checkpoint while it is not committed
            Sql.execute(connection, "CREATE TABLE U(ID INT PRIMARY KEY)", "SHUTDOWN IMMEDIATELY");
        }
        Target.BLAZE_FILE.connect(folder.resolve("db")).close();

        for (int time = 0; time < 5; time++) {
            System.gc();
            Target.BLAZE_FILE.connect(folder.resolve("next")).close();
        }

        assertThat(contents().keySet()).noneMatch(name -> name.endsWith(".trace.db"));
    }

    @Test
    void flippedBytesBeforeWholeRecordsAreRefused() throws Exception {
        crashed("db");
        String segment = flip(log("db"), "row %d of db".formatted(ROWS - 50));

        assertThat(refusal("db"))
                .contains(log("db").toString(), segment + " at offset", "restore")
                .containsAnyOf("no whole record", "check sum");
    }

    @Test
    void aNewerFormatIsRefused() throws Exception {
        crashed("db");
        Path segment = log("db").resolve("log-2");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(segment));
        bytes.putInt(VERSION_AT, 7);
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, HEADER_CRC_AT);
        bytes.putInt(HEADER_CRC_AT, (int) crc.getValue());
        Files.write(segment, bytes.array());

        assertThat(refusal("db"))
                .contains(log("db").toString(), "log-2 has format version 7", "known: up to 2", "newer version");
    }

    @Test
    void aSegmentOfAnotherLogIsRefused() throws Exception {
        crashed("db");
        crashed("other");
        Files.write(log("db").resolve("log-2"), Files.readAllBytes(log("other").resolve("log-2")));

        assertThat(refusal("db"))
                .contains(log("db").toString(), "expected: ")
                .containsAnyOf("log-2 at offset 0", "of another database"); // as a checkpoint trimmed log-1, or not
    }

    @Test
    void theWholeLogOfAnotherDatabaseIsRefused() throws Exception {
        for (String name : new String[] {"db", "other"}) {
            crashed(name);
            Target.BLAZE_FILE.connect(folder.resolve(name)).close();
        }
        try (Connection other = Target.BLAZE_FILE.connect(folder.resolve("other"))) {
            Sql.execute(other, "UPDATE T SET NOTE = 'a row of another database'", "SHUTDOWN IMMEDIATELY");
        }
        CrashImage.delete(log("db"));
        CrashImage.copy(log("other"), log("db"));

        assertThat(refusal("db")).contains(log("db").toString(), "of another database", "expected", "Remedy");
    }
}

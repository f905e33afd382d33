package io.blazedb.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.internal.capture.BlobAccess;
import io.blazedb.internal.capture.H2Engine;
import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.capture.ValueCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.h2.engine.SessionLocal;
import org.h2.result.ResultInterface;
import org.h2.util.DateTimeUtils;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The bytes of values and keys never change: they lie in logs, and nodes compare them. The golden file has one line a
 * value: type, literal, bytes of the value, bytes of the key, with bars between. {@code -Dgolden=write} writes the file
 * anew from its first two columns.
 */
class CanonicalBytesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/blazedb/internal/node/canonical-bytes.txt");
    private static final HexFormat HEX = HexFormat.of();

    /** Contents above 8 KiB stand apart under a name of this database: none is in here. */
    private static final BlobAccess NONE_APART = new BlobAccess() {
        @Override
        public byte[] write(InputStream content) throws IOException {
            throw new IOException("a content stands apart");
        }

        @Override
        public InputStream read(byte[] name) throws IOException {
            throw new IOException("a content stands apart");
        }

        @Override
        public void force() {}

        @Override
        public void named(long lsn) {}

        @Override
        public void forget() {}
    };

    /** A line of the file. */
    private record Line(String type, String literal, String value, String key) {
        static Line read(String line) {
            String[] parts = line.split(" \\| ", -1);
            return new Line(parts[0], parts[1], parts.length > 2 ? parts[2] : "", parts.length > 3 ? parts[3] : "");
        }

        @Override
        public String toString() {
            return String.join(" | ", type, literal, value, key);
        }
    }

    private static List<Line> golden() throws IOException {
        return Files.readAllLines(GOLDEN, StandardCharsets.UTF_8).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Line::read)
                .toList();
    }

    /** The lines as they are made now. */
    private static List<String> made(List<Line> lines) throws SQLException {
        List<String> made = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:;TIME ZONE=UTC")) {
            SessionLocal session = H2Engine.sessionOf(connection);
            ValueCodec codec = new ValueCodec(NONE_APART, session.getDatabase().getLobStorage(), session);
            for (Line line : lines) {
                Value value = value(session, line);
                RecordBuffer bytes = new RecordBuffer(16);
                codec.write(value, bytes);
                RecordBuffer key = new RecordBuffer(16);
                new KeyCodec(codec).write(value, key);
                made.add(new Line(line.type(), line.literal(), hex(bytes), hex(key)).toString());
            }
        }
        return made;
    }

    private static Value value(SessionLocal session, Line line) {
        String sql = "SELECT CAST(" + line.literal() + " AS " + line.type() + ")";
        try (ResultInterface rows = session.prepareLocal(sql).executeQuery(1, 1, false)) {
            rows.next();
            return rows.currentRow()[0];
        }
    }

    private static String hex(RecordBuffer bytes) {
        return HEX.formatHex(bytes.toByteArray());
    }

    @Test
    void bytesAreThoseOfTheFile() throws SQLException, IOException {
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(GOLDEN, String.join("\n", made(golden())) + "\n");
        }
        List<Line> lines = golden();

        assertThat(made(lines))
                .containsExactlyElementsOf(lines.stream().map(Line::toString).toList());
        assertThat(lines).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @CsvSource({"tr-TR, Asia/Kolkata", "ar-SA, America/St_Johns", "th-TH-u-ca-buddhist, Pacific/Apia"})
    void bytesAreTheSameInEveryLocaleAndTimeZone(String locale, String zone) throws SQLException, IOException {
        Locale before = Locale.getDefault();
        TimeZone zoneBefore = TimeZone.getDefault();
        Locale.setDefault(Locale.forLanguageTag(locale));
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        DateTimeUtils.resetCalendar();
        try {
            List<Line> lines = golden();
            assertThat(made(lines))
                    .containsExactlyElementsOf(
                            lines.stream().map(Line::toString).toList());
        } finally {
            Locale.setDefault(before);
            TimeZone.setDefault(zoneBefore);
            DateTimeUtils.resetCalendar();
        }
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:;TIME ZONE=UTC")) {
            SessionLocal session = H2Engine.sessionOf(connection);
            ValueCodec codec = new ValueCodec(NONE_APART, session.getDatabase().getLobStorage(), session);
            for (Line line : golden()) {
                Value written = value(session, line);
                Value read = codec.read(new RecordInput(HEX.parseHex(line.value())), written.getType());
                assertThat(session.compare(read, written)).as("%s", line).isZero();
                Value key = new KeyCodec(codec).read(new RecordInput(HEX.parseHex(line.key())), written.getType());
                TypeInfo type = written.getType();
                Value converted = written.getValueType() == Value.NULL ? key : key.convertTo(type, session);
                assertThat(session.compare(converted, written))
                        .as("key of %s", line)
                        .isZero();
            }
        }
    }

    /** What H2 holds to be one key is one key, and nothing else is. */
    @Test
    void equalKeysHaveEqualBytes() throws SQLException, IOException {
        List<Line> lines = golden();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:;TIME ZONE=UTC")) {
            SessionLocal session = H2Engine.sessionOf(connection);
            for (Line one : lines) {
                for (Line other : lines) {
                    Value a = value(session, one);
                    Value b = value(session, other);
                    if (one.type().equals(other.type()) && a.getValueType() == b.getValueType()) {
                        assertThat(one.key().equals(other.key()))
                                .as("%s, %s", one, other)
                                .isEqualTo(session.compare(a, b) == 0);
                    }
                }
            }
        }
    }
}

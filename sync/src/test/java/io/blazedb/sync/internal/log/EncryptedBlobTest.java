package io.blazedb.sync.internal.log;

import static io.blazedb.sync.internal.log.LogContents.SMALL;
import static io.blazedb.sync.internal.log.LogContents.append;
import static io.blazedb.sync.internal.log.LogContents.filled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large values beside a log with a key. */
class EncryptedBlobTest {
    private static final String CANARY = "canary-0815";

    private final LogKey key = new LogKey(filled(LogKey.BYTES, 9));

    private static OperationLog open(LogDirectory files, @Nullable LogKey with) throws IOException {
        return OperationLog.open(files, SMALL, 0, with);
    }

    private static BlobId write(OperationLog log, byte[] content) throws IOException {
        BlobId id = log.blobs().write(new ByteArrayInputStream(content));
        log.blobs().named(id, append(log, RecordType.FACT, new byte[1]).lsn());
        return id;
    }

    private static byte[] read(OperationLog log, BlobId id) {
        try (InputStream content = log.blobs().read(id)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 300_000})
    void contentComesBackInThisLifeAndTheNext(int length) throws IOException {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        FaultyLogDirectory disk = new FaultyLogDirectory();
        BlobId first;
        BlobId second;
        try (OperationLog log = open(disk, key)) {
            first = write(log, content);
            second = write(log, content);
            assertThat(read(log, first)).isEqualTo(content);
            assertThat(read(log, second)).isEqualTo(content);
        }
        try (OperationLog log = open(disk.afterKill(), key)) {
            assertThat(read(log, first)).isEqualTo(content);
            assertThat(read(log, second)).isEqualTo(content);
        }
    }

    @Test
    void filesShowNothingUnlessTheyArePlain() throws IOException {
        for (boolean encrypted : new boolean[] {false, true}) {
            MemoryLogDirectory files = new MemoryLogDirectory();
            try (OperationLog log = open(files, encrypted ? key : null)) {
                write(log, (CANARY + "!").repeat(20_000).getBytes(StandardCharsets.UTF_8));
            }

            assertThat(new String(bytes(blobFile(files)), StandardCharsets.ISO_8859_1).contains(CANARY))
                    .isNotEqualTo(encrypted);
        }
    }

    @Test
    void aChangeWithARightCheckSumIsFound() throws IOException {
        MemoryLogDirectory files = new MemoryLogDirectory();
        BlobId id;
        try (OperationLog log = open(files, key)) {
            id = write(log, filled(100, 1));
        }
        byte[] whole = bytes(blobFile(files));
        for (int at = (int) id.position() + RecordLayout.HEADER_BYTES; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 << at % 8);
            replace(files, rightCheckSum(changed, id.position()));

            requireForged(files, id);
        }
        replace(files, whole);
        try (OperationLog log = open(files, key)) {
            assertThat(read(log, id)).isEqualTo(filled(100, 1));
        }
    }

    @Test
    void aValueIsNotTakenForAnother() throws IOException {
        MemoryLogDirectory files = new MemoryLogDirectory();
        BlobId first;
        BlobId second;
        try (OperationLog log = open(files, key)) {
            first = write(log, filled(100, 1));
            second = write(log, filled(100, 2));
        }
        byte[] bytes = bytes(blobFile(files));
        int size = (int) (second.position() - first.position());
        int payload = RecordLayout.HEADER_BYTES;
        System.arraycopy(
                bytes, (int) second.position() + payload, bytes, (int) first.position() + payload, size - payload);
        replace(files, rightCheckSum(bytes, first.position()));

        requireForged(files, first);
    }

    private void requireForged(MemoryLogDirectory files, BlobId id) throws IOException {
        try (OperationLog log = open(files, key)) {
            assertThatThrownBy(() -> read(log, id))
                    .isInstanceOf(LogCorruptedException.class)
                    .hasMessageContaining("somebody changed it")
                    .extracting(e -> ((LogCorruptedException) e).damage())
                    .isEqualTo(LogCorruptedException.Damage.FORGED);
        }
    }

    private static byte[] rightCheckSum(byte[] file, long position) {
        ByteBuffer view = ByteBuffer.wrap(file);
        LogId id = new LogId(view.getLong(16), view.getLong(24));
        int at = (int) position;
        int length = RecordLayout.length(view, at) - RecordLayout.HEADER_BYTES;
        view.putInt(
                at + 4,
                new RecordChecksum(id)
                        .of(position, RecordLayout.type(view, at), file, RecordLayout.payload(at), length));
        return file;
    }

    private static DataFile blobFile(MemoryLogDirectory files) {
        return files.openData(nameOf(files));
    }

    private static String nameOf(MemoryLogDirectory files) {
        return files.list().stream()
                .filter(BlobLayout.Name::isOne)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no blob file among " + files.list()));
    }

    private static byte[] bytes(DataFile file) throws IOException {
        byte[] bytes = new byte[(int) file.size()];
        assertThat(file.read(0, bytes, 0, bytes.length)).isEqualTo(bytes.length);
        return bytes;
    }

    private static void replace(MemoryLogDirectory files, byte[] content) throws IOException {
        DataFile file = blobFile(files);
        file.truncate(0);
        file.append(content, 0, content.length);
    }
}

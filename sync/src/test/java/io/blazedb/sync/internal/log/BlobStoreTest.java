package io.blazedb.sync.internal.log;

import static io.blazedb.sync.internal.log.LogContents.SMALL;
import static io.blazedb.sync.internal.log.LogContents.append;
import static io.blazedb.sync.internal.log.LogContents.appendRandom;
import static io.blazedb.sync.internal.log.LogContents.filled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobStoreTest {
    @TempDir
    Path directory;

    private static BlobId write(OperationLog log, byte[] content) throws IOException {
        return log.blobs().write(new ByteArrayInputStream(content));
    }

    private static byte[] read(OperationLog log, BlobId id) throws IOException {
        try (InputStream content = log.blobs().read(id)) {
            return content.readAllBytes();
        }
    }

    /** Writes a blob and a record that names it. */
    private static BlobId commit(OperationLog log, byte[] content) throws IOException {
        BlobId id = write(log, content);
        log.blobs().force();
        ByteBuffer payload = ByteBuffer.allocate(BlobId.BYTES);
        id.writeTo(payload);
        log.blobs().named(id, append(log, RecordType.TXN_LOCAL, payload.array()).lsn());
        return id;
    }

    private static List<String> blobFiles(LogDirectory files) throws IOException {
        return files.list().stream().filter(name -> name.startsWith("blob-")).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void blobsOfEachSizeAreReadAcrossReopenings(boolean memory) throws IOException {
        LogDirectory files = memory ? new MemoryLogDirectory() : new FileLogDirectory(directory);
        Map<BlobId, byte[]> expected = new LinkedHashMap<>();
        Random random = new Random(5);

        for (int run = 0; run < 3; run++) {
            try (OperationLog log = OperationLog.open(files, SMALL)) {
                for (int length : new int[] {0, 1, 9000, (1 << 16) - 1, 1 << 16, (1 << 16) + 1, 1_000_000}) {
                    byte[] content = new byte[length];
                    random.nextBytes(content);
                    expected.put(commit(log, content), content);
                }
                for (Map.Entry<BlobId, byte[]> blob : expected.entrySet()) {
                    assertThat(read(log, blob.getKey())).isEqualTo(blob.getValue());
                }
            }
        }
        assertThat(blobFiles(files)).hasSize(3).allMatch(name -> name.matches("blob-[0-9]+-[0-9]+"));
    }

    @Test
    void anIdSurvivesItsBytes() {
        BlobId id = new BlobId(Long.MAX_VALUE, 2, 3);
        ByteBuffer bytes = ByteBuffer.allocate(BlobId.BYTES);

        id.writeTo(bytes);

        assertThat(BlobId.readFrom(bytes.flip())).isEqualTo(id);
    }

    @Test
    void blobsGoWithTheRecordsThatNameThem() throws IOException {
        MemoryLogDirectory files = new MemoryLogDirectory();
        BlobId kept;
        try (OperationLog log = OperationLog.open(files, SMALL)) {
            BlobId trimmed = commit(log, filled(20_000_000, 1));
            commit(log, filled(10, 2));
            appendRandom(log, new Random(1), 1000, 500);
            kept = commit(log, filled(20_000_000, 3));
            assertThat(blobFiles(files)).hasSize(2);

            log.trim(log.visibleEnd());

            assertThat(blobFiles(files)).hasSize(1);
            assertThatThrownBy(() -> read(log, trimmed))
                    .isInstanceOf(LogCorruptedException.class)
                    .hasMessageContaining("the file is not there");
            assertThat(read(log, kept)).isEqualTo(filled(20_000_000, 3));
        }

        try (OperationLog log = OperationLog.open(files, SMALL)) {
            assertThat(read(log, kept)).isEqualTo(filled(20_000_000, 3));
            appendRandom(log, new Random(1), 1000, 500);
            log.trim(log.visibleEnd());
            assertThat(blobFiles(files)).isEmpty();
        }
    }

    @Test
    void whatNoRecordNamesIsCollected() throws IOException {
        FaultyLogDirectory running = new FaultyLogDirectory();
        OperationLog crashed = OperationLog.open(running, SMALL);
        commit(crashed, filled(10_000, 1));
        write(crashed, filled(10_000, 2));
        MemoryLogDirectory files = running.afterKill();
        crashed.close();
        assertThat(blobFiles(files)).hasSize(1);

        try (OperationLog log = OperationLog.open(files, SMALL)) {
            assertThat(blobFiles(files)).hasSize(1);
            appendRandom(log, new Random(1), 1000, 500);
            log.trim(log.visibleEnd());
            assertThat(blobFiles(files)).isEmpty();

            log.blobs().forget(write(log, filled(10, 3)));
            assertThat(blobFiles(files)).hasSize(1);
        }
        assertThat(blobFiles(files)).isEmpty();
    }

    @Test
    void everyFlippedBitIsFound() throws IOException {
        BlobId id;
        byte[] content = filled(300, 7);
        try (OperationLog log = OperationLog.open(new FileLogDirectory(directory), SMALL)) {
            id = commit(log, content);
        }
        Path file;
        try (var found = Files.list(directory)) {
            file = found.filter(path -> path.getFileName().toString().startsWith("blob-"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);

        for (int offset = 0; offset < bytes.length; offset++) {
            byte[] damaged = bytes.clone();
            damaged[offset] ^= (byte) (1 << (offset % 8));
            Files.write(file, damaged);
            try (OperationLog log = OperationLog.open(new FileLogDirectory(directory), SMALL)) {
                assertThatThrownBy(() -> read(log, id)).as("offset %d", offset).isInstanceOf(LogException.class);
            }
        }
        Files.write(file, bytes);
        try (OperationLog log = OperationLog.open(new FileLogDirectory(directory), SMALL)) {
            assertThat(read(log, id)).isEqualTo(content);
        }
    }

    @Test
    void aWriteThatFailsHalfWayLeavesNothingBehind() throws IOException {
        FaultyLogDirectory files = new FaultyLogDirectory();
        try (OperationLog log = OperationLog.open(files, SMALL)) {
            BlobId before = commit(log, filled(100, 1));
            files.failAppendsAfter(2);
            assertThatThrownBy(() -> write(log, filled(1_000_000, 2)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("No space left on device");
            files.failAppendsAfter(Integer.MAX_VALUE);

            BlobId after = commit(log, filled(200, 3));

            assertThat(after.position()).isEqualTo(before.position() + RecordLayout.bytes(100));
            assertThat(read(log, before)).isEqualTo(filled(100, 1));
            assertThat(read(log, after)).isEqualTo(filled(200, 3));
        }
    }

    @Test
    void aFailedForceOfBlobsStopsTheLog() throws IOException {
        FaultyLogDirectory files = new FaultyLogDirectory();
        try (OperationLog log = OperationLog.open(files, SMALL)) {
            write(log, filled(100, 1));
            files.failForcesAfter(0);
            assertThatThrownBy(() -> log.blobs().force()).isInstanceOf(LogFailedException.class);
            files.failForcesAfter(Integer.MAX_VALUE);

            assertThatThrownBy(() -> log.blobs().force()).isInstanceOf(LogFailedException.class);
            assertThatThrownBy(() -> append(log, RecordType.DDL, filled(1, 1))).isInstanceOf(LogFailedException.class);
        }
    }

    @Test
    void interruptsDoNotDisturbBlobs() throws IOException {
        try (OperationLog log = OperationLog.open(new FileLogDirectory(directory), SMALL)) {
            for (int index = 0; index < 50; index++) {
                Thread.currentThread().interrupt();
                BlobId id = commit(log, filled(30_000, index));
                assertThat(read(log, id)).isEqualTo(filled(30_000, index));
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }
}

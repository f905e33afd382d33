package io.blazedb.sync.internal.log;

import static io.blazedb.sync.internal.log.LogContents.SMALL;
import static io.blazedb.sync.internal.log.LogContents.append;
import static io.blazedb.sync.internal.log.LogContents.appendRandom;
import static io.blazedb.sync.internal.log.LogContents.filled;
import static io.blazedb.sync.internal.log.LogContents.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.blazedb.sync.internal.log.LogCorruptedException.Damage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A log with a key: what it holds, who finds a change in it, and that no nonce is used twice. */
class EncryptedLogTest {
    private static final int BEGIN = SegmentLayout.HEADER_BYTES;
    private static final String CANARY = "canary-4711";

    private final LogKey key = new LogKey(filled(LogKey.BYTES, 7));

    private static OperationLog open(LogDirectory files, @Nullable LogKey with) throws IOException {
        return OperationLog.open(files, SMALL, 0, with);
    }

    @Test
    void recordsComeBackOverSegmentsAndLives() throws IOException {
        MemoryLogDirectory files = new MemoryLogDirectory();
        List<LogContents.Entry> entries = new ArrayList<>();
        for (int life = 0; life < 5; life++) {
            try (OperationLog log = open(files, key)) {
                assertThat(readAll(log)).isEqualTo(entries);
                entries.addAll(appendRandom(log, new Random(life), 200, 3_000));
                entries.add(append(log, RecordType.DDL, filled(100_000, life)));
                assertThat(readAll(log)).isEqualTo(entries);
            }
        }

        assertThat(files.list()).hasSizeGreaterThan(10);
        try (OperationLog log = open(files, key)) {
            assertThat(log.recovery().cutBytes()).isZero();
            assertThat(readAll(log)).isEqualTo(entries);
        }
    }

    @Test
    void aKillLosesNothing() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            FaultyLogDirectory disk = new FaultyLogDirectory();
            List<LogContents.Entry> entries;
            try (OperationLog log = open(disk, key)) {
                entries = appendRandom(log, new Random(seed), 1 + 20 * seed, 600);
                MemoryLogDirectory killed = disk.afterKill();

                try (OperationLog again = open(killed, key)) {
                    assertThat(readAll(again)).as("seed %d", seed).isEqualTo(entries);
                }
            }
        }
    }

    @Test
    void filesShowNothingUnlessTheyArePlain() throws IOException {
        for (boolean encrypted : new boolean[] {false, true}) {
            MemoryLogDirectory files = new MemoryLogDirectory();
            try (OperationLog log = open(files, encrypted ? key : null)) {
                append(log, RecordType.FACT, CANARY.getBytes(StandardCharsets.UTF_8));
            }

            String bytes = new String(bytes(files, "log-1"), StandardCharsets.ISO_8859_1);

            assertThat(bytes.contains(CANARY)).isNotEqualTo(encrypted);
        }
    }

    @Test
    void aChangeOfAnyByteIsFound() throws IOException {
        MemoryLogDirectory files = new MemoryLogDirectory();
        List<LogContents.Entry> entries;
        int end;
        try (OperationLog log = open(files, key)) {
            entries = appendRandom(log, new Random(3), 8, 60);
            end = (int) log.endLsn();
        }
        for (int offset = 0; offset < end; offset++) {
            MemoryLogDirectory changed = Damaging.copy(files);
            Damaging.flip(changed, "log-1", offset, offset % 8);

            Throwable found = catchThrowable(() -> assertThat(read(changed)).isEqualTo(entries));

            if (offset >= BEGIN) {
                assertThat(found).as("byte %d", offset).isInstanceOf(LogCorruptedException.class);
            } else if (found != null) {
                assertThat(found).as("byte %d of the header", offset).isInstanceOf(LogException.class);
            }
        }
    }

    @Test
    void aChangeWithARightCheckSumIsFoundAndSaysWhere() throws IOException {
        MemoryLogDirectory files = new MemoryLogDirectory();
        List<LogContents.Entry> entries;
        int end;
        try (OperationLog log = open(files, key)) {
            entries = appendRandom(log, new Random(4), 6, 60);
            end = (int) log.endLsn();
        }
        int forged = 0;
        for (LogContents.Entry entry : entries) {
            int begin = (int) entry.lsn();
            int size = RecordLayout.length(files.open("log-1").buffer(), begin);
            for (int at = 16; at < size; at++) { // the type, and all that follows
                MemoryLogDirectory changed = Damaging.copy(files);
                Damaging.flip(changed, "log-1", begin + at, at % 8);
                rightCheckSum(changed.open("log-1").buffer(), begin);

                assertThatThrownBy(() -> read(changed))
                        .as("byte %d of the record at %d", at, begin)
                        .isInstanceOfSatisfying(LogCorruptedException.class, e -> {
                            assertThat(e.damage()).isEqualTo(Damage.FORGED);
                            assertThat(e.lsn()).isEqualTo(entry.lsn());
                            assertThat(e).hasMessageContaining("log-1").hasMessageContaining("somebody changed it");
                        });
                forged++;
            }
        }
        assertThat(forged).isEqualTo(end - BEGIN - 16 * entries.size());
    }

    @Test
    void aRecordIsNotTakenInThePlaceOfAnotherOrOfAnotherLog() throws IOException {
        MemoryLogDirectory files = logOfTwo();
        MemoryLogDirectory other = logOfTwo();
        int size = RecordLayout.bytes(10) + RecordCipher.EXTRA_BYTES;
        MemoryLogDirectory moved = Damaging.copy(files);
        ByteBuffer buffer = moved.open("log-1").buffer();
        buffer.put(payload(BEGIN), buffer.duplicate(), payload(BEGIN + size), size - RecordLayout.HEADER_BYTES);
        rightCheckSum(buffer, BEGIN);
        MemoryLogDirectory foreign = Damaging.copy(files);
        ByteBuffer mixed = foreign.open("log-1").buffer();
        mixed.put(payload(BEGIN), other.open("log-1").buffer(), payload(BEGIN), size - RecordLayout.HEADER_BYTES);
        rightCheckSum(mixed, BEGIN);

        assertThat(read(files)).hasSize(2);
        assertThatThrownBy(() -> read(moved)).hasMessageContaining("somebody changed it or put it here");
        assertThatThrownBy(() -> read(foreign)).hasMessageContaining("somebody changed it or put it here");
    }

    @Test
    void aLogOpensOnlyAsItWasWritten() throws IOException {
        MemoryLogDirectory encrypted = logOfTwo();
        MemoryLogDirectory plain = new MemoryLogDirectory();
        try (OperationLog log = open(plain, null)) {
            append(log, RecordType.FACT, new byte[3]);
        }

        assertThatThrownBy(() -> open(encrypted, null))
                .isInstanceOf(LogFormatException.class)
                .hasMessageContaining("is encrypted");
        assertThatThrownBy(() -> open(plain, key))
                .isInstanceOf(LogFormatException.class)
                .hasMessageContaining("is not encrypted");
        try (OperationLog log = open(encrypted, new LogKey(filled(LogKey.BYTES, 8)))) {
            assertThatThrownBy(() -> readAll(log)).hasMessageContaining("keystore is of another database");
        }
    }

    /** Lives that go on from one image, and from tails that were cut: other records at the same place. */
    @Test
    void noNonceIsUsedTwice() throws IOException {
        Map<String, String> used = new HashMap<>();
        Random random = new Random(5);
        FaultyLogDirectory disk = new FaultyLogDirectory();
        try (OperationLog log = open(disk, key)) {
            appendRandom(log, random, 20, 100);
        }
        MemoryLogDirectory image = disk.afterKill();
        int begin = (int) RecordCipherPlaces.end(image);
        for (int life = 0; life < 300; life++) {
            MemoryLogDirectory files = Damaging.copy(image);
            try (OperationLog log = open(files, key)) {
                appendRandom(log, random, 1 + random.nextInt(10), 100);
            }
            RecordCipherPlaces.of(files).forEach((nonce, content) -> {
                String before = used.put(nonce, content);
                assertThat(before == null || before.equals(content))
                        .as("a nonce of two records")
                        .isTrue();
            });
            if (random.nextInt(3) == 0) {
                image = torn(files, begin, random);
            }
        }
        assertThat(used).hasSizeGreaterThan(1_000);
        assertThat(used.keySet().stream().map(nonce -> nonce.substring(24)).distinct())
                .as("halves that are drawn for each record")
                .hasSameSizeAs(used.keySet());
    }

    /** A log that a power cut ended in the middle of a record; opening it cuts the tail. */
    private static MemoryLogDirectory torn(MemoryLogDirectory files, int begin, Random random) throws IOException {
        MemoryLogDirectory torn = Damaging.copy(files);
        ByteBuffer buffer = torn.open("log-1").buffer();
        SegmentLayout.writeMark(buffer, SegmentLayout.Mark.NONE);
        int from = begin + random.nextInt(100);
        buffer.put(from, new byte[buffer.capacity() - from]);
        return torn;
    }

    private MemoryLogDirectory logOfTwo() throws IOException {
        MemoryLogDirectory files = new MemoryLogDirectory();
        try (OperationLog log = open(files, key)) {
            append(log, RecordType.FACT, filled(10, 1));
            append(log, RecordType.FACT, filled(10, 2));
        }
        return files;
    }

    private List<LogContents.Entry> read(MemoryLogDirectory files) throws IOException {
        try (OperationLog log = open(files, key)) {
            return readAll(log);
        }
    }

    private static int payload(int position) {
        return RecordLayout.payload(position);
    }

    private static byte[] bytes(MemoryLogDirectory files, String name) throws IOException {
        ByteBuffer buffer = files.open(name).buffer();
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }

    private static void rightCheckSum(ByteBuffer segment, int position) {
        RecordChecksum checksum =
                new RecordChecksum(SegmentLayout.read(segment, "log-1").logId());
        int crc = checksum.of(
                position,
                RecordLayout.type(segment, position),
                segment.duplicate(),
                payload(position),
                RecordLayout.length(segment, position) - RecordLayout.HEADER_BYTES);
        segment.putInt(position + 4, crc);
    }

    /** The nonces of a log's first segment, each with the bytes that were encrypted with it. */
    private static final class RecordCipherPlaces {
        private static final int NONCE = 24;

        static Map<String, String> of(MemoryLogDirectory files) throws IOException {
            Map<String, String> found = new HashMap<>();
            byte[] segment = bytes(files, "log-1");
            ByteBuffer view = ByteBuffer.wrap(segment);
            for (int at = BEGIN; at < segment.length - 4 && RecordLayout.length(view, at) > 0; ) {
                int length = RecordLayout.length(view, at);
                int payload = payload(at);
                HexFormat hex = HexFormat.of();
                String nonce = hex.formatHex(segment, payload, payload + NONCE);
                found.put(nonce, hex.formatHex(segment, payload + NONCE, at + length));
                at += length;
            }
            return found;
        }

        static long end(MemoryLogDirectory files) throws IOException {
            byte[] segment = bytes(files, "log-1");
            int at = BEGIN;
            while (RecordLayout.length(ByteBuffer.wrap(segment), at) > 0) {
                at += RecordLayout.length(ByteBuffer.wrap(segment), at);
            }
            return at;
        }
    }
}

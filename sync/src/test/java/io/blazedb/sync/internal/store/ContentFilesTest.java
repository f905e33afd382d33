package io.blazedb.sync.internal.store;

import static io.blazedb.sync.internal.store.Stores.MUCH;
import static io.blazedb.sync.internal.store.Stores.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.FrameRefusedException;
import io.blazedb.sync.FrameRefusedException.Reason;
import io.blazedb.sync.FrameStore;
import io.blazedb.sync.FrameStore.Content;
import io.blazedb.sync.FrameStoreFailedException;
import io.blazedb.sync.FrameStoreLimits;
import io.blazedb.sync.Hash;
import io.blazedb.sync.internal.log.DataFile;
import io.blazedb.sync.internal.log.FaultyLogDirectory;
import io.blazedb.sync.internal.log.LogDirectory;
import io.blazedb.sync.internal.log.MemoryLogDirectory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs and snapshot chunks are whole or not there, until they are given up. */
class ContentFilesTest {
    private static final Hash ID = new Hash(1, -2, 3, -4);
    private static final int PIECE = ContentLayout.PIECE_BYTES;

    private static FrameStore open(LogDirectory contents, FrameStoreLimits limits) throws IOException {
        return LogFrameStore.open(new MemoryLogDirectory(), contents, SMALL, limits, MUCH);
    }

    private static FrameStore open(LogDirectory contents) throws IOException {
        return open(contents, Stores.WIDE);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static boolean put(FrameStore store, Content kind, Hash id, byte[] content) throws Exception {
        return store.put(kind, id, new ByteArrayInputStream(content));
    }

    private static byte[] read(FrameStore store, Content kind, Hash id, int step) throws FrameRefusedException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = store.get(kind, id, 0, step);
        while (some.length > 0) {
            all.writeBytes(some);
            some = store.get(kind, id, all.size(), step);
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 200_000})
    void whatWasPutIsReadInChunksAndAfterAnOpening(int length) throws Exception {
        MemoryLogDirectory files = new MemoryLogDirectory();
        byte[] content = random(length);
        try (FrameStore store = open(files)) {
            assertThat(put(store, Content.BLOB, ID, content)).isTrue();
            assertThat(put(store, Content.BLOB, ID, random(7))).isFalse();
            assertThat(put(store, Content.SNAPSHOT, ID, random(9))).isTrue();
        }
        try (FrameStore store = open(files)) {
            assertThat(store.size(Content.BLOB, ID)).hasValue(length);
            assertThat(read(store, Content.BLOB, ID, PIECE / 2 + 3)).isEqualTo(content);
            assertThat(read(store, Content.BLOB, ID, 1 << 20)).isEqualTo(content);
            assertThat(store.contents(Content.SNAPSHOT)).containsExactly(ID);

            store.delete(Content.BLOB, ID);
            store.delete(Content.BLOB, ID);

            assertThat(store.size(Content.BLOB, ID)).isEmpty();
            assertThat(store.size(Content.SNAPSHOT, ID)).hasValue(9);
            assertThatThrownBy(() -> store.get(Content.BLOB, ID, 0, 1))
                    .isInstanceOf(FrameRefusedException.class)
                    .hasMessageContaining("not here");
            store.delete(Content.SNAPSHOT, ID);
            assertThat(store.usage().contentBytes()).isZero();
        }
        assertThat(files.list()).isEmpty();
    }

    @Test
    void limitsRefuseOneByteTooMuch() throws Exception {
        FrameStoreLimits limits = new FrameStoreLimits(1_000, 1_000, 1, 500, 0);
        try (FrameStore store = open(new MemoryLogDirectory(), limits)) {
            assertThatThrownBy(() -> put(store, Content.BLOB, ID, random(501)))
                    .isInstanceOfSatisfying(
                            FrameRefusedException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE));
            assertThat(put(store, Content.BLOB, ID, random(500))).isTrue();
            assertThatThrownBy(() -> put(store, Content.SNAPSHOT, ID, random(473 - 28)))
                    .isInstanceOfSatisfying(
                            FrameRefusedException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.FULL));
            assertThat(put(store, Content.SNAPSHOT, ID, random(472 - 28))).isTrue();
            assertThat(store.usage().contentBytes()).isEqualTo(1_000);
        }
    }

    @Test
    void aFailedWriteLeavesNothingAndDisturbsNobody() throws Exception {
        FaultyLogDirectory disk = new FaultyLogDirectory();
        try (FrameStore store = open(disk)) {
            put(store, Content.BLOB, ID, random(100));
            for (int appends = 0; appends < 4; appends++) {
                disk.failAppendsAfter(appends);
                assertThatThrownBy(() -> put(store, Content.SNAPSHOT, ID, random(PIECE + 10)))
                        .isInstanceOf(IOException.class)
                        .hasMessage("No space left on device");
            }
            disk.failAppendsAfter(Integer.MAX_VALUE);
            assertThat(disk.list()).hasSize(1);
            assertThat(read(store, Content.BLOB, ID, 1000)).isEqualTo(random(100));
            assertThat(put(store, Content.SNAPSHOT, ID, random(10))).isTrue();
        }
    }

    @Test
    void aPartThatACrashLeftIsRemoved() throws Exception {
        MemoryLogDirectory files = new MemoryLogDirectory();
        files.openData("blob-" + ID + ".part").append(random(99), 0, 99);

        try (FrameStore store = open(files)) {
            assertThat(store.contents(Content.BLOB)).isEmpty();
            assertThat(files.list()).isEmpty();
        }
    }

    @Test
    void everyFlippedByteAndEveryCutIsFound() throws Exception {
        MemoryLogDirectory files = new MemoryLogDirectory();
        try (FrameStore store = open(files)) {
            put(store, Content.BLOB, ID, random(300));
        }
        DataFile file = files.openData(files.list().get(0));
        byte[] sound = new byte[(int) file.size()];
        assertThat(file.read(0, sound, 0, sound.length)).isEqualTo(sound.length);

        for (int at = 0; at < sound.length; at++) {
            byte[] flipped = sound.clone();
            flipped[at] = (byte) (flipped[at] ^ (1 << (at % 8)));
            requireDamaged(files, file, flipped, sound.length);
            requireDamaged(files, file, sound, at);
        }
        file.truncate(0);
        file.append(sound, 0, sound.length);
        try (FrameStore store = open(files)) {
            assertThat(read(store, Content.BLOB, ID, 1000)).as("the control").isEqualTo(random(300));
        }
    }

    private static void requireDamaged(LogDirectory files, DataFile file, byte[] bytes, int length) throws Exception {
        file.truncate(0);
        file.append(bytes, 0, length);
        try (FrameStore store = open(files)) {
            assertThatThrownBy(() -> store.get(Content.BLOB, ID, 0, 1000))
                    .isInstanceOf(FrameStoreFailedException.class)
                    .hasMessageContaining("damaged");
        }
    }
}

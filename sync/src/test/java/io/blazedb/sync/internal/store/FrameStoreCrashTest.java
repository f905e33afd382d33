package io.blazedb.sync.internal.store;

import static io.blazedb.sync.internal.store.Stores.after;
import static io.blazedb.sync.internal.store.Stores.origin;
import static io.blazedb.sync.internal.store.Stores.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.FrameBatch;
import io.blazedb.sync.FrameHead;
import io.blazedb.sync.FrameRefusedException;
import io.blazedb.sync.FrameStore;
import io.blazedb.sync.FrameStoreFailedException;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.Volume;
import io.blazedb.sync.internal.log.Damaging;
import io.blazedb.sync.internal.log.FaultyLogDirectory;
import io.blazedb.sync.internal.log.LogDirectory;
import io.blazedb.sync.internal.log.MemoryLogDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was forced is there after any crash, whole and in its chain; what was not appended never is. */
class FrameStoreCrashTest {
    private static final int TAIL_BYTES = 2048;
    private static final int ORIGINS = 4;
    private static final int LARGE = 3000;

    /** What was appended to a store, and how far each origin was when it was forced the last time. */
    private static final class Written {
        private final Map<OriginId, List<FrameBatch>> batches = new HashMap<>();
        private final Map<OriginId, Long> forced = new HashMap<>();

        void append(FrameStore store, Random dice, int bytesMax) throws FrameRefusedException {
            OriginId origin = origin(1 + dice.nextInt(ORIGINS));
            FrameBatch batch = after(store.head(origin), 1 + dice.nextInt(3), dice.nextInt(bytesMax), dice);
            store.append(batch);
            batches.computeIfAbsent(origin, none -> new ArrayList<>()).add(batch);
        }

        void force(FrameStore store) {
            List<FrameHead> heads = store.heads();
            store.force();
            heads.forEach(head -> forced.put(head.origin(), head.seq()));
        }

        /** What a crash left is a prefix of what was written, with all that was forced. */
        void requirePrefix(LogDirectory left, String what) throws IOException, FrameRefusedException {
            try (FrameStore store = Stores.open(left)) {
                forced.forEach((origin, seq) ->
                        assertThat(store.head(origin).seq()).as(what).isGreaterThanOrEqualTo(seq));
                for (FrameHead head : store.heads()) {
                    List<FrameBatch> all = batches.getOrDefault(head.origin(), List.of());
                    List<FrameBatch> expected = all.stream()
                            .filter(batch -> batch.to() > head.cut() && batch.to() <= head.seq())
                            .toList();
                    assertThat(readAll(store, head.origin(), head.cut() + 1, 3000))
                            .as(what)
                            .isEqualTo(expected);
                    store.append(after(head, 1, 10, new Random(1)));
                }
            }
        }
    }

    static LongStream seeds() {
        return Volume.seeds(100, 5_000);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aPowerCutOrAKillLosesNothingThatWasForced(long seed) throws Exception {
        Random dice = new Random(seed);
        FaultyLogDirectory disk = new FaultyLogDirectory();
        Written written = new Written();
        try (FrameStore store = Stores.open(disk)) {
            for (int step = dice.nextInt(600); step >= 0; step--) {
                int what = dice.nextInt(100);
                if (what < 90) {
                    written.append(store, dice, LARGE);
                } else if (what < 97) {
                    written.force(store);
                } else {
                    cutMost(store, dice);
                }
            }
            written.requirePrefix(disk.afterPowerCut(dice), "power cut, seed " + seed);
            store.heads().forEach(head -> written.forced.put(head.origin(), head.seq()));
            written.requirePrefix(disk.afterKill(), "kill, seed " + seed);
        }
    }

    /** When the frames are deleted from the disk, what tells of them is on it. */
    @Test
    void headsOutliveTheirFramesInAPowerCut() throws Exception {
        Random dice = new Random(6);
        FaultyLogDirectory disk = new FaultyLogDirectory();
        try (FrameStore store = Stores.open(disk)) {
            VersionVector all = VersionVector.EMPTY;
            for (int number = 1; number <= ORIGINS; number++) {
                FrameHead head = FrameHead.none(origin(number));
                for (int i = 0; i < 40; i++) {
                    head = store.append(after(head, 2, LARGE, dice));
                }
                all = all.with(head.origin(), number == ORIGINS ? head.seq() - 1 : head.seq());
            }
            store.force();
            List<FrameHead> heads = store.heads();
            long before = store.usage().logBytes();

            store.cut(all);

            assertThat(store.usage().logBytes())
                    .as("the control: something was deleted")
                    .isLessThan(before / 2);
            for (int seed = 0; seed < 20; seed++) {
                try (FrameStore left = Stores.open(disk.afterPowerCut(new Random(seed)))) {
                    assertThat(left.heads())
                            .as("seed %d", seed)
                            .usingRecursiveFieldByFieldElementComparatorIgnoringFields("cut")
                            .isEqualTo(heads);
                }
            }
        }
    }

    private static void cutMost(FrameStore store, Random dice) throws FrameRefusedException {
        VersionVector upTo = VersionVector.EMPTY;
        for (FrameHead head : store.heads()) {
            long seq = head.seq() - dice.nextInt((int) Math.min(head.seq(), 4));
            upTo = upTo.with(head.origin(), seq);
        }
        store.cut(upTo);
    }

    /** The tail that was not forced may be cut off anywhere; damage to what was forced is said. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theLogMayEndAtEveryByteOfItsTail(boolean forced) throws Exception {
        Random dice = new Random(3);
        FaultyLogDirectory disk = new FaultyLogDirectory();
        Written written = new Written();
        try (FrameStore store = Stores.open(disk)) {
            for (int i = 0; i < 25; i++) {
                written.append(store, dice, 600);
            }
            if (forced) {
                written.force(store);
                written.append(store, dice, 600);
            }
            MemoryLogDirectory whole = disk.afterKill();
            String last =
                    whole.list().stream().max(FrameStoreCrashTest::compareNames).orElseThrow();
            int end = end(whole.open(last).buffer());
            int refused = 0;
            for (int cut = end; cut > Math.max(4096, end - TAIL_BYTES); cut--) {
                MemoryLogDirectory left = Damaging.truncated(whole, last, cut);
                try {
                    written.requirePrefix(left, "cut to " + cut);
                } catch (FrameStoreFailedException damaged) {
                    refused++;
                }
            }
            assertThat(refused).isBetween(forced ? 1 : 0, forced ? TAIL_BYTES : 0);
        }
    }

    private static int compareNames(String one, String other) {
        return Integer.compare(
                Integer.parseInt(one.substring("log-".length())), Integer.parseInt(other.substring("log-".length())));
    }

    private static int end(ByteBuffer segment) {
        int end = segment.capacity();
        while (segment.get(end - 1) == 0) {
            end--;
        }
        return end;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 8})
    void afterAFailedForceNothingIsTakenOrAcknowledged(int forcesThatWork) throws Exception {
        Random dice = new Random(forcesThatWork);
        FaultyLogDirectory disk = new FaultyLogDirectory();
        Written written = new Written();
        try (FrameStore store = Stores.open(disk)) {
            disk.failForcesAfter(forcesThatWork);

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1000; i++) {
                            written.append(store, dice, 600);
                            written.force(store);
                        }
                    })
                    .isInstanceOf(FrameStoreFailedException.class)
                    .hasMessageContaining("Input/output error")
                    .hasMessageContaining("Remedy");

            assertThatThrownBy(() -> written.append(store, dice, 600)).isInstanceOf(FrameStoreFailedException.class);
            assertThatThrownBy(store::force).isInstanceOf(FrameStoreFailedException.class);
            written.forced.forEach(
                    (origin, seq) -> assertThat(store.head(origin).seq()).isGreaterThanOrEqualTo(seq));
        }
        for (int seed = 0; seed < 10; seed++) {
            written.requirePrefix(disk.afterPowerCut(new Random(seed)), "seed " + seed);
        }
    }

    @Test
    void aFullDiskStopsTheStoreAndKeepsWhatItHolds() throws Exception {
        Random dice = new Random(8);
        FaultyLogDirectory disk = new FaultyLogDirectory();
        Written written = new Written();
        try (FrameStore store = Stores.open(disk)) {
            disk.fillUpAfter(2);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            written.append(store, dice, 600);
                        }
                    })
                    .isInstanceOf(FrameStoreFailedException.class)
                    .hasMessageContaining("No space left on device");
            for (FrameHead head : store.heads()) {
                assertThat(readAll(store, head.origin(), 1, 1 << 16)).isEqualTo(written.batches.get(head.origin()));
            }
        }
        disk.fillUpAfter(Integer.MAX_VALUE);
        written.batches.forEach((origin, batches) ->
                written.forced.put(origin, batches.get(batches.size() - 1).to()));
        written.requirePrefix(disk, "opened again");
    }
}

package io.blazedb.sync.internal.store;

import static io.blazedb.sync.internal.store.Stores.MUCH;
import static io.blazedb.sync.internal.store.Stores.WIDE;
import static io.blazedb.sync.internal.store.Stores.after;
import static io.blazedb.sync.internal.store.Stores.origin;
import static io.blazedb.sync.internal.store.Stores.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.Dependency;
import io.blazedb.sync.Frame;
import io.blazedb.sync.FrameBatch;
import io.blazedb.sync.FrameHead;
import io.blazedb.sync.FrameRefusedException;
import io.blazedb.sync.FrameRefusedException.Reason;
import io.blazedb.sync.FrameStore;
import io.blazedb.sync.FrameStoreFailedException;
import io.blazedb.sync.FrameStoreLimits;
import io.blazedb.sync.Hash;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.Volume;
import io.blazedb.sync.internal.log.LogOptions;
import io.blazedb.sync.internal.log.MemoryLogDirectory;
import io.blazedb.sync.internal.log.OperationLog;
import io.blazedb.sync.internal.log.RecordType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A chain without gaps for each origin, whatever comes in, and across openings. */
class FrameStoreTest {
    private static final OriginId ORIGIN = origin(1);

    private final Random random = new Random(5);

    private static void refuses(Reason reason, ThrowingCallable call, String... words) {
        assertThatThrownBy(call)
                .isInstanceOf(FrameRefusedException.class)
                .hasMessageContainingAll(words)
                .extracting(failure -> ((FrameRefusedException) failure).reason())
                .isEqualTo(reason);
    }

    @Test
    void aChainGrowsByWhatFollowsOnItAlone() throws Exception {
        try (FrameStore store = Stores.open(new MemoryLogDirectory())) {
            FrameBatch first = after(FrameHead.none(ORIGIN), 3, 20, random);
            FrameHead head = store.append(first);
            FrameBatch second = after(head, 2, 20, random);
            FrameBatch third = after(new FrameHead(ORIGIN, 5, second.hash(5), 0), 1, 20, random);
            FrameBatch fork = after(new FrameHead(ORIGIN, 3, Hash.ZERO, 0), 2, 20, random);
            FrameBatch otherFirst = after(FrameHead.none(ORIGIN), 3, 20, random);

            refuses(Reason.GAP, () -> store.append(third), "frames 6 to 6", "expected: from 4");
            refuses(Reason.FORKED, () -> store.append(fork), "expected: " + head.hash());
            refuses(Reason.REPEATED, () -> store.append(first), "frames 1 to 3", "expected: from 4");
            refuses(
                    Reason.FORKED,
                    () -> store.append(otherFirst),
                    "Frame 3",
                    first.hash(3).toString());
            assertThat(store.head(ORIGIN)).isEqualTo(head).isEqualTo(new FrameHead(ORIGIN, 3, first.hash(3), 0));
            store.append(second);
            store.append(third);

            assertThat(readAll(store, ORIGIN, 1, 1)).containsExactly(first, second, third);
            assertThat(store.read(ORIGIN, 2, 1)).containsExactly(first);
            assertThat(store.read(ORIGIN, 5, 1 << 20)).containsExactly(second, third);
            assertThat(store.read(ORIGIN, 7, 1 << 20)).isEmpty();
        }
    }

    /** A sender whose first frames are known, and whose next ones are new, gets to know the head and begins there. */
    @Test
    void aBatchThatIsHereInPartIsRepeated() throws Exception {
        try (FrameStore store = Stores.open(new MemoryLogDirectory())) {
            FrameBatch whole = after(FrameHead.none(ORIGIN), 5, 20, random);
            List<Frame> frames = whole.frames();
            store.append(new FrameBatch(ORIGIN, 1, Hash.ZERO, frames.subList(0, 3), new byte[0]));

            refuses(Reason.REPEATED, () -> store.append(whole), "frames 1 to 5", "expected: from 4");
        }
    }

    @Test
    void quotasRefuseAndLoseNothing() throws Exception {
        FrameStoreLimits limits = new FrameStoreLimits(10_000, 1_000, 2, 100, 50);
        try (FrameStore store = Stores.open(limits, () -> 900)) {
            FrameHead head = store.append(after(FrameHead.none(ORIGIN), 1, 500, random));
            FrameHead other = store.append(after(FrameHead.none(origin(2)), 1, 10, random));

            refuses(Reason.FULL, () -> store.append(after(head, 1, 501, random)), "1000 bytes");
            refuses(Reason.FULL, () -> store.append(after(FrameHead.none(origin(3)), 1, 1, random)), "2 origins");
            refuses(Reason.FULL, () -> store.append(after(other, 1, 851, random)), "900 are free", "50 remain free");
            for (FrameHead next = other; next.seq() < 20; ) {
                next = store.append(after(next, 1, 10, random));
            }
            assertThat(store.heads()).extracting(FrameHead::seq).containsExactly(1L, 20L);
        }
        FrameStoreLimits small = new FrameStoreLimits(1_000, 10_000, 2, 100, 0);
        try (FrameStore store = Stores.open(small, MUCH)) {
            FrameHead head = store.append(after(FrameHead.none(ORIGIN), 1, 500, random));
            refuses(Reason.FULL, () -> store.append(after(head, 1, 500, random)), "1000 bytes of frames and contents");
        }
    }

    @Test
    void aBatchAtTheLimitIsTakenAndOneAboveIsNot() throws Exception {
        LogOptions defaults = LogOptions.defaults();
        try (FrameStore store =
                LogFrameStore.open(new MemoryLogDirectory(), new MemoryLogDirectory(), defaults, WIDE, MUCH)) {
            FrameBatch largest = new FrameBatch(
                    ORIGIN,
                    1,
                    Hash.ZERO,
                    List.of(new Frame(Hash.ZERO, new byte[FrameStore.BATCH_BYTES_MAX])),
                    new byte[0]);
            List<Frame> most = new ArrayList<>();
            for (int i = 0; i < FrameStore.BATCH_FRAMES_MAX; i++) {
                most.add(new Frame(Hash.ZERO, new byte[FrameStore.BATCH_BYTES_MAX / FrameStore.BATCH_FRAMES_MAX]));
            }
            FrameBatch fullest = new FrameBatch(origin(2), 1, Hash.ZERO, most, new byte[0]);

            store.append(largest);
            store.append(fullest);

            assertThat(store.read(ORIGIN, 1, 1)).containsExactly(largest);
            assertThat(store.read(origin(2), 9, 1)).containsExactly(fullest);
            FrameBatch larger = new FrameBatch(ORIGIN, 2, Hash.ZERO, largest.frames(), new byte[1]);
            most.add(new Frame(Hash.ZERO, new byte[0]));
            FrameBatch fuller = new FrameBatch(origin(2), most.size(), Hash.ZERO, most, new byte[0]);
            refuses(Reason.TOO_LARGE, () -> store.append(larger), "8388609 bytes", "8388608");
            refuses(Reason.TOO_LARGE, () -> store.append(fuller), "16385 frames", "16384");
        }
    }

    @Test
    void whatIsCutIsGoneAndItsSpaceIsFreed() throws Exception {
        MemoryLogDirectory files = new MemoryLogDirectory();
        FrameHead head = FrameHead.none(ORIGIN);
        FrameHead other;
        try (FrameStore store = Stores.open(files)) {
            other = store.append(after(FrameHead.none(origin(2)), 3, 30, random));
            for (int i = 0; i < 500; i++) {
                head = store.append(after(head, 2, 1000, random));
            }
            long before = store.usage().logBytes();
            FrameHead far = head;
            refuses(Reason.GAP, () -> store.cut(VersionVector.EMPTY.with(ORIGIN, far.seq() + 1)), "<= 1000");
            refuses(Reason.UNKNOWN, () -> store.cut(VersionVector.EMPTY.with(origin(9), 1)), "<= 0");

            store.cut(VersionVector.EMPTY.with(ORIGIN, 900));
            assertThat(store.usage().logBytes())
                    .as("origin 2 needs the beginning")
                    .isGreaterThan(before);
            store.cut(VersionVector.of(List.of(new Dependency(origin(2), 3), new Dependency(ORIGIN, 901))));

            assertThat(store.usage().logBytes()).isLessThan(before / 3);
            assertThat(store.usage().frameBytes()).isBetween(99L * 1000, 99L * 1000 + OriginChain.BYTES_A_MARK);
            refuses(Reason.CUT, () -> store.read(ORIGIN, 901, 1), "Frame 901", "> 901", "snapshot");
            assertThat(store.read(ORIGIN, 902, 1)).extracting(FrameBatch::from).containsExactly(901L);
        }
        try (FrameStore store = Stores.open(files)) {
            assertThat(store.heads())
                    .containsExactly(
                            new FrameHead(ORIGIN, 1000, head.hash(), 901),
                            new FrameHead(origin(2), 3, other.hash(), 3));
            refuses(Reason.CUT, () -> store.read(ORIGIN, 901, 1), "> 901");
            assertThat(readAll(store, ORIGIN, 902, 5000)).hasSize(50);
            FrameHead next = store.append(after(other, 1, 30, random));
            assertThat(store.read(origin(2), 4, 1)).extracting(FrameBatch::to).containsExactly(next.seq());
        }
    }

    static LongStream seeds() {
        return Volume.seeds(40, 2_000);
    }

    /** Appends, cuts, reads and openings in any order: the store is what a map of lists is. */
    @ParameterizedTest
    @MethodSource("seeds")
    void theStoreIsWhatTheModelIs(long seed) throws Exception {
        Random dice = new Random(seed);
        MemoryLogDirectory files = new MemoryLogDirectory();
        Map<OriginId, List<FrameBatch>> model = new HashMap<>();
        Map<OriginId, Long> cuts = new HashMap<>();
        FrameStore store = Stores.open(files);
        try {
            for (int step = 0; step < 400; step++) {
                OriginId origin = origin(1 + dice.nextInt(5));
                int what = dice.nextInt(100);
                if (what < 75) {
                    FrameBatch batch = after(store.head(origin), 1 + dice.nextInt(5), dice.nextInt(4000), dice);
                    store.append(batch);
                    model.computeIfAbsent(origin, none -> new ArrayList<>()).add(batch);
                } else if (what < 78) {
                    VersionVector upTo = VersionVector.EMPTY;
                    for (FrameHead head : store.heads()) {
                        long seq = head.seq() - dice.nextLong(Math.min(head.seq(), 20));
                        upTo = upTo.with(head.origin(), seq);
                        cuts.merge(head.origin(), seq, Math::max);
                    }
                    store.cut(upTo);
                } else if (what < 82) {
                    store.close();
                    store = Stores.open(files);
                } else {
                    requireSame(store, origin, model, cuts, dice, seed);
                }
            }
            for (OriginId origin : model.keySet()) {
                requireSame(store, origin, model, cuts, dice, seed);
            }
        } finally {
            store.close();
        }
    }

    private static void requireSame(
            FrameStore store,
            OriginId origin,
            Map<OriginId, List<FrameBatch>> model,
            Map<OriginId, Long> cuts,
            Random dice,
            long seed)
            throws FrameRefusedException {
        List<FrameBatch> all = model.getOrDefault(origin, List.of());
        long cut = cuts.getOrDefault(origin, 0L);
        FrameHead head = store.head(origin);
        assertThat(head.seq())
                .as("seed %d", seed)
                .isEqualTo(all.isEmpty() ? 0 : all.get(all.size() - 1).to());
        assertThat(head.cut()).as("seed %d", seed).isEqualTo(cut);
        if (cut < head.seq()) {
            long from = cut + 1 + dice.nextLong(head.seq() - cut);
            assertThat(readAll(store, origin, from, 1 + dice.nextInt(4000)))
                    .as("seed %d", seed)
                    .isEqualTo(all.stream().filter(batch -> batch.to() >= from).toList());
        }
    }

    @Test
    void theLogOfADatabaseIsRefused() throws IOException {
        MemoryLogDirectory files = new MemoryLogDirectory();
        try (OperationLog log = OperationLog.open(files, Stores.SMALL)) {
            log.appendLock().lock();
            try {
                log.publish(log.append(RecordType.TXN_LOCAL, new byte[8], 0, 8));
            } finally {
                log.appendLock().unlock();
            }
        }

        assertThatThrownBy(() -> Stores.open(files))
                .isInstanceOf(FrameStoreFailedException.class)
                .hasMessageContaining("TXN_LOCAL");
    }
}

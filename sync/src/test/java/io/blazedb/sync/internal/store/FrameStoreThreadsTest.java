package io.blazedb.sync.internal.store;

import static io.blazedb.sync.internal.store.Stores.after;
import static io.blazedb.sync.internal.store.Stores.origin;
import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.FrameBatch;
import io.blazedb.sync.FrameHead;
import io.blazedb.sync.FrameRefusedException;
import io.blazedb.sync.FrameRefusedException.Reason;
import io.blazedb.sync.FrameStore;
import io.blazedb.sync.Hash;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.log.MemoryLogDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writers, readers and cuts side by side: a reader sees a chain without a gap, or is told that it was cut. */
class FrameStoreThreadsTest {
    private static final int WRITERS = 3;
    private static final int BATCHES = 1500;

    @Test
    @Timeout(120) // a writer that fails leaves its reader waiting
    void readersSeeChainsWhileOthersWriteAndCut() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (FrameStore store = Stores.open(new MemoryLogDirectory())) {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int writer = 1; writer <= WRITERS; writer++) {
                OriginId origin = origin(writer);
                calls.add(() -> write(store, origin));
                calls.add(() -> follow(store, origin));
            }

            int read = 0;
            for (Future<Integer> call : threads.invokeAll(calls)) {
                read += call.get();
            }

            assertThat(read).isPositive();
            assertThat(store.heads()).extracting(FrameHead::seq).containsOnly(2L * BATCHES);
        } finally {
            threads.shutdown();
        }
    }

    private static int write(FrameStore store, OriginId origin) throws FrameRefusedException {
        Random random = new Random(origin.high());
        for (int i = 1; i <= BATCHES; i++) {
            FrameHead head = store.append(after(store.head(origin), 2, 300, random));
            if (i % 7 == 0) {
                store.force();
            }
            if (i % 50 == 0 && i < BATCHES) {
                store.cut(VersionVector.EMPTY.with(origin, head.seq() - 1));
            }
        }
        return 0;
    }

    /** From the beginning or the last cut to the end; returns how many batches it read. */
    private static int follow(FrameStore store, OriginId origin) throws FrameRefusedException {
        int read = 0;
        long next = 1;
        Hash previous = Hash.ZERO;
        while (next <= 2L * BATCHES) {
            try {
                for (FrameBatch batch : store.read(origin, next, 5000)) {
                    boolean whole = batch.from() == next;
                    assertThat(batch.from()).isLessThanOrEqualTo(next);
                    assertThat(whole && next > 1 && read > 0 ? batch.previous() : previous)
                            .isEqualTo(previous);
                    next = batch.to() + 1;
                    previous = batch.hash(batch.to());
                    read++;
                }
            } catch (FrameRefusedException e) {
                assertThat(e.reason()).isEqualTo(Reason.CUT);
                next = store.head(origin).cut() + 1;
                read = 0;
                previous = Hash.ZERO;
            }
        }
        return read;
    }
}

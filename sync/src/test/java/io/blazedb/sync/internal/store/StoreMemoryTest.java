package io.blazedb.sync.internal.store;

import static io.blazedb.sync.internal.store.Stores.after;
import static io.blazedb.sync.internal.store.Stores.origin;
import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.Frame;
import io.blazedb.sync.FrameBatch;
import io.blazedb.sync.FrameHead;
import io.blazedb.sync.Hash;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The heap holds little of an origin, however many frames it has. */
class StoreMemoryTest {
    /** 24 bytes a mark; the arrays are up to one and a half times as long as they need be. */
    private static final int BYTES_A_BATCH_MAX = 2;

    @Test
    void aMarkStandsForManyBatches() {
        int batches = 100_000;
        OriginChain chain = new OriginChain(origin(1));
        FrameBatch batch = after(FrameHead.none(origin(1)), 1, 198, new Random(1));
        for (int i = 1; i <= batches; i++) {
            chain.appended(
                    new FrameBatch(batch.origin(), i, batch.hash(1), batch.frames(), new byte[64]), 4096 + i * 400L);
        }

        assertThat(chain.heapBytes()).isLessThan(BYTES_A_BATCH_MAX * (long) batches);
        assertThat(chain.heapBytes()).as("the control").isGreaterThan(batches / OriginChain.BATCHES_A_MARK);
    }

    @Test
    void largeBatchesHaveAMarkEach() {
        OriginChain chain = new OriginChain(origin(1));
        Frame large = new Frame(Hash.ZERO, new byte[OriginChain.BYTES_A_MARK]);
        for (int i = 1; i <= 10; i++) {
            chain.appended(new FrameBatch(origin(1), i, Hash.ZERO, List.of(large), new byte[0]), i * 400_000L);
        }

        assertThat(chain.walkFrom(4)).isEqualTo(5 * 400_000L);
        chain.cut(6);
        assertThat(chain.neededFrom(0)).isEqualTo(7 * 400_000L);
        assertThat(chain.liveBytes()).isEqualTo(4L * OriginChain.BYTES_A_MARK);
    }
}

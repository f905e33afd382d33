package io.blazedb.sync.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.Volume;
import java.util.List;
import org.junit.jupiter.api.Test;

/** T12 at its core: what a node shows after verdicts is what its hub has. */
class PendingWritesTest {
    private static final RowMerge ORDER = RowMerge.of(RuledNode.TYPES);

    @Test // -Dblazedb.test.seed=... replays one
    void afterAnyVerdictsARowIsTheJoinOfWhatIsAcceptedAndWhatIsPending() {
        Long replayed = Long.getLong("blazedb.test.seed");
        long first = replayed == null ? 0 : replayed;
        int count = replayed == null ? Volume.cases(500, 50_000) : 1;
        long rejected = 0;

        for (long seed = first; seed < first + count; seed++) {
            PendingHistory history = new PendingHistory(seed);
            while (history.step()) {
                assertThat(history.shown()).as("seed %d", seed).isEqualTo(history.expected());
            }
            assertThat(history.shown()).as("the hub's rows, seed %d", seed).isEqualTo(history.hub());
            rejected += history.rejected();
        }
        assertThat(rejected).isGreaterThan(count / 2);
    }

    /** If a remote write that loses against a pending one were forgotten, it would be missing after the rejection. */
    @Test
    void aRemoteWriteThatLosesComesBackWithTheRejection() {
        RowChange insert = change(stamp(1, 1), RowState.ABSENT, 1);
        RowContent row = RowContent.ABSENT.merge(ORDER, insert, ColumnRules.NONE, stamp(1, 1));
        PendingWrites pending = PendingWrites.of(ORDER, row)
                .written(change(stamp(9, 1), row.state(), 2), ColumnRules.NONE, stamp(9, 1))
                .merged(change(stamp(5, 2), row.state(), 3), ColumnRules.NONE, stamp(5, 2));

        PendingWrites after = pending.rejected(stamp(9, 1));

        assertThat(pending.visible().values().value(0)).isEqualTo(Numbers.of(2));
        assertThat(after.visible().values().value(0)).isEqualTo(Numbers.of(3));
        assertThat(after.isDecided()).isTrue();
    }

    @Test
    void aVerdictOnWhatIsNotPendingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PendingWrites.of(ORDER, RowContent.ABSENT).accepted(stamp(1, 1)))
                .withMessageContaining("one of 0 pending writes");
    }

    private static RowChange change(Stamp stamp, RowState current, long value) {
        RowAuthor author = new RowAuthor(Role.CLIENT, stamp);
        byte[][] values = List.of(Numbers.of(value)).toArray(new byte[0][]);
        byte[] key = {1};
        return current.alive()
                ? author.update(current, 1, key, new int[] {0}, values).change()
                : author.insert(current, 1, key, new int[] {0}, values).change();
    }

    private static Stamp stamp(long time, long origin) {
        return new Stamp(time << 16, new OriginId(0, origin));
    }
}

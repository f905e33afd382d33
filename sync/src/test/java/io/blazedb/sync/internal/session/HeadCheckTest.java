package io.blazedb.sync.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.internal.session.HeadCheck.Relation;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadCheckTest {
    /** A line of operations: number n has the clock 10 n, from the fork on 10 n + 5. */
    private static Clocks line(long forkAfter, long length) {
        return seq -> seq > length ? 0 : seq > forkAfter ? 10 * seq + 5 : 10 * seq;
    }

    private static OriginHead head(long seq, Clocks line) {
        return seq == 0 ? OriginHead.NONE : new OriginHead(seq, line.at(seq));
    }

    @ParameterizedTest(name = "own {0}, mine {1}, theirs {2}, forked after {3}: {4}")
    @CsvSource({
        "false, 0, 0, 99, SAME",
        "true,  0, 0, 99, SAME",
        "false, 7, 7, 99, SAME",
        "true,  7, 7, 99, SAME",
        "false, 3, 7, 99, BEHIND",
        "false, 0, 7, 99, BEHIND",
        "false, 7, 3, 99, AHEAD",
        "true,  7, 3, 99, AHEAD",
        "true,  7, 0, 99, AHEAD",
        "true,  3, 7, 99, REGRESSED",
        "true,  0, 7, 99, REGRESSED",
        "true,  3, 7, 3,  REGRESSED",
        "true,  7, 7, 6,  FORKED",
        "false, 7, 7, 6,  FORKED",
        "true,  7, 9, 6,  FORKED",
        "true,  9, 7, 6,  FORKED",
        "false, 7, 9, 2,  FORKED",
        "false, 9, 7, 2,  FORKED",
        "false, 1, 1, 0,  FORKED",
    })
    void everyCase(boolean own, long mine, long theirs, long forkAfter, Relation expected) {
        Clocks here = line(forkAfter, mine);
        Clocks there = line(99, theirs);

        assertThat(HeadCheck.relation(own, head(mine, here), head(theirs, there), here, there))
                .isEqualTo(expected);
    }

    @Test
    void withoutTheClocksOfThePeerOnlyItsHeadIsCompared() {
        Clocks here = line(6, 9);

        OriginHead inside = new OriginHead(7, 70);
        OriginHead beyond = new OriginHead(12, 120);

        assertThat(HeadCheck.relation(false, head(9, here), inside, here, Clocks.UNKNOWN))
                .isEqualTo(Relation.FORKED);
        assertThat(HeadCheck.relation(false, head(9, here), beyond, here, Clocks.UNKNOWN))
                .isEqualTo(Relation.BEHIND);
        assertThat(HeadCheck.relation(true, head(9, here), beyond, here, Clocks.UNKNOWN))
                .isEqualTo(Relation.REGRESSED);
    }

    @Test
    void anUnknownClockIsNoFork() {
        assertThat(HeadCheck.relation(
                        false, new OriginHead(7, 0), new OriginHead(7, 70), Clocks.UNKNOWN, Clocks.UNKNOWN))
                .isEqualTo(Relation.SAME);
    }

    @Test
    void theLastCommonOperationIsWhereTheLinesPart() {
        for (long fork : IntStream.rangeClosed(0, 12).toArray()) {
            assertThat(HeadCheck.lastCommon(9, line(fork, 12), line(99, 12))).isEqualTo(Math.min(9, fork));
        }
        Clocks everyFourth = seq -> seq % 4 == 0 ? 10 * seq : 0;
        assertThat(HeadCheck.lastCommon(9, line(7, 12), everyFourth)).isEqualTo(4);
        assertThat(HeadCheck.lastCommon(9, line(7, 12), Clocks.UNKNOWN)).isZero();
    }

    @Test
    void aClockWithoutAnOperationIsRefused() {
        assertThatThrownBy(() -> new OriginHead(0, 7)).hasMessageContaining("expected");
    }
}

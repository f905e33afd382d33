package io.blazedb.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.internal.link.IdleRounds.Verdict;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a link that has nothing to do does about what is missing at its target. */
class IdleRoundsTest {
    private static final OriginId SOURCE = new OriginId(1, 1);
    private static final OriginId TARGET = new OriginId(2, 2);
    private static final VersionVector BEFORE = VersionVector.EMPTY.with(SOURCE, 6);
    private static final VersionVector NOW = VersionVector.EMPTY.with(SOURCE, 7);

    private final IdleRounds rounds = new IdleRounds(TARGET::equals);

    @Test
    void nothingIsDoneWhereAllIsThere() {
        for (int i = 0; i < 10; i++) {
            assertThat(rounds.round(NOW, NOW.with(TARGET, 3))).isEqualTo(Verdict.NOTHING);
        }
    }

    @Test
    void whatIsMissingIsReadAgainAndThenCopied() {
        assertThat(List.of(round(), round(), round(), round(), round()))
                .containsExactly(
                        Verdict.NOTHING, Verdict.NOTHING, Verdict.READ_AGAIN, Verdict.NOTHING, Verdict.COPY_AGAIN);
    }

    private Verdict round() {
        return rounds.round(NOW, BEFORE);
    }

    @Test
    void whatMovesIsLeftAlone() {
        VersionVector target = BEFORE;
        for (int i = 0; i < 10; i++) {
            target = target.with(TARGET, i + 1);
            assertThat(rounds.round(NOW, target)).isEqualTo(Verdict.NOTHING);
        }
    }

    @Test
    void aTargetIsNotSentWhatItWroteItself() {
        for (int i = 0; i < 10; i++) {
            assertThat(rounds.round(NOW.with(TARGET, 9), NOW)).isEqualTo(Verdict.NOTHING);
        }
    }
}

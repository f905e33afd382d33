package io.blazedb.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class HybridClockTest {
    private static final long WALL = 1_760_000_000_000L;

    @Test
    void followsTheWallAndCountsWithinAMillisecond() {
        HybridClock clock = new HybridClock(0);

        assertThat(clock.next(WALL)).isEqualTo(WALL << 16);
        assertThat(clock.next(WALL)).isEqualTo((WALL << 16) + 1);
        assertThat(clock.next(WALL + 1)).isEqualTo((WALL + 1) << 16);
    }

    @Test
    void aWallThatStepsBackDoesNotMoveItBack() {
        HybridClock clock = new HybridClock(0);
        long before = clock.next(WALL);

        assertThat(clock.next(WALL - 1_000)).isEqualTo(before + 1);
    }

    @Test
    void isLargerThanWhatItObserved() {
        HybridClock clock = new HybridClock(0);
        long remote = (WALL + 5_000) << 16;
        clock.observe(remote);
        clock.observe(1);

        assertThat(clock.last()).isEqualTo(remote);
        assertThat(clock.next(WALL)).isEqualTo(remote + 1);
    }

    @Test
    void aFullCounterCarriesIntoTheMilliseconds() {
        HybridClock clock = new HybridClock((WALL << 16) | 0xFFFF);

        assertThat(clock.next(WALL)).isEqualTo((WALL + 1) << 16);
    }

    @Test
    void isUnsignedToItsEnd() {
        HybridClock clock = new HybridClock(Long.MAX_VALUE);
        assertThat(clock.next(WALL)).isEqualTo(Long.MIN_VALUE);
        clock.observe(1);
        assertThat(clock.last()).isEqualTo(Long.MIN_VALUE);

        clock.observe(-1);
        assertThatIllegalStateException().isThrownBy(() -> clock.next(WALL));
    }

    @Test
    void withoutAWallItIsALamportClock() {
        HybridClock clock = new HybridClock(0);

        assertThat(clock.next(0)).isEqualTo(1);
        assertThat(clock.next(0)).isEqualTo(2);
    }

    @Test
    void driftIsMeasuredInMillisecondsAheadOfTheWall() { // K1
        assertThat(HybridClock.isAhead((WALL + 60_000) << 16, WALL, 60_000)).isFalse();
        assertThat(HybridClock.isAhead((WALL + 60_001) << 16, WALL, 60_000)).isTrue();
        assertThat(HybridClock.isAhead(-1, WALL, 60_000)).isTrue();
    }

    @Test
    void aWallOutsideOf48BitsIsRefused() {
        HybridClock clock = new HybridClock(0);

        assertThatIllegalArgumentException().isThrownBy(() -> clock.next(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> clock.next(1L << 48));
    }
}

package io.blazedb.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenConflictsTest {
    private static final byte[] KEY = {1};
    private static final byte[] OTHER = {2};

    private final OpenConflicts conflicts = new OpenConflicts();

    private static OpenConflicts.Open open(int number) {
        Stamp stamp = new Stamp(number, new OriginId(1, 2));
        return new OpenConflicts.Open(new byte[] {(byte) number}, "C", stamp, stamp);
    }

    private static List<OpenConflicts.Open> open(int from, int count) {
        List<OpenConflicts.Open> open = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            open.add(open(from + i));
        }
        return open;
    }

    @Test
    void oneOfARowThatWasNotReadIsNotTakenForAll() {
        conflicts.add("S", "T", KEY, open(1));

        assertThat(conflicts.find("S", "T", KEY)).isNull();
    }

    @Test
    void knowsRowsByTableAndKey() {
        conflicts.put("S", "T", KEY, open(1, 1));
        conflicts.put("S", "T", OTHER, open(2, 1));
        conflicts.put("S", "U", KEY, open(3, 1));
        conflicts.add("S", "T", KEY.clone(), open(4));

        assertThat(conflicts.find("S", "T", KEY))
                .extracting(open -> open.winning().hlc())
                .containsExactly(1L, 4L);
        assertThat(conflicts.find("S", "T", OTHER)).hasSize(1);
        assertThat(conflicts.find("R", "T", KEY)).isNull();
    }

    @Test
    void forgetsTheRowsAskedLeastWhenThereAreTooMany() {
        conflicts.put("S", "T", KEY, open(1, 1));
        conflicts.put("S", "T", OTHER, open(1, 1));
        conflicts.put("S", "U", KEY, open(1, OpenConflicts.CONFLICTS_MAX - 5));
        assertThat(conflicts.find("S", "T", OTHER)).as("at the limit").isNotNull();
        assertThat(conflicts.find("S", "T", KEY)).as("at the limit").isNotNull();

        conflicts.add("S", "U", KEY, open(1));

        assertThat(conflicts.find("S", "T", OTHER)).as("one above, asked first").isNull();
        assertThat(conflicts.find("S", "T", KEY)).isNotNull();
        assertThat(conflicts.find("S", "U", KEY)).isNotNull();
    }

    @Test
    void aRowWithMoreThanTheLimitIsNotHeld() {
        conflicts.put("S", "T", KEY, open(1, OpenConflicts.CONFLICTS_MAX - 1));
        assertThat(conflicts.find("S", "T", KEY)).isNotNull();

        conflicts.add("S", "T", KEY, open(1));

        assertThat(conflicts.find("S", "T", KEY)).isNull();
        conflicts.put("S", "T", OTHER, open(1, 1));
        assertThat(conflicts.find("S", "T", OTHER)).isNotNull();
    }
}

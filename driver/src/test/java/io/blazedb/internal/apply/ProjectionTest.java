package io.blazedb.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Which rows show: by hand for the cases that have names, at random against the definition for all others. */
class ProjectionTest {
    private static final int HISTORIES = 20_000;
    private static final int FULL_FACTOR = 50;
    private static final int STEPS = 8;
    private static final int ROWS = 8;

    private final List<ModelRow> all = new ArrayList<>();

    private ModelRow row(String name, long claimed) {
        ModelRow row = new ModelRow(name, claimed);
        all.add(row);
        return row;
    }

    /** Projects what has changed, and holds it against the projection from scratch. */
    private void project(ModelRow... changed) {
        project(all, Set.of(changed), () -> "by hand");
    }

    private static void project(List<ModelRow> all, Set<ModelRow> changed, Supplier<String> description) {
        Map<ModelRow, Outcome> expected =
                FullProjection.of(all.stream().filter(row -> row.alive).toList());
        Map<ModelRow, Outcome> outcomes = new Projection<>(new ModelRows(all, changed)).project(changed);
        Map<ModelRow, Outcome> actual = new LinkedHashMap<>();
        for (ModelRow row : all) {
            Outcome now = outcomes.getOrDefault(row, row.outcome);
            if (row.alive) {
                actual.put(row, now);
            }
        }
        assertThat(actual).as(description).containsAllEntriesOf(expected);
        all.forEach(row -> row.projected(outcomes.getOrDefault(row, row.outcome)));
    }

    @Test
    void theFirstClaimWins() {
        ModelRow late = row("late", 2).unique("k");
        project(late);
        assertThat(late.outcome).isEqualTo(Outcome.SHOWN);

        ModelRow early = row("early", 1).unique("k");
        project(early);

        assertThat(early.outcome).isEqualTo(Outcome.SHOWN);
        assertThat(late.outcome).isEqualTo(Outcome.UNIQUE);
    }

    @Test
    void aServersClaimWinsOverAnOlderOneOfAClient() {
        ModelRow client = row("client", 1).unique("k");
        ModelRow server = row("server", 2).unique("k").byServer();

        project(client, server);

        assertThat(server.outcome).isEqualTo(Outcome.SHOWN);
        assertThat(client.outcome).isEqualTo(Outcome.UNIQUE);
    }

    @Test
    void aRowWithoutAParentHoldsItsKey() {
        ModelRow orphan = row("orphan", 1).unique("k").needs("p");
        ModelRow rival = row("rival", 2).unique("k");

        project(orphan, rival);

        assertThat(orphan.outcome).isEqualTo(Outcome.FOREIGN_KEY);
        assertThat(rival.outcome).isEqualTo(Outcome.UNIQUE);
    }

    @Test
    void inAChainOfThreeClaimsTheSecondGivesWayAndTheThirdShows() {
        ModelRow second = row("second", 2).unique("a", "b");
        ModelRow third = row("third", 3).unique("b");
        project(second, third);
        assertThat(third.outcome).isEqualTo(Outcome.UNIQUE);

        ModelRow first = row("first", 1).unique("a");
        project(first);
        assertThat(second.outcome).isEqualTo(Outcome.UNIQUE);
        assertThat(third.outcome).isEqualTo(Outcome.SHOWN);

        first.alive = false;
        project(first);
        assertThat(second.outcome).isEqualTo(Outcome.SHOWN);
        assertThat(third.outcome).isEqualTo(Outcome.UNIQUE);
    }

    @Test
    void aCycleShowsTogetherAndHidesTogether() {
        ModelRow one = row("one", 2).offers("1").needs("2", "r");
        ModelRow two = row("two", 3).offers("2").needs("1");
        project(one, two);
        assertThat(one.outcome).isEqualTo(Outcome.FOREIGN_KEY);
        assertThat(two.outcome).isEqualTo(Outcome.FOREIGN_KEY);

        ModelRow root = row("root", 1).offers("r");
        project(root);
        assertThat(one.outcome).isEqualTo(Outcome.SHOWN);
        assertThat(two.outcome).isEqualTo(Outcome.SHOWN);

        root.alive = false;
        project(root);
        assertThat(one.outcome).isEqualTo(Outcome.FOREIGN_KEY);
        assertThat(two.outcome).isEqualTo(Outcome.FOREIGN_KEY);
    }

    @Test
    void aRowMayReferToItself() {
        ModelRow self = row("self", 1).offers("s").needs("s");

        project(self);

        assertThat(self.outcome).isEqualTo(Outcome.SHOWN);
    }

    @Test
    void whatAChecksHidesTakesItsChildrenAlong() {
        ModelRow parent = row("parent", 1).offers("p");
        ModelRow child = row("child", 2).needs("p");
        project(parent, child);

        parent.valid = false;
        project(parent);

        assertThat(parent.outcome).isEqualTo(Outcome.CHECK);
        assertThat(child.outcome).isEqualTo(Outcome.FOREIGN_KEY);
    }

    @Test
    void whatShowsDependsOnTheRowsAloneNotOnTheirOrder() {
        String asked = System.getProperty("seed");
        long base = asked == null ? System.nanoTime() & 0xFFFFFF : Long.parseLong(asked);
        boolean full = "full".equals(System.getProperty("blazedb.test.volume"));
        int count = asked != null ? 1 : full ? HISTORIES * FULL_FACTOR : HISTORIES;
        for (int i = 0; i < count; i++) {
            history(base + i);
        }
    }

    private static void history(long seed) {
        Random random = new Random(seed);
        List<ModelRow> rows = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            Set<ModelRow> changed = new HashSet<>();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                if (rows.size() < ROWS && random.nextBoolean()) {
                    ModelRow fresh = new ModelRow("row" + rows.size(), 0);
                    rows.add(fresh);
                    rewrite(fresh, random);
                    changed.add(fresh);
                } else if (!rows.isEmpty()) {
                    ModelRow row = rows.get(random.nextInt(rows.size()));
                    rewrite(row, random);
                    changed.add(row);
                }
            }
            int at = step;
            project(rows, changed, () -> "seed " + seed + ", step " + at + ": " + rows);
        }
    }

    /** No two rows offer the same key but when they have it as a unique key too, as in a database. */
    private static void rewrite(ModelRow row, Random random) {
        row.alive = random.nextInt(6) > 0;
        row.valid = random.nextInt(8) > 0;
        row.claimed = random.nextInt(6);
        row.byServer = random.nextInt(4) == 0;
        row.unique.clear();
        row.offers.clear();
        row.needs.clear();
        row.offers(row.name);
        for (String constraint : List.of("a", "b")) {
            if (random.nextBoolean()) {
                String key = constraint + random.nextInt(3);
                row.unique(key);
                if (random.nextBoolean()) {
                    row.offers(key);
                }
            }
        }
        if (random.nextBoolean()) {
            row.needs("row" + random.nextInt(ROWS));
        }
        if (random.nextInt(3) == 0) {
            row.needs("a" + random.nextInt(3));
        }
    }
}

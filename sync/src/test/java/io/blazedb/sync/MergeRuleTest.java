package io.blazedb.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.blazedb.sync.MergeRule.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergeRuleTest {
    private static final Stamp STAMP = new Stamp(1, new OriginId(1, 1));

    @Test
    void aCounterHasOneColumn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MergeRule(List.of(0, 1), Kind.COUNTER))
                .withMessage("merge rule COUNTER on 2 columns (expected: one)");
        assertThat(new MergeRule(List.of(0, 1), Kind.LAST_WRITER).columns()).containsExactly(0, 1);
    }

    @Test
    void rulesArePutInOrder() {
        MergeRule first = new MergeRule(List.of(0), Kind.MAX);
        MergeRule second = new MergeRule(List.of(1, 2), Kind.SERVER);

        assertThat(table().withRules(List.of(second, first), STAMP).mergeRules())
                .containsExactly(first, second);
    }

    @Test
    void aColumnHasOneRule() {
        MergeRule group = new MergeRule(List.of(0, 2), Kind.SERVER);
        MergeRule other = new MergeRule(List.of(2), Kind.MIN);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> table().withRules(List.of(group, other), STAMP))
                .withMessageContaining("no column with two rules");
    }

    @Test
    void aRuleIsAboutColumnsThatAreThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table().withRules(List.of(new MergeRule(List.of(3), Kind.MIN)), STAMP))
                .withMessageContaining("column 3");
    }

    @Test
    void rulesHaveAStamp() {
        List<MergeRule> rules = List.of(new MergeRule(List.of(0), Kind.MIN));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> table().withRules(rules, Stamp.ZERO))
                .withMessageContaining("without a stamp");
        assertThat(table().withRules(List.of(), STAMP).rulesStamp()).isEqualTo(STAMP);
    }

    private static TableDefinition table() {
        ColumnDefinition column = new ColumnDefinition("A", "INTEGER", true, "", ColumnDefinition.Source.WRITTEN);
        return new TableDefinition(
                1,
                "PUBLIC",
                "T",
                List.of(column, column, column),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}

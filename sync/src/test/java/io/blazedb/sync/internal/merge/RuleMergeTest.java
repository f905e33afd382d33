package io.blazedb.sync.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.Life;
import io.blazedb.sync.MergeRule;
import io.blazedb.sync.MergeRule.Kind;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.WrittenVersions;
import io.blazedb.sync.internal.merge.RowAuthor.Authored;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each merge rule on one row with one column, case by case. */
class RuleMergeTest {
    private static final byte[] KEY = {1};
    private static final int[] COLUMN = {0};
    private static final RowMerge ORDER = RowMerge.of(RuledNode.TYPES);

    /** A change as its transaction wrote it. */
    private record Sent(RowChange change, ColumnRules rules, Stamp stamp) {}

    @Test
    void withoutARuleAServerWinsAgainstALaterClientAndByLastWriterItDoesNot() {
        for (Kind kind : List.of(Kind.SERVER, Kind.LAST_WRITER)) {
            ColumnRules rules = rules(kind, 1);
            RowContent row = insert(rules, 50);
            Sent server = update(row, Role.SERVER, stamp(20, 2), rules, 1);
            Sent client = update(row, Role.CLIENT, stamp(30, 3), rules, 2);

            assertThat(value(bothOrders(row, server, client))).isEqualTo(kind == Kind.SERVER ? 1 : 2);
        }
    }

    @Test
    void theLargerOrSmallerValueWinsAndTheOtherIsAConflict() {
        for (Kind kind : List.of(Kind.MAX, Kind.MIN)) {
            ColumnRules rules = rules(kind, 1);
            RowContent row = insert(rules, 10);
            Sent early = update(row, Role.CLIENT, stamp(20, 2), rules, kind == Kind.MAX ? 30 : 3);
            Sent late = update(row, Role.SERVER, stamp(30, 3), rules, kind == Kind.MAX ? 20 : 5);

            assertThat(value(bothOrders(row, early, late))).isEqualTo(kind == Kind.MAX ? 30 : 3);
            assertThat(merge(merge(row, early).row(), late).merged().conflicts())
                    .extracting(Conflict::kind)
                    .containsExactly(Conflict.Kind.UPDATE_UPDATE);
        }
    }

    @Test
    void nullLosesAgainstAnyValue() {
        ColumnRules rules = rules(Kind.MIN, 1);
        RowContent row = insert(rules, 10);
        Authored nothing = author(Role.CLIENT, stamp(40, 2), rules)
                .update(row.state(), 1, KEY, COLUMN, values(Numbers.nothing()), row.values());

        RowContent after =
                merge(row, new Sent(nothing.change(), rules, stamp(40, 2))).row();

        assertThat(value(after)).isEqualTo(10);
    }

    @Test
    void aNewLifeBeginsWithAnyValue() {
        ColumnRules rules = rules(Kind.MAX, 1);
        RowContent row = insert(rules, 50);
        Authored delete = author(Role.CLIENT, stamp(20, 2), rules).delete(row.state(), 1, KEY, row.values());
        RowContent dead =
                merge(row, new Sent(delete.change(), rules, stamp(20, 2))).row();
        Authored insert =
                author(Role.CLIENT, stamp(30, 2), rules).insert(dead.state(), 1, KEY, COLUMN, values(Numbers.of(1)));
        Sent late = update(row, Role.CLIENT, stamp(40, 3), rules, 60);

        RowContent after = bothOrders(dead, new Sent(insert.change(), rules, stamp(30, 2)), late);

        assertThat(value(after)).isEqualTo(1);
    }

    /** The row was there but hidden by a constraint, so the insert wrote over values that its author did not see. */
    @Test
    void anInsertOverAHiddenRowHoldsWhateverTheExtremumWas() {
        ColumnRules rules = rules(Kind.MAX, 1);
        RowContent row = insert(rules, 50);
        Authored over =
                author(Role.CLIENT, stamp(20, 2), rules).insert(row.state(), 1, KEY, COLUMN, values(Numbers.of(1)));

        RowContent after =
                merge(row, new Sent(over.change(), rules, stamp(20, 2))).row();

        assertThat(value(after)).isEqualTo(1);
        assertThat(after.state()).isEqualTo(over.after());
    }

    @Test
    void whatWasWrittenUnderNewerRulesWins() {
        RowContent row = insert(rules(Kind.MAX, 1), 10);
        Sent older = update(row, Role.SERVER, stamp(90, 2), rules(Kind.MAX, 1), 50);
        Sent newer = update(row, Role.CLIENT, stamp(20, 3), rules(Kind.LAST_WRITER, 2), 11);

        assertThat(value(bothOrders(row, older, newer))).isEqualTo(11);
    }

    @Test
    void aValueEndsTheCountAndWhatIsAddedToItAfterwardsIsAConflict() {
        RowContent row = insert(ColumnRules.NONE, 10);
        Sent added = update(row, Role.CLIENT, stamp(20, 2), rules(Kind.COUNTER, 1), 13);
        Sent written = update(row, Role.CLIENT, stamp(20, 3), rules(Kind.SERVER, 2), 40);

        assertThat(value(bothOrders(row, added, written))).isEqualTo(40);
        assertThat(merge(merge(row, written).row(), added).merged().conflicts())
                .contains(new Conflict(Conflict.Kind.COUNTER, 0, stamp(20, 3), stamp(20, 2), Numbers.of(3)));
        assertThat(merge(merge(row, added).row(), written).merged().conflicts())
                .contains(new Conflict(Conflict.Kind.UPDATE_UPDATE, 0, stamp(20, 3), stamp(20, 2), Numbers.of(13)));
    }

    @Test
    void aCountPastTheTypeIsToldOnceAndComesBackExactly() {
        ColumnRules rules = rules(Kind.COUNTER, 1);
        RowContent row = insert(rules, 50);
        Sent one = update(row, Role.CLIENT, stamp(20, 2), rules, 58);
        Sent other = update(row, Role.CLIENT, stamp(21, 3), rules, 58);
        Outcome full = merge(merge(row, one).row(), other);
        Sent less = update(full.row(), Role.CLIENT, stamp(30, 4), rules, 59);

        assertThat(value(full.row())).isEqualTo(60);
        assertThat(full.merged().conflicts()).extracting(Conflict::kind).containsExactly(Conflict.Kind.COUNTER);
        assertThat(less.change().counters().delta(0)).isEqualByComparingTo(BigDecimal.valueOf(-7));
        assertThat(value(merge(full.row(), less).row())).isEqualTo(59);
    }

    @Test
    void rulesOnValuesNeedTheTypes() {
        RowContent row = insert(rules(Kind.MAX, 1), 10);
        Sent sent = update(row, Role.CLIENT, stamp(20, 2), rules(Kind.MAX, 1), 20);

        assertThatIllegalStateException()
                .isThrownBy(() -> row.merge(RowMerge.STANDARD, sent.change, sent.rules, sent.stamp))
                .withMessageContaining("RowMerge.of");
    }

    @Test
    void aForgedCausalLengthIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Life(Stamp.ZERO, Life.CAUSE_MAX + 1))
                .withMessageContaining("0 to 1099511627776");
        assertThatIllegalArgumentException().isThrownBy(() -> WrittenVersions.uniform(Stamp.ZERO, Life.CAUSE_MAX + 1));
    }

    /** Absent counts as (0, 1, 0): what has a fence loses its place in the order when its version is forgotten. */
    @Test
    void onlyARowWithoutFenceInItsFirstLifeMayBeForgotten() {
        RowContent byClient = insert(ColumnRules.NONE, 10);
        Authored byServer = author(Role.SERVER, stamp(10, 1), ColumnRules.NONE)
                .insert(RowState.ABSENT, 1, KEY, COLUMN, values(Numbers.of(10)));
        RowState forgotten = RowState.base(Stamp.ZERO, 1);
        Authored late = author(Role.CLIENT, stamp(30, 3), ColumnRules.NONE)
                .update(RowState.base(Stamp.ZERO, 1), 1, KEY, COLUMN, values(Numbers.of(7)));
        RowContent kept = new RowContent(byServer.after(), RowValues.of(values(Numbers.of(10))));
        Sent sent = new Sent(late.change(), ColumnRules.NONE, stamp(30, 3));

        assertThat(byClient.state().isForgettable()).isTrue();
        assertThat(byServer.after().isForgettable()).isFalse();
        assertThat(insert(rules(Kind.COUNTER, 1), 1).state().isForgettable()).isFalse();
        assertThat(value(merge(kept, sent).row())).isEqualTo(10);
        assertThat(value(merge(new RowContent(forgotten, kept.values()), sent).row()))
                .as("one node forgot the server's version: the two would differ")
                .isEqualTo(7);
    }

    /** Its author saw no row, so it cannot say what it adds to: the value is written. */
    @Test
    void anInsertOverAHiddenRowThatNobodyCountedInBeginsTheCount() {
        RowContent row = insert(ColumnRules.NONE, 40);
        ColumnRules rules = rules(Kind.COUNTER, 15);
        Authored insert =
                author(Role.CLIENT, stamp(20, 2), rules).insert(row.state(), 1, KEY, COLUMN, values(Numbers.of(7)));
        Sent sent = new Sent(insert.change(), rules, stamp(20, 2));
        Sent added = update(row, Role.CLIENT, stamp(30, 3), rules, 45);

        RowContent atPeer = merge(row, sent).row();
        RowContent atAuthor = new RowContent(insert.after(), RowValues.of(values(Numbers.of(7))));

        assertThat(value(atPeer)).isEqualTo(7);
        assertThat(atPeer.state()).isEqualTo(atAuthor.state());
        assertThat(value(bothOrders(row, sent, added))).isEqualTo(12);
        assertThat(value(merge(atAuthor, added).row())).isEqualTo(12);
    }

    private static RowContent insert(ColumnRules rules, long value) {
        Authored insert = author(Role.CLIENT, stamp(10, 1), rules)
                .insert(RowState.ABSENT, 1, KEY, COLUMN, values(Numbers.of(value)));
        return RowContent.ABSENT.merge(ORDER, insert.change(), rules, stamp(10, 1));
    }

    private static Sent update(RowContent row, Role role, Stamp stamp, ColumnRules rules, long value) {
        Authored update =
                author(role, stamp, rules).update(row.state(), 1, KEY, COLUMN, values(Numbers.of(value)), row.values());
        return new Sent(update.change(), rules, stamp);
    }

    private static RowAuthor author(Role role, Stamp stamp, ColumnRules rules) {
        return new RowAuthor(role, stamp, rules, RuledNode.TYPES);
    }

    /** A merge and the row after it. */
    private record Outcome(RowContent row, Merged merged) {}

    private static Outcome merge(RowContent row, Sent sent) {
        Merged merged =
                ORDER.merge(row.state(), row.values(), sent.change, sent.rules, sent.stamp, (winner, loser) -> false);
        return new Outcome(row.after(merged), merged);
    }

    private static RowContent bothOrders(RowContent row, Sent one, Sent other) {
        RowContent first = merge(merge(row, one).row(), other).row();
        RowContent second = merge(merge(row, other).row(), one).row();
        assertThat(first.state()).isEqualTo(second.state());
        assertThat(first.values().value(0)).isEqualTo(second.values().value(0));
        return first;
    }

    private static long value(RowContent row) {
        return RuledNode.TYPES.number(row.values().value(0)).longValueExact();
    }

    private static byte[][] values(byte[] value) {
        byte[][] values = new byte[1][];
        values[0] = value;
        return values;
    }

    private static ColumnRules rules(Kind kind, long time) {
        ColumnDefinition column = new ColumnDefinition("N", "INTEGER", true, "", ColumnDefinition.Source.WRITTEN);
        TableDefinition table =
                new TableDefinition(1, "", "T", List.of(column), List.of(), List.of(), List.of(), List.of(), List.of());
        return ColumnRules.of(table.withRules(List.of(new MergeRule(List.of(0), kind)), stamp(time, 9)));
    }

    private static Stamp stamp(long time, long origin) {
        return new Stamp(time << 16, new OriginId(0, origin));
    }
}

package io.blazedb.sync.internal.merge;

import static io.blazedb.sync.internal.merge.Merged.Transition.BORN;
import static io.blazedb.sync.internal.merge.Merged.Transition.DIES;
import static io.blazedb.sync.internal.merge.Merged.Transition.LIVES;
import static io.blazedb.sync.internal.merge.Merged.Transition.REVIVED;
import static io.blazedb.sync.internal.merge.Merged.Transition.STAYS_DEAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.blazedb.sync.Life;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.RowChange.Kind;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.WrittenVersions;
import io.blazedb.sync.internal.merge.RowAuthor.Authored;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The table of concurrent pairs, row by row, and what a merge reports. */
class RowMergeTest {
    private static final byte[] KEY = {1};
    /** All authors had seen the insert and nothing else. */
    private static final CausalPast INSERT_SEEN = (winner, loser) -> loser.equals(stamp(10, 1));

    private static final CausalPast ALL_SEEN = (winner, loser) -> true;

    private static final Stamp FIRST = stamp(10, 1);

    /** A change as its transaction wrote it. */
    private record Sent(RowChange change, Stamp stamp) {}

    private final ModelRow row = inserted(FIRST, "a", "b");

    @Test
    void updatesOfDifferentColumnsAreBothKept() {
        Sent one = client(row, stamp(20, 2), 0, "x");
        Sent other = client(row, stamp(30, 3), 1, "y");

        ModelRow merged = bothOrders(row, one, other);

        assertThat(texts(merged)).containsExactly("x", "y");
    }

    @Test
    void ofClientsUpdatesTheLaterWinsAndTheOtherIsAConflict() {
        Sent early = client(row, stamp(20, 2), 0, "x");
        Sent late = client(row, stamp(30, 3), 0, "y");

        assertThat(texts(bothOrders(row, early, late))).containsExactly("y", "b");
        Merged merged = merge(row.merge(late.change, late.stamp), early);
        assertThat(merged.won()).isEmpty();
        assertThat(merged.lost()).containsExactly(0);
        assertThat(merged.conflicts())
                .containsExactly(new Conflict(Conflict.Kind.UPDATE_UPDATE, 0, late.stamp, early.stamp, bytes("x")));
    }

    @Test
    void aServersUpdateWinsAgainstALaterClient() {
        Sent server = server(row, stamp(20, 2), 0, "x");
        Sent client = client(row, stamp(90, 3), 0, "y");

        assertThat(texts(bothOrders(row, server, client))).containsExactly("x", "b");
    }

    @Test
    void aClientThatSawTheServersUpdateWinsAgainstIt() {
        Sent server = server(row, stamp(20, 2), 0, "x");
        Sent client = client(row.merge(server.change, server.stamp), stamp(21, 3), 0, "y");

        assertThat(texts(bothOrders(row, server, client))).containsExactly("y", "b");
    }

    @Test
    void anOverwriteThatWasSeenIsNoConflict() {
        Sent early = client(row, stamp(20, 2), 0, "x");
        Sent late = client(row.merge(early.change, early.stamp), stamp(30, 3), 0, "y");
        ModelRow between = row.merge(early.change, early.stamp);

        Merged merged = RowMerge.STANDARD.merge(between.state(), between.values(), late.change, late.stamp, ALL_SEEN);

        assertThat(merged.won()).containsExactly(0);
        assertThat(merged.conflicts()).isEmpty();
    }

    @Test
    void theSameValueTwiceIsNoConflict() {
        Sent early = client(row, stamp(20, 2), 0, "x");
        Sent late = client(row, stamp(30, 3), 0, "x");

        assertThat(merge(row.merge(early.change, early.stamp), late).conflicts())
                .isEmpty();
    }

    @Test
    void aClientsDeleteWinsAgainstAClientsUpdateAndItsImageKeepsTheValue() {
        Sent delete = delete(row, Role.CLIENT, stamp(20, 2));
        Sent update = client(row, stamp(30, 3), 0, "x");

        ModelRow merged = bothOrders(row, delete, update);

        assertThat(merged.state().alive()).isFalse();
        assertThat(texts(merged)).containsExactly("x", "b");
        Merged buried = merge(row.merge(delete.change, delete.stamp), update);
        assertThat(buried.transition()).isEqualTo(STAYS_DEAD);
        assertThat(buried.conflicts())
                .contains(new Conflict(Conflict.Kind.UPDATE_DELETE, 0, Stamp.ZERO, update.stamp, bytes("x")));
        Merged dies = merge(row.merge(update.change, update.stamp), delete);
        assertThat(dies.transition()).isEqualTo(DIES);
        assertThat(dies.conflicts())
                .contains(new Conflict(Conflict.Kind.UPDATE_DELETE, 0, delete.stamp, update.stamp, bytes("x")));
    }

    @Test
    void aServersUpdateKeepsARowThatAClientDeletesAndTheImageComesBack() {
        Sent delete = delete(row, Role.CLIENT, stamp(90, 2));
        Sent update = server(row, stamp(20, 3), 0, "x");

        assertThat(texts(bothOrders(row, delete, update))).containsExactly("x", "b");
        Merged revived = merge(row.merge(delete.change, delete.stamp), update);
        assertThat(revived.transition()).isEqualTo(REVIVED);
        assertThat(texts(revived.row(), 2)).containsExactly("x", "b");
        assertThat(revived.conflicts()).extracting(Conflict::kind).containsExactly(Conflict.Kind.DELETE_UPDATE);
        Merged lives = merge(row.merge(update.change, update.stamp), delete);
        assertThat(lives.transition()).isEqualTo(LIVES);
        assertThat(lives.conflicts())
                .containsExactly(new Conflict(
                        Conflict.Kind.DELETE_UPDATE,
                        Conflict.WHOLE_ROW,
                        update.stamp,
                        delete.stamp,
                        RowValues.UNKNOWN));
    }

    @Test
    void aServersDeleteWinsAgainstAClientsUpdate() {
        Sent delete = delete(row, Role.SERVER, stamp(20, 2));
        Sent update = client(row, stamp(90, 3), 0, "x");

        assertThat(bothOrders(row, delete, update).state().alive()).isFalse();
    }

    @Test
    void ofTwoInsertsOfOneKeyOneSideWinsEveryColumn() {
        Sent one = insert(ModelRow.ABSENT, Role.CLIENT, stamp(20, 2), "a", "b");
        Sent other = insert(ModelRow.ABSENT, Role.CLIENT, stamp(30, 3), "x", "y");

        assertThat(texts(bothOrders(ModelRow.ABSENT, one, other))).containsExactly("x", "y");
        assertThat(merge(ModelRow.ABSENT, one).transition()).isEqualTo(BORN);
    }

    @Test
    void aServersInsertWinsAgainstALaterInsertOfAClient() {
        Sent server = insert(ModelRow.ABSENT, Role.SERVER, stamp(20, 2), "a", "b");
        Sent client = insert(ModelRow.ABSENT, Role.CLIENT, stamp(30, 3), "x", "y");

        assertThat(texts(bothOrders(ModelRow.ABSENT, server, client))).containsExactly("a", "b");
    }

    @Test
    void aNewLifeWinsAgainstAClientsUpdateOfTheOldOne() {
        Sent delete = delete(row, Role.CLIENT, stamp(20, 2));
        ModelRow dead = row.merge(delete.change, delete.stamp);
        Sent reborn = insert(dead, Role.CLIENT, stamp(21, 2), "n", "m");
        ModelRow alive = dead.merge(reborn.change, reborn.stamp);
        Sent update = client(row, stamp(90, 3), 0, "x");

        assertThat(texts(alive)).containsExactly("n", "m");
        assertThat(texts(alive.merge(update.change, update.stamp))).containsExactly("n", "m");
        assertThat(row.merge(update.change, update.stamp)
                        .merge(delete.change, delete.stamp)
                        .merge(reborn.change, reborn.stamp)
                        .sameAs(alive.merge(update.change, update.stamp)))
                .isTrue();
    }

    @Test
    void aServersUpdateOfTheOldLifeWinsAgainstTheNewLife() {
        Sent delete = delete(row, Role.CLIENT, stamp(20, 2));
        ModelRow dead = row.merge(delete.change, delete.stamp);
        Sent reborn = insert(dead, Role.CLIENT, stamp(21, 2), "n", "m");
        ModelRow alive = dead.merge(reborn.change, reborn.stamp);
        Sent update = server(row, stamp(15, 3), 0, "x");

        assertThat(texts(alive.merge(update.change, update.stamp))).containsExactly("x", "m");
    }

    @Test
    void aRowThatBothHadBeforeTheyMetIsMergedByTheBaseStamps() { // V0
        RowState ours = RowState.base(stamp(5, 1), 2);
        Stamp theirBase = stamp(6, 2);
        RowChange theirs = insert(ModelRow.ABSENT, Role.CLIENT, theirBase, "x", "y").change;

        Merged merged = RowMerge.STANDARD.merge(ours, values("a", "b"), theirs, theirBase, INSERT_SEEN);

        assertThat(texts(merged.row(), 2)).containsExactly("x", "y");
        assertThat(merged.after()).isEqualTo(RowState.base(theirBase, 2));
        assertThat(merged.conflicts()).extracting(Conflict::loserValue).containsExactly(bytes("a"), bytes("b"));
    }

    @Test
    void oneVersionWithTwoValuesIsAForkAndAllAgreeOnOne() {
        Sent one = client(row, stamp(20, 2), 0, "x");
        Sent clone = client(row, stamp(20, 2), 0, "y");

        assertThat(texts(bothOrders(row, one, clone))).containsExactly("y", "b");
        assertThat(merge(row.merge(one.change, one.stamp), clone).conflicts())
                .extracting(Conflict::kind)
                .containsExactly(Conflict.Kind.FORK);
        assertThat(merge(row.merge(clone.change, clone.stamp), one).conflicts())
                .extracting(Conflict::kind)
                .containsExactly(Conflict.Kind.FORK);
    }

    @Test
    void anUpdateOfARowThatNeverWasIsAnAlarm() { // V3
        Sent update = client(row, stamp(20, 2), 0, "x");

        assertThat(merge(ModelRow.ABSENT, update).conflicts())
                .extracting(Conflict::kind)
                .containsExactly(Conflict.Kind.UPDATE_MISSING);
    }

    @Test
    void anInsertOfAHiddenRowUpdatesAllItsColumns() {
        Sent hidden = insert(row, Role.CLIENT, stamp(20, 2), "x", "y");

        assertThat(hidden.change.kind()).isEqualTo(Kind.UPDATE);
        assertThat(hidden.change.life()).isEqualTo(row.state().life());
        assertThat(texts(row.merge(hidden.change, hidden.stamp))).containsExactly("x", "y");
    }

    @Test
    void aClientHandsOnTheFenceOfEachColumn() {
        Sent server = server(row, stamp(20, 2), 1, "s");
        ModelRow seen = row.merge(server.change, server.stamp);

        Authored authored = new RowAuthor(Role.CLIENT, stamp(30, 3))
                .update(seen.state(), 1, KEY, new int[] {0, 1}, new byte[][] {bytes("x"), bytes("y")});

        assertThat(authored.change().life()).isEqualTo(new Life(server.stamp, 1));
        assertThat(authored.change().versions().fence(0)).isEqualTo(Stamp.ZERO);
        assertThat(authored.change().versions().fence(1)).isEqualTo(server.stamp);
    }

    @Test
    void theAuthorsStateIsWhatPeersMergeTo() {
        Sent delete = delete(row, Role.SERVER, stamp(20, 2));
        RowState after = new RowAuthor(Role.SERVER, stamp(20, 2))
                .delete(row.state(), 1, KEY, row.values())
                .after();

        assertThat(row.merge(delete.change, delete.stamp).state()).isEqualTo(after);
    }

    @Test
    void onlyALiveRowCanBeUpdatedOrDeleted() {
        RowAuthor author = new RowAuthor(Role.CLIENT, FIRST);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> author.update(RowState.ABSENT, 1, KEY, new int[] {0}, new byte[][] {bytes("x")}))
                .withMessageContaining("expected: odd");
        assertThatIllegalArgumentException().isThrownBy(() -> author.delete(RowState.ABSENT, 1, KEY, RowValues.NONE));
    }

    @Test
    void aRestampKeepsTheValuesAndCoversTheOldStamp() {
        Stamp stamp = stamp(20, 9);
        Authored authored = new RowAuthor(Role.CLIENT, stamp)
                .restamp(row.state(), 1, KEY, new int[] {0, 1}, new byte[][] {bytes("a"), bytes("b")});

        Merged merged = merge(row, new Sent(authored.change(), stamp));

        assertThat(merged.after()).isEqualTo(authored.after());
        assertThat(merged.conflicts()).isEmpty();
        assertThat(merged.after().version(0).stamp()).isEqualTo(stamp);
    }

    @Test
    void aColumnThatOnlyTheSenderHasKnownIsAddedToTheVersions() {
        Stamp stamp = stamp(20, 2);
        RowChange wide = new RowChange(
                1,
                KEY,
                Kind.UPDATE,
                new Life(Stamp.ZERO, 1),
                new int[] {4},
                WrittenVersions.uniform(Stamp.ZERO, 1),
                new byte[][] {bytes("z")});

        RowState after = merge(row, new Sent(wide, stamp)).after();

        assertThat(after.columns()).isEqualTo(5);
        assertThat(after.version(3)).isEqualTo(ColumnVersion.ABSENT);
        assertThat(after.version(4).stamp()).isEqualTo(stamp);
    }

    private static ModelRow bothOrders(ModelRow start, Sent one, Sent other) {
        ModelRow oneFirst = start.merge(one.change, one.stamp).merge(other.change, other.stamp);
        ModelRow otherFirst = start.merge(other.change, other.stamp).merge(one.change, one.stamp);
        assertThat(oneFirst.sameAs(otherFirst))
                .as("%s and %s", oneFirst, otherFirst)
                .isTrue();
        return oneFirst;
    }

    private static Merged merge(ModelRow row, Sent sent) {
        return RowMerge.STANDARD.merge(row.state(), row.values(), sent.change, sent.stamp, INSERT_SEEN);
    }

    private static ModelRow inserted(Stamp stamp, String... values) {
        Sent insert = insert(ModelRow.ABSENT, Role.CLIENT, stamp, values);
        return ModelRow.ABSENT.merge(insert.change, insert.stamp);
    }

    private static Sent insert(ModelRow row, Role role, Stamp stamp, String... values) {
        int[] columns = new int[values.length];
        Arrays.setAll(columns, i -> i);
        byte[][] encoded = values(values).toArray(0);
        return new Sent(
                new RowAuthor(role, stamp)
                        .insert(row.state(), 1, KEY, columns, encoded)
                        .change(),
                stamp);
    }

    private static Sent client(ModelRow row, Stamp stamp, int column, String value) {
        return update(row, Role.CLIENT, stamp, column, value);
    }

    private static Sent server(ModelRow row, Stamp stamp, int column, String value) {
        return update(row, Role.SERVER, stamp, column, value);
    }

    private static Sent update(ModelRow row, Role role, Stamp stamp, int column, String value) {
        byte[][] values = {bytes(value)};
        Authored authored = new RowAuthor(role, stamp).update(row.state(), 1, KEY, new int[] {column}, values);
        return new Sent(authored.change(), stamp);
    }

    private static Sent delete(ModelRow row, Role role, Stamp stamp) {
        return new Sent(
                new RowAuthor(role, stamp)
                        .delete(row.state(), 1, KEY, row.values())
                        .change(),
                stamp);
    }

    private static Stamp stamp(long hlc, long origin) {
        return new Stamp(hlc, new OriginId(0, origin));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RowValues values(String... texts) {
        byte[][] values = new byte[texts.length][];
        Arrays.setAll(values, i -> bytes(texts[i]));
        return RowValues.of(values);
    }

    private static String[] texts(ModelRow row) {
        return texts(row.current(), row.current().size());
    }

    private static String[] texts(RowValues values, int size) {
        String[] texts = new String[size];
        Arrays.setAll(texts, i -> new String(values.value(i), StandardCharsets.UTF_8));
        return texts;
    }
}

package io.blazedb.sync.internal.merge;

import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.MergeRule;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.internal.merge.RowAuthor.Authored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A client that writes chains of transactions on a few rows and moves rows to other keys; a hub that accepts or rejects
 * each and takes writes from elsewhere. It rejects updates of rows that it never had, and children (row 1) without
 * their parent (row 0). The seed decides everything.
 */
final class PendingHistory {
    private static final int ROWS = 4;
    private static final int STEPS = 30;
    private static final RowMerge ORDER = RowMerge.of(RuledNode.TYPES);
    private static final int[] COLUMNS = {0, 1, 2};

    private final Random random;
    private final ColumnRules rules;
    private final PendingWrites[] client = new PendingWrites[ROWS];
    private final RowContent[] hub = new RowContent[ROWS];
    private final RowContent[] elsewhere = new RowContent[ROWS];
    private final List<Sent> accepted = new ArrayList<>();
    private final List<Sent> pending = new ArrayList<>();
    private long clock;
    private int steps;
    private int rejected;

    /** A transaction: one change, or a row that moves from one key to another. */
    private record Sent(Stamp stamp, List<RowChange> changes) {
        private static int row(RowChange change) {
            return change.key()[0];
        }
    }

    PendingHistory(long seed) {
        random = new Random(seed);
        Stamp epoch = new Stamp(++clock, new OriginId(0, 9));
        ColumnDefinition column = new ColumnDefinition("N", "INTEGER", true, "", ColumnDefinition.Source.WRITTEN);
        TableDefinition table = new TableDefinition(
                1, "", "T", List.of(column, column, column), List.of(), List.of(), List.of(), List.of(), List.of());
        rules = ColumnRules.of(table.withRules(
                List.of(
                        new MergeRule(List.of(1), MergeRule.Kind.COUNTER),
                        new MergeRule(List.of(2), MergeRule.Kind.MAX)),
                epoch));
        Arrays.fill(client, PendingWrites.of(ORDER, RowContent.ABSENT));
        Arrays.fill(hub, RowContent.ABSENT);
        Arrays.fill(elsewhere, RowContent.ABSENT);
    }

    /** One thing happens; false when everything is decided. */
    boolean step() {
        boolean ends = steps++ >= STEPS;
        if (ends && pending.isEmpty()) {
            return false;
        }
        int what = ends ? 2 : random.nextInt(3);
        if (what == 0) {
            writeHere();
        } else if (what == 1) {
            writeElsewhere();
        } else if (!pending.isEmpty()) {
            decide();
        }
        return true;
    }

    private void writeHere() {
        Stamp stamp = new Stamp(++clock, new OriginId(0, 1));
        int row = random.nextInt(ROWS);
        RowContent content = client[row].visible();
        List<RowChange> changes = new ArrayList<>();
        int other = (row + 1) % ROWS;
        boolean moves = content.state().alive() && random.nextInt(4) == 0;
        if (moves && !client[other].visible().state().alive()) {
            changes.add(delete(stamp, content, row));
            changes.add(author(stamp)
                    .insert(client[other].visible().state(), 1, key(other), COLUMNS, table(content))
                    .change());
        } else {
            changes.add(change(stamp, content, row));
        }
        for (RowChange change : changes) {
            int changed = Sent.row(change);
            client[changed] = client[changed].written(change, rules, stamp);
        }
        pending.add(new Sent(stamp, changes));
    }

    private void writeElsewhere() {
        Stamp stamp = new Stamp(++clock - random.nextInt(2), new OriginId(0, 2 + random.nextInt(2)));
        int row = random.nextInt(ROWS);
        if (elsewhere[row].state().version(0).stamp().compareTo(stamp) >= 0 || random.nextBoolean()) {
            elsewhere[row] = hub[row];
        }
        stamp = new Stamp(++clock, stamp.origin());
        RowChange change = change(stamp, elsewhere[row], row);
        take(new Sent(stamp, List.of(change)));
        client[row] = client[row].merged(change, rules, stamp);
    }

    private void take(Sent sent) {
        accepted.add(sent);
        for (RowChange change : sent.changes()) {
            int row = Sent.row(change);
            hub[row] = hub[row].merge(ORDER, change, rules, sent.stamp());
        }
    }

    /** The hub decides in the order of the log. */
    private void decide() {
        Sent sent = pending.remove(0);
        boolean orphan = sent.changes().stream()
                .anyMatch(change -> change.kind() == RowChange.Kind.UPDATE
                        && hub[Sent.row(change)].state().life().cause() == 0);
        boolean child = sent.changes().stream()
                .anyMatch(change -> Sent.row(change) == 1
                        && change.life().alive()
                        && !hub[0].state().alive());
        boolean accept = !orphan && !child && random.nextInt(5) < 3;
        if (accept) {
            take(sent);
        } else {
            rejected++;
        }
        for (RowChange change : sent.changes()) {
            int row = Sent.row(change);
            client[row] = accept ? client[row].accepted(sent.stamp()) : client[row].rejected(sent.stamp());
        }
    }

    private RowAuthor author(Stamp stamp) {
        return new RowAuthor(Role.CLIENT, stamp, rules, RuledNode.TYPES);
    }

    private RowChange change(Stamp stamp, RowContent content, int row) {
        if (!content.state().alive()) {
            byte[][] values = {
                Numbers.of(random.nextInt(20)), Numbers.of(random.nextInt(20)), Numbers.of(random.nextInt(20))
            };
            return author(stamp)
                    .insert(content.state(), 1, key(row), COLUMNS, values)
                    .change();
        }
        if (random.nextInt(4) == 0) {
            return delete(stamp, content, row);
        }
        byte[][] values = table(content);
        values[0] = Numbers.of(random.nextInt(20));
        values[1] = Numbers.of(number(values[1]) + random.nextInt(9) - 4);
        values[2] = Numbers.of(number(values[2]) + random.nextInt(3));
        Authored authored = author(stamp).update(content.state(), 1, key(row), COLUMNS, values, content.values());
        return authored.change();
    }

    private static byte[][] table(RowContent content) {
        byte[][] values = content.values().toArray(COLUMNS.length);
        return Arrays.stream(values)
                .map(value -> value.length == 0 ? Numbers.nothing() : value)
                .toArray(byte[][]::new);
    }

    private static long number(byte[] value) {
        return Math.max(-50, Math.min(50, RuledNode.TYPES.number(value).longValueExact()));
    }

    private RowChange delete(Stamp stamp, RowContent content, int row) {
        return author(stamp)
                .delete(content.state(), 1, key(row), content.values())
                .change();
    }

    private static byte[] key(int row) {
        return new byte[] {(byte) row};
    }

    int rejected() {
        return rejected;
    }

    /** The rows as the client shows them. */
    List<String> shown() {
        return Arrays.stream(client).map(row -> text(row.visible())).toList();
    }

    /** The rows as the hub has them. */
    List<String> hub() {
        return Arrays.stream(hub).map(PendingHistory::text).toList();
    }

    /** The join of everything that was accepted and of what is pending, from nothing. */
    List<String> expected() {
        RowContent[] rows = new RowContent[ROWS];
        Arrays.fill(rows, RowContent.ABSENT);
        List<Sent> all = new ArrayList<>(accepted);
        all.addAll(pending);
        for (Sent sent : all) {
            for (RowChange change : sent.changes()) {
                int row = Sent.row(change);
                rows[row] = rows[row].merge(ORDER, change, rules, sent.stamp());
            }
        }
        return Arrays.stream(rows).map(PendingHistory::text).toList();
    }

    private static String text(RowContent row) {
        Object counters = row.state().counters().columns().stream()
                .map(column -> row.state().counters().getOrEmpty(column).shards())
                .toList();
        return row.state() + " " + counters + " "
                + Arrays.deepToString(row.values().toArray(0))
                + Arrays.deepToString(row.state().image().toArray(0));
    }
}

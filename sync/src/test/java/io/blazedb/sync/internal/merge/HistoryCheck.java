package io.blazedb.sync.internal.merge;

import io.blazedb.sync.Life;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.internal.merge.Write.Transaction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What must be true of a history after everything has reached everyone. */
enum HistoryCheck {
    /** Theorem 2: all nodes have the same rows. */
    CONVERGENCE {
        @Override
        Optional<String> violation(History history) {
            for (int key = 0; key < ModelNode.KEYS; key++) {
                ModelRow first = history.nodes().get(0).row(key);
                for (ModelNode node : history.nodes()) {
                    if (!node.row(key).sameAs(first)) {
                        return Optional.of(key + ": " + node.row(key) + " and " + first);
                    }
                }
            }
            return Optional.empty();
        }
    },

    /** Theorem 1: two writes of one column have different versions. */
    UNIQUENESS {
        @Override
        Optional<String> violation(List<Write> writes) {
            return pairs(writes, (one, other) -> one.version().compareTo(other.version()) == 0);
        }
    },

    /** Theorem 3: a write wins against those that its author had seen. */
    CAUSALITY {
        @Override
        Optional<String> violation(List<Write> writes) {
            return pairs(
                    writes, (one, other) -> one.hadSeen(other) && one.version().compareTo(other.version()) <= 0);
        }
    },

    /** Theorem 3 for the life register: inserts and deletes win against what their authors had seen. */
    CAUSALITY_OF_LIFE {
        @Override
        Optional<String> violation(History history) {
            for (Transaction later : history.transactions()) {
                for (RowChange change : later.changeSet().changes()) {
                    for (Transaction earlier : history.transactions()) {
                        Optional<Life> lost = earlier.changeSet().changes().stream()
                                .filter(other -> later.hadSeen(earlier) && Arrays.equals(other.key(), change.key()))
                                .map(RowChange::life)
                                .filter(life -> !wins(change, life))
                                .findFirst();
                        if (lost.isPresent()) {
                            return Optional.of(change + " after " + lost.get());
                        }
                    }
                }
            }
            return Optional.empty();
        }

        private boolean wins(RowChange change, Life before) {
            int comparison = change.life().compareTo(before);
            return change.kind() == RowChange.Kind.UPDATE ? comparison >= 0 : comparison > 0;
        }
    },

    /** Theorem 4: a client's write gives way to a server's that it had not seen, unless it had seen a newer one. */
    SERVER_PRIORITY {
        @Override
        Optional<String> violation(List<Write> writes) {
            return pairs(writes, (client, server) -> {
                boolean beaten = !client.byServer()
                        && server.byServer()
                        && client.isConcurrentWith(server)
                        && client.version().compareTo(server.version()) > 0;
                return beaten
                        && writes.stream()
                                .noneMatch(newer -> newer.byServer()
                                        && client.hadSeen(newer)
                                        && newer.version().compareTo(server.version()) > 0);
            });
        }
    },

    /** Every node has, for each value that nobody replaced knowingly, the value itself or a conflict that shows it. */
    NOTHING_LOST {
        @Override
        Optional<String> violation(History history) {
            for (int key = 0; key < ModelNode.KEYS; key++) {
                for (int column = 0; column < ModelNode.COLUMNS; column++) {
                    List<Write> writes = history.writes(key, column);
                    for (Write write : writes) {
                        boolean replaced = writes.stream().anyMatch(other -> other.hadSeen(write));
                        Optional<String> lost = replaced ? Optional.empty() : lostAt(history, key, column, write);
                        if (lost.isPresent()) {
                            return lost;
                        }
                    }
                }
            }
            return Optional.empty();
        }

        private Optional<String> lostAt(History history, int key, int column, Write write) {
            return history.nodes().stream()
                    .filter(node -> !Arrays.equals(node.row(key).current().value(column), write.value()))
                    .filter(node -> node.conflicts().stream().noneMatch(conflict -> shows(conflict, column, write)))
                    .map(node -> "column " + column + " of " + write.change())
                    .findFirst();
        }

        private boolean shows(Conflict conflict, int column, Write write) {
            return conflict.column() == column
                    && conflict.loser().equals(write.transaction().changeSet().stamp())
                    && Arrays.equals(conflict.loserValue(), write.value());
        }
    };

    private interface Pair {
        boolean violates(Write one, Write other);
    }

    /** What is wrong with the history; nothing if it is right. */
    Optional<String> violation(History history) {
        for (int key = 0; key < ModelNode.KEYS; key++) {
            for (int column = 0; column < ModelNode.COLUMNS; column++) {
                Optional<String> violation = violation(history.writes(key, column));
                if (violation.isPresent()) {
                    return violation;
                }
            }
        }
        return Optional.empty();
    }

    Optional<String> violation(List<Write> writesOfOneColumn) {
        throw new UnsupportedOperationException(this + " looks at whole histories");
    }

    private static Optional<String> pairs(List<Write> writes, Pair pair) {
        for (Write one : writes) {
            for (Write other : writes) {
                if (!one.isOfSameTransaction(other) && pair.violates(one, other)) {
                    return Optional.of(one.version() + " and " + other.version());
                }
            }
        }
        return Optional.empty();
    }
}

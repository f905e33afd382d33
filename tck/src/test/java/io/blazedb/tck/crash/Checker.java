package io.blazedb.tck.crash;

import io.blazedb.tck.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Opens a crashed database and says which promises it broke. Safe for use by several threads. */
final class Checker {
    /** How far above and below the allowed states the state found is looked for, only to name the fault. */
    private static final int SEARCH_MAX = 100_000;

    private final Workload workload;

    Checker(Workload workload) {
        this.workload = workload;
    }

    /** Opens the database, looks and closes it again. The bounds are those of the workload's writers, in order. */
    List<Violation> check(String url, List<Progress.Bounds> bounds) {
        List<Violation> violations = new ArrayList<>();
        try (Connection connection = Target.connect(url)) {
            connection.setAutoCommit(false);
            for (int i = 0; i < bounds.size(); i++) {
                check(connection, workload.works().get(i), bounds.get(i), violations);
            }
        } catch (SQLException e) {
            violations.add(new Violation(Violation.Kind.UNREADABLE, e.getSQLState() + " " + e));
        }
        return violations;
    }

    private static void check(Connection connection, Work work, Progress.Bounds bounds, List<Violation> violations) {
        try {
            String state = work.state(connection);
            if (find(work, state, bounds.acknowledged(), bounds.attempted()).isEmpty()) {
                violations.add(fault(work, state, bounds));
            }
            for (String complaint : work.complaints(connection, bounds)) {
                violations.add(new Violation(Violation.Kind.BROKEN, work + ": " + complaint));
            }
            connection.rollback();
        } catch (SQLException e) {
            violations.add(new Violation(Violation.Kind.UNREADABLE, work + ": " + e.getSQLState() + " " + e));
        }
    }

    private static Violation fault(Work work, String state, Progress.Bounds bounds) {
        long acknowledged = bounds.acknowledged();
        long attempted = bounds.attempted();
        String found = "%s: found %s; acknowledged %d, attempted %d, expected %s"
                .formatted(work, state, acknowledged, attempted, work.stateAfter(acknowledged));
        if (find(work, state, Math.max(0, acknowledged - SEARCH_MAX), acknowledged)
                .isPresent()) {
            return new Violation(Violation.Kind.LOST, found);
        }
        if (find(work, state, attempted, attempted + 1000).isPresent()) {
            return new Violation(Violation.Kind.INVENTED, found);
        }
        return new Violation(Violation.Kind.TORN, found);
    }

    /** The transaction, between those two, after which the database looks like that. */
    static OptionalLong find(Work work, String state, long low, long high) {
        for (long number = high; number >= low; number--) {
            if (work.stateAfter(number).equals(state)) {
                return OptionalLong.of(number);
            }
        }
        return OptionalLong.empty();
    }
}

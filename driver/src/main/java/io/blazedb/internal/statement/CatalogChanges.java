package io.blazedb.internal.statement;

import io.blazedb.internal.catalog.Catalog;
import io.blazedb.internal.catalog.Topology;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What one statement has written to the catalogues of several databases, and how to take it back. There is no
 * transaction over several databases: each write is one, and a failure writes back what was there before.
 */
final class CatalogChanges {
    private record Written(Member member, String name, Optional<Topology> before) {}

    private final Deque<Written> written = new ArrayDeque<>();
    private final List<Member> told = new ArrayList<>();

    void store(Member member, Topology topology) throws SQLException {
        Catalog catalog = member.catalog();
        Optional<Topology> before = catalog.topology(topology.name());
        catalog.store(topology);
        written.push(new Written(member, topology.name(), before));
    }

    void remove(Member member, String name) throws SQLException {
        Catalog catalog = member.catalog();
        Optional<Topology> before = catalog.topology(name);
        if (before.isPresent()) {
            catalog.remove(name);
            written.push(new Written(member, name, before));
        }
    }

    /** Makes the links of every database follow its catalogue. */
    void announce() throws SQLException {
        for (Member member : written.stream().map(Written::member).distinct().toList()) {
            told.add(member);
            member.actions().catalogChanged();
        }
    }

    /** Makes everything as it was; what fails on the way is added to the failure that led here. */
    void undo(Exception failure) {
        while (!written.isEmpty()) {
            Written last = written.pop();
            attempt(failure, () -> {
                if (last.before().isPresent()) {
                    last.member().catalog().store(last.before().get());
                } else {
                    last.member().catalog().remove(last.name());
                }
            });
        }
        told.forEach(member -> attempt(failure, () -> member.actions().catalogChanged()));
    }

    private interface Step {
        void run() throws SQLException;
    }

    private static void attempt(Exception failure, Step step) {
        try {
            step.run();
        } catch (SQLException | RuntimeException e) {
            if (!e.equals(failure)) {
                failure.addSuppressed(e);
            }
        }
    }
}

package io.blazedb.sync.internal.session;

import io.blazedb.sync.Dependency;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.VersionVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells which operations every member has applied, so that nothing that has not seen them can come any more: only then
 * may be forgotten what they replaced or deleted.
 *
 * <p>That a member has applied a delete is not enough. It may have written to the row before, and that write may still
 * be on its way. So a report counts here once this node has everything that its author had written when it made it.
 * Reports are handed on by members, so a chain works. Immutable.
 */
public final class Stability {
    public static final Stability UNKNOWN = new Stability(Map.of(), Map.of());

    private final Map<NodeId, MemberReport> latest;
    private final Map<NodeId, MemberReport> counting;

    private Stability(Map<NodeId, MemberReport> latest, Map<NodeId, MemberReport> counting) {
        this.latest = Map.copyOf(latest);
        this.counting = Map.copyOf(counting);
    }

    /** The latest reports, for other members. */
    public Map<NodeId, MemberReport> reports() {
        return latest;
    }

    /**
     * With what another member, or this one, says; an older report of the same author is forgotten.
     *
     * @param mine what this node has applied, its own included
     */
    public Stability with(Map<NodeId, MemberReport> reports, VersionVector mine) {
        Map<NodeId, MemberReport> newer = new HashMap<>(latest);
        reports.forEach((author, report) ->
                newer.merge(author, report, (known, given) -> given.at() > known.at() ? given : known));
        Map<NodeId, MemberReport> counted = new HashMap<>(counting);
        newer.forEach((author, report) -> {
            if (mine.covers(report.own())) {
                counted.put(author, report);
            }
        });
        return new Stability(newer, counted);
    }

    /**
     * Every operation that all members have applied, with nothing of theirs still to come that had not seen it. Empty
     * while a member has not been heard of.
     */
    public VersionVector stable(Set<NodeId> members) {
        VersionVector stable = null;
        for (NodeId member : members) {
            MemberReport report = counting.get(member);
            if (report == null) {
                return VersionVector.EMPTY;
            }
            stable = stable == null ? report.applied() : smaller(stable, report.applied());
        }
        return stable == null ? VersionVector.EMPTY : stable;
    }

    private static VersionVector smaller(VersionVector one, VersionVector other) {
        List<Dependency> entries = new ArrayList<>();
        for (Dependency entry : one.entries()) {
            long seq = Math.min(entry.seq(), other.seq(entry.origin()));
            if (seq > 0) {
                entries.add(new Dependency(entry.origin(), seq));
            }
        }
        return VersionVector.of(entries);
    }

    /**
     * The members that have said nothing for longer than a time. One that was never heard of is not among them: nobody
     * knows since when.
     */
    public Set<NodeId> silent(Set<NodeId> members, long nowMillis, long silenceMillisMax) {
        Set<NodeId> silent = new HashSet<>();
        for (NodeId member : members) {
            MemberReport report = latest.get(member);
            if (report != null && nowMillis - report.at() > silenceMillisMax) {
                silent.add(member);
            }
        }
        return silent;
    }
}

package io.blazedb.internal.statement;

import io.blazedb.SqlState;
import io.blazedb.internal.catalog.ConnectionEntry;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.internal.catalog.TopologyTurn;
import io.blazedb.internal.jdbc.StatementOutcome;
import io.blazedb.internal.node.TableStatus;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The way of every statement that changes a topology: open the databases that take part, join what they know, compute
 * the topology that is wanted, check it, write it everywhere, start the links. All of it or nothing.
 */
final class TopologyChange {
    private static final long WAIT_SECONDS_MAX = 30;

    interface Work {
        /** What was known, and what is wanted. */
        Plan plan(Members members) throws SQLException;
    }

    /**
     * @param before as the databases know it
     * @param after empty: nobody is to know it any more
     */
    record Plan(Topology before, Optional<Topology> after) {
        static Plan of(Topology before, Topology after) {
            return new Plan(before, Optional.of(after));
        }
    }

    private final SessionFacts session;

    TopologyChange(SessionFacts session) {
        this.session = session;
    }

    StatementOutcome run(Work work) throws SQLException {
        acquire();
        try (Members members = new Members(session)) {
            Plan plan = work.plan(members);
            if (plan.after().isPresent()) {
                checkTables(plan.before(), plan.after().get(), members);
            }
            write(plan, members);
            return withWarning(plan, members);
        } finally {
            TopologyTurn.giveBack();
        }
    }

    private static void acquire() throws SQLException {
        try {
            if (!TopologyTurn.tryTake(WAIT_SECONDS_MAX)) {
                throw SqlState.TRY_AGAIN.error("Another statement of this process has been changing a topology for "
                        + WAIT_SECONDS_MAX + " seconds. Nothing was done. Remedy: try again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlState.TRY_AGAIN.error(
                    "Interrupted while another statement was changing a topology. Nothing was done.", e);
        }
    }

    /** Nodes that are offline are no obstacle for what a pattern wants; a connection made by hand needs both. */
    private static void checkTables(Topology before, Topology after, Members members) throws SQLException {
        for (ConnectionEntry connection : added(before, after)) {
            NodeEntry source = node(after, connection.source());
            NodeEntry target = node(after, connection.target());
            if (!connection.derived()) {
                members.require(source);
                members.require(target);
            }
            Optional<Member> from = members.find(source.nodeId());
            Optional<Member> to = members.find(target.nodeId());
            if (from.isPresent() && to.isPresent()) {
                from.get().actions().checkTables(to.get().peer(), connection.mode());
            }
        }
    }

    private static List<ConnectionEntry> added(Topology before, Topology after) {
        return after.connections().stream()
                .filter(connection -> before.connections().stream().noneMatch(connection::flowsLike))
                .toList();
    }

    private static NodeEntry node(Topology topology, String name) {
        return topology.node(name)
                .orElseThrow(() -> new IllegalStateException(
                        "A connection of " + topology.name() + " ends at " + name + ", which is no node of it"));
    }

    private static void write(Plan plan, Members members) throws SQLException {
        CatalogChanges changes = new CatalogChanges();
        try {
            if (plan.after().isPresent()) {
                // First: who knows a connection and not how to sign in could never open it again after a crash.
                remember(plan.before(), plan.after().get(), members);
                store(plan.before(), plan.after().get().next(), members, changes);
            } else {
                for (Member member : members.all()) {
                    changes.remove(member, plan.before().name());
                }
            }
            changes.announce();
        } catch (SQLException | RuntimeException e) {
            changes.undo(e);
            throw e;
        }
    }

    /**
     * Every node gets it, and who runs the statement; who was a node and is none any more forgets it. New ones get it
     * first: when the process dies in between, they tell the others of it.
     */
    private static void store(Topology before, Topology after, Members members, CatalogChanges changes)
            throws SQLException {
        List<Member> newFirst = new ArrayList<>(members.all());
        newFirst.sort(Comparator.comparing(member ->
                member.equals(members.self()) || before.node(member.id()).isPresent()));
        for (Member member : newFirst) {
            boolean isNode = after.node(member.id()).isPresent();
            boolean wasNode = before.node(member.id()).isPresent();
            if (isNode || (member.equals(members.self()) && !wasNode)) {
                changes.store(member, after);
            } else if (wasNode || knows(member, after)) {
                changes.remove(member, after.name());
            }
        }
    }

    /** Not only one of the same name. */
    private static boolean knows(Member member, Topology topology) throws SQLException {
        return member.catalog()
                .topology(topology.name())
                .filter(known -> known.id().equals(topology.id()))
                .isPresent();
    }

    /** Both ends of a new connection may have to open the other one later, and this database every new node. */
    private static void remember(Topology before, Topology after, Members members) throws SQLException {
        for (ConnectionEntry connection : added(before, after)) {
            NodeEntry source = node(after, connection.source());
            NodeEntry target = node(after, connection.target());
            remember(source, target, members);
            remember(target, source, members);
        }
        Member self = members.self();
        for (NodeEntry node : after.nodes()) {
            if (before.node(node.nodeId()).isEmpty() && !node.nodeId().equals(self.id())) {
                self.actions().remember(node.location(), members.credentials(node));
            }
        }
    }

    private static void remember(NodeEntry at, NodeEntry node, Members members) throws SQLException {
        Set<Member> keepers = new LinkedHashSet<>();
        members.find(at.nodeId()).ifPresent(keepers::add);
        if (!node.nodeId().equals(members.self().id())) {
            keepers.add(members.self());
        }
        for (Member keeper : keepers) {
            keeper.actions().remember(node.location(), members.credentials(node));
        }
    }

    private static StatementOutcome withWarning(Plan plan, Members members) throws SQLException {
        List<String> warnings = new ArrayList<>();
        List<String> missed = missed(plan, members);
        if (!missed.isEmpty()) {
            warnings.add("Topology " + plan.before().name() + " was changed, but these nodes could not be told: "
                    + String.join("; ", missed) + ". Each learns of it when it is connected again.");
        }
        Set<String> unsynced = unsynced(plan, members);
        if (!unsynced.isEmpty()) {
            warnings.add("These tables are not synced: " + String.join("; ", unsynced) + ".");
        }
        StatementOutcome outcome = StatementOutcome.ofCount(0);
        return warnings.isEmpty() ? outcome : outcome.with(Warnings.of(String.join(" ", warnings)));
    }

    private static List<String> missed(Plan plan, Members members) {
        List<String> missed = new ArrayList<>();
        Set<NodeEntry> concerned = new LinkedHashSet<>(plan.before().nodes());
        plan.after().ifPresent(after -> concerned.addAll(after.nodes()));
        for (NodeEntry node : concerned) {
            members.failure(node).ifPresent(reason -> missed.add(node.node() + " (" + reason.getMessage() + ")"));
        }
        return missed;
    }

    /** Tables of the databases that are connected now, which may be thought to flow and do not. */
    private static Set<String> unsynced(Plan plan, Members members) throws SQLException {
        Set<String> unsynced = new LinkedHashSet<>();
        if (plan.after().isEmpty()) {
            return unsynced;
        }
        Topology after = plan.after().get();
        for (ConnectionEntry connection : added(plan.before(), after)) {
            for (String name : List.of(connection.source(), connection.target())) {
                Optional<Member> member = members.find(node(after, name).nodeId());
                if (member.isPresent()) {
                    for (TableStatus table : member.get().actions().tables()) {
                        if (table.here() && !table.synced()) {
                            unsynced.add(
                                    table.schema() + "." + table.name() + " of " + name + " (" + table.reason() + ")");
                        }
                    }
                }
            }
        }
        return unsynced;
    }
}

package io.blazedb.internal.statement;

import io.blazedb.SqlState;
import io.blazedb.internal.catalog.Names;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.internal.catalog.TopologyEntry;
import io.blazedb.internal.jdbc.StatementOutcome;
import io.blazedb.internal.node.Credentials;
import io.blazedb.internal.node.NodeIdentity;
import io.blazedb.internal.topology.PatternWiring;
import io.blazedb.sql.Identifier;
import io.blazedb.sql.NodePlace;
import io.blazedb.sql.TopologyPattern;
import io.blazedb.sql.TopologyStatement;
import io.blazedb.sync.Role;
import java.sql.SQLException;
import java.util.Optional;

/** Runs {@code CREATE}, {@code ALTER} and {@code DROP TOPOLOGY}. For one thread. */
final class TopologyStatements {
    private final SessionFacts session;

    TopologyStatements(SessionFacts session) {
        this.session = session;
    }

    StatementOutcome execute(TopologyStatement statement) throws SQLException {
        if (statement instanceof TopologyStatement.Create create) {
            return create(create);
        }
        if (statement instanceof TopologyStatement.AddNode add) {
            return addNode(add);
        }
        if (statement instanceof TopologyStatement.DropNode drop) {
            return new TopologyChange(session).run(members -> dropNode(drop, members));
        }
        if (statement instanceof TopologyStatement.SetPattern set) {
            checkHubFits(set.pattern(), set.hub());
            return new TopologyChange(session).run(members -> setPattern(set, members));
        }
        return drop((TopologyStatement.Drop) statement);
    }

    private StatementOutcome create(TopologyStatement.Create create) throws SQLException {
        checkHubFits(create.pattern(), create.hub());
        String name = create.topology().name();
        if (create.ifNotExists() && session.actions().catalog().topology(name).isPresent()) {
            return StatementOutcome.ofCount(0);
        }
        return new TopologyChange(session).run(members -> {
            if (members.self().catalog().topology(name).isPresent()) {
                throw SqlState.TOPOLOGY.error("Topology " + name + " at "
                        + create.topology().position()
                        + " exists already, expected a new name. Remedy: IF NOT EXISTS, or another name.");
            }
            Topology created = Topology.create(
                    new TopologyEntry(name, create.pattern(), create.hub().map(Identifier::name)));
            return TopologyChange.Plan.of(created, created);
        });
    }

    private static void checkHubFits(TopologyPattern pattern, Optional<Identifier> hub) throws SQLException {
        if (hub.isPresent() && !Topology.needsHub(pattern)) {
            throw SqlState.TOPOLOGY.error("The pattern " + pattern.words() + " has no hub, found HUB " + hub.get()
                    + " at " + hub.get().position() + ", expected HUB with HUB AND SPOKE or STAR only.");
        }
    }

    private StatementOutcome addNode(TopologyStatement.AddNode add) throws SQLException {
        Optional<String> location = Optional.empty();
        Optional<Credentials> credentials = Optional.empty();
        if (add.place() instanceof NodePlace.At at) {
            location = Optional.of(Locations.checked(at.location().asText()));
            if (at.credentials().isPresent()) {
                credentials = Optional.of(signIn(at.credentials().get()));
            }
        }
        Optional<String> opened = location;
        Optional<Credentials> given = credentials;
        return new TopologyChange(session).run(members -> {
            Member member = opened.isPresent() ? members.open(opened.get(), given) : members.self();
            return addNode(add, member, members);
        });
    }

    private static Credentials signIn(io.blazedb.sql.Credentials credentials) throws SQLException {
        if (credentials instanceof io.blazedb.sql.Credentials.Password given) {
            return Credentials.of(
                    given.user().asText(), given.password().value().asText().toCharArray());
        }
        throw SqlState.NOT_SUPPORTED.error("TOKEN signs in at a hub, which is not supported; nothing was done. Remedy:"
                + " USER and PASSWORD for a database of this machine.");
    }

    private TopologyChange.Plan addNode(TopologyStatement.AddNode add, Member member, Members members)
            throws SQLException {
        Topology before = members.gather(named(add.topology(), members));
        checkNew(add.node(), member, before);
        Role role = Role.valueOf(add.role().name());
        checkRole(role, member, members);
        NodeEntry node = new NodeEntry(
                before.name(),
                add.node().name(),
                member.id(),
                role,
                member.identity().location());
        NodeIdentity identity = member.identity();
        Topology after = before.withNode(node, identity.slot(), identity.slots());
        return TopologyChange.Plan.of(before, PatternWiring.rewired(after));
    }

    private static void checkNew(Identifier name, Member member, Topology topology) throws SQLException {
        if (topology.node(name.name()).isPresent()) {
            throw SqlState.NODE.error("Node " + name + " at " + name.position() + " exists already in topology "
                    + topology.name() + ", expected a new name.");
        }
        Optional<NodeEntry> same = topology.node(member.id());
        if (same.isPresent()) {
            throw SqlState.NODE.error("The database " + member.identity().location() + " is node "
                    + same.get().node() + " of topology " + topology.name()
                    + " already, expected one that is no node of it.");
        }
    }

    private static void checkRole(Role role, Member member, Members members) throws SQLException {
        Optional<NodeEntry> known = members.known(member.id());
        if (known.isPresent() && known.get().role() != role) {
            throw SqlState.NODE.error("The database " + member.identity().location() + " has the role "
                    + known.get().role() + " in topology " + known.get().topology() + " and keeps it for life, found "
                    + role + ". Remedy: ROLE " + known.get().role() + ".");
        }
    }

    private static TopologyChange.Plan dropNode(TopologyStatement.DropNode drop, Members members) throws SQLException {
        Topology before = members.gather(named(drop.topology(), members));
        NodeEntry node = KnownTopologies.node(before, drop.node());
        boolean isHub =
                before.entry().hub().filter(hub -> Names.same(hub, node.node())).isPresent();
        if (isHub && before.nodes().size() > 1) {
            throw SqlState.NODE.error("Node " + node.node() + " is the hub of topology " + before.name()
                    + ", expected another node while there are others. Remedy: ALTER TOPOLOGY " + before.name()
                    + " SET PATTERN " + before.entry().pattern().words() + " HUB with another node first.");
        }
        return TopologyChange.Plan.of(before, PatternWiring.rewired(before.withoutNode(node.node())));
    }

    private static TopologyChange.Plan setPattern(TopologyStatement.SetPattern set, Members members)
            throws SQLException {
        Topology before = members.gather(named(set.topology(), members));
        Optional<String> hub = hub(set, before);
        return TopologyChange.Plan.of(before, PatternWiring.rewired(before.withPattern(set.pattern(), hub)));
    }

    /** The one that the statement names; else the one that the topology has; else the only node. */
    private static Optional<String> hub(TopologyStatement.SetPattern set, Topology topology) throws SQLException {
        if (!Topology.needsHub(set.pattern())) {
            return Optional.empty();
        }
        if (set.hub().isPresent()) {
            return topology.nodes().isEmpty()
                    ? set.hub().map(Identifier::name)
                    : Optional.of(
                            KnownTopologies.node(topology, set.hub().get()).node());
        }
        if (topology.entry().hub().isPresent() || topology.nodes().isEmpty()) {
            return topology.entry().hub();
        }
        if (topology.nodes().size() == 1) {
            return Optional.of(topology.nodes().get(0).node());
        }
        throw SqlState.TOPOLOGY.error("The pattern " + set.pattern().words() + " needs a hub, and topology "
                + topology.name() + " has none. Remedy: HUB with one of its nodes.");
    }

    private StatementOutcome drop(TopologyStatement.Drop drop) throws SQLException {
        String name = drop.topology().name();
        if (drop.ifExists() && session.actions().catalog().topology(name).isEmpty()) {
            return StatementOutcome.ofCount(0);
        }
        return new TopologyChange(session)
                .run(members ->
                        new TopologyChange.Plan(members.gather(named(drop.topology(), members)), Optional.empty()));
    }

    private static Topology named(Identifier name, Members members) throws SQLException {
        return KnownTopologies.of(members.self(), Optional.empty()).named(name);
    }
}

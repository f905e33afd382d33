package io.blazedb.sql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Makes statements of every kind, with names, strings and options that nobody would choose. */
final class RandomStatements {
    private static final Position ANYWHERE = new Position(1, 1);
    private static final List<String> NAMES = List.of(
            "BUGS", "COUNT", "table", "TO", "a\"b", "ж", "名", "x.y", "WITH", " ", "SYNC", "Policy", "\n", "'", "?",
            "😀");
    private static final List<String> STRINGS = List.of(
            "", "'", "''", "jdbc:blaze:./x", "wss://host:1/db", "a;b", "--", "/*", "ж名😀", "\n", "?", "\"", "$$");
    private static final List<String> PREDICATES = List.of(
            "\"COUNT\" > 5",
            "\"A\" = 'it''s' OR NOT \"B\" = 3 AND \"C\" IS NULL",
            "\"T\".\"start\" IN (1, 2, 3)",
            "\"T\" IN (SELECT \"M\".\"T\" FROM \"MEMBERS\" AS \"M\" WHERE \"M\".\"U\" = CURRENT_USER)",
            "\"A\" LIKE 'x%' ESCAPE '!'",
            "\"D\" >= DATE '2020-01-01'",
            "CASE WHEN \"A\" = 1 THEN \"B\" ELSE \"C\" END",
            "LOWER(\"A\") = 'ж' AND \"B\" + 1 < 2 * 3",
            "\"TEAM\" = CURRENT_TEAMS");

    private final Random random;
    private final List<Supplier<Statement>> kinds = List.of(
            this::createTopology,
            this::addNode,
            this::dropNode,
            this::setPattern,
            this::dropTopology,
            this::connect,
            this::connectToInvitation,
            this::connectToShare,
            this::disconnect,
            this::revokeNode,
            this::createSyncPolicy,
            this::dropSyncPolicy,
            this::createMergeRule,
            this::dropMergeRule,
            this::createShare,
            this::dropShare,
            this::createTeam,
            this::alterTeam,
            this::dropTeam,
            this::setRowSecurity,
            this::createPolicy,
            this::dropPolicy,
            this::createInvitation,
            this::rotateSyncKey,
            this::sync,
            this::pause,
            this::resume,
            this::check,
            this::repair,
            this::show,
            this::showTopology,
            this::explainPolicy,
            this::explainConnect,
            this::explainRow,
            this::resolveConflict);

    RandomStatements(long seed) {
        random = new Random(seed);
    }

    Statement next() {
        return pick(kinds).get();
    }

    /** One of every kind. */
    List<Statement> all() {
        return kinds.stream().map(Supplier::get).toList();
    }

    private Statement createTopology() {
        return new TopologyStatement.Create(flip(), name(), pick(TopologyPattern.values()), maybe(this::name));
    }

    private Statement addNode() {
        NodePlace place = flip() ? new NodePlace.CurrentDatabase() : new NodePlace.At(text(), maybe(this::credentials));
        return new TopologyStatement.AddNode(name(), name(), place, pick(NodeRole.values()));
    }

    private Credentials credentials() {
        return flip() ? new Credentials.Password(text(), secret()) : new Credentials.Token(secret());
    }

    private Statement dropNode() {
        return new TopologyStatement.DropNode(name(), name());
    }

    private Statement setPattern() {
        return new TopologyStatement.SetPattern(name(), pick(TopologyPattern.values()), maybe(this::name));
    }

    private Statement dropTopology() {
        return new TopologyStatement.Drop(flip(), name());
    }

    private ConnectionStatement connect() {
        return new ConnectionStatement.Connect(
                maybe(this::name), peer(), maybe(this::name), mode(), maybe(this::name), options());
    }

    private ConnectionStatement connectToInvitation() {
        return new ConnectionStatement.ConnectToInvitation(secret());
    }

    private ConnectionStatement connectToShare() {
        return new ConnectionStatement.ConnectToShare(text(), mode());
    }

    private Statement disconnect() {
        return new ConnectionStatement.Disconnect(maybe(this::name), peer(), maybe(this::name));
    }

    private Statement revokeNode() {
        return new ConnectionStatement.RevokeNode(name());
    }

    private Statement createSyncPolicy() {
        PolicyTables tables = flip()
                ? new PolicyTables.All(some(this::table, 0))
                : new PolicyTables.Listed(some(this::policyTable, 1));
        return new PolicyStatement.CreateSyncPolicy(
                flip(),
                flip(),
                name(),
                tables,
                some(this::excludedColumn, 0),
                maybe(() -> new PolicyStatement.PolicyTeams(names(1), maybe(this::name))),
                pick(RowSecurity.values()),
                maybe(() -> pick(EncryptionMode.values())),
                flip());
    }

    private PolicyTables.PolicyTable policyTable() {
        return new PolicyTables.PolicyTable(table(), names(0), maybe(this::predicate));
    }

    private PolicyStatement.ExcludedColumn excludedColumn() {
        return new PolicyStatement.ExcludedColumn(maybe(this::table), name());
    }

    private Statement dropSyncPolicy() {
        return new PolicyStatement.DropSyncPolicy(flip(), name());
    }

    private Statement createMergeRule() {
        return new PolicyStatement.CreateMergeRule(flip(), table(), names(0), pick(MergeRule.values()));
    }

    private Statement dropMergeRule() {
        return new PolicyStatement.DropMergeRule(table(), names(0));
    }

    private Statement createShare() {
        return new PolicyStatement.CreateShare(name(), text(), name());
    }

    private Statement dropShare() {
        return new PolicyStatement.DropShare(name());
    }

    private Statement createTeam() {
        return new AccessStatement.CreateTeam(flip(), name(), maybe(this::text));
    }

    private Statement alterTeam() {
        return new AccessStatement.AlterTeam(name(), pick(MemberChange.values()), name());
    }

    private Statement dropTeam() {
        return new AccessStatement.DropTeam(name());
    }

    private Statement setRowSecurity() {
        return new AccessStatement.SetRowSecurity(table(), flip());
    }

    private Statement createPolicy() {
        return new AccessStatement.CreatePolicy(
                name(),
                table(),
                pick(PolicyCommand.values()),
                names(0),
                maybe(this::predicate),
                maybe(this::predicate));
    }

    private Statement dropPolicy() {
        return new AccessStatement.DropPolicy(flip(), name(), table());
    }

    private Statement createInvitation() {
        return new AccessStatement.CreateInvitation(
                maybe(this::text),
                maybe(this::name),
                maybe(this::name),
                maybe(() -> pick(NodeRole.values())),
                maybe(this::name),
                maybe(() -> new AccessStatement.Expiry(whole(), pick(ExpiryUnit.values()))));
    }

    private Statement rotateSyncKey() {
        return new AccessStatement.RotateSyncKey(maybe(this::name));
    }

    private Statement sync() {
        return new SyncStatement.Sync(maybe(this::name), maybe(this::whole));
    }

    private Statement pause() {
        return new SyncStatement.Pause(maybe(this::name));
    }

    private Statement resume() {
        return new SyncStatement.Resume(maybe(this::name));
    }

    private Statement check() {
        return new SyncStatement.Check(some(this::table, 0), maybe(this::name));
    }

    private Statement repair() {
        return new SyncStatement.Repair(some(this::table, 0), name());
    }

    private Statement show() {
        return new SyncStatement.Show(pick(SyncView.values()));
    }

    private Statement showTopology() {
        return new SyncStatement.ShowTopology(maybe(this::name), pick(TopologyFormat.values()));
    }

    private Statement explainPolicy() {
        return new SyncStatement.ExplainPolicy(name());
    }

    private Statement explainConnect() {
        List<Supplier<ConnectionStatement>> connections =
                List.of(this::connect, this::connectToInvitation, this::connectToShare);
        return new SyncStatement.ExplainConnect(pick(connections).get());
    }

    private Statement explainRow() {
        return new SyncStatement.ExplainRow(table(), some(() -> flip() ? text() : number(), 1));
    }

    private Statement resolveConflict() {
        return new SyncStatement.ResolveConflict(flip() ? text() : number(), pick(Winner.values()));
    }

    private ConnectOptions options() {
        Map<ConnectOption, Value> values = new LinkedHashMap<>();
        while (flip()) {
            ConnectOption option = pick(ConnectOption.values());
            values.put(
                    option,
                    switch (option) {
                        case PIN -> new Value.Text("sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
                        case COMPRESSION -> new Value.Text(pick(option.choices()));
                        case INTERVAL, MAX_BACKLOG -> whole();
                        default -> text();
                    });
        }
        return new ConnectOptions(values);
    }

    private Peer peer() {
        return flip() ? new Peer.Node(name()) : new Peer.Location(text());
    }

    private ConnectionMode mode() {
        return pick(ConnectionMode.values());
    }

    private Predicate predicate() {
        return new Predicate(pick(PREDICATES), ANYWHERE, List.of());
    }

    private TableName table() {
        return new TableName(maybe(this::name), name());
    }

    private Identifier name() {
        return new Identifier(pick(NAMES), ANYWHERE);
    }

    private List<Identifier> names(int atLeast) {
        return some(this::name, atLeast);
    }

    private Secret secret() {
        return new Secret(text());
    }

    private Value text() {
        return new Value.Text(pick(STRINGS));
    }

    private Value whole() {
        return new Value.Numeric(BigDecimal.valueOf(1 + random.nextInt(1000)));
    }

    private Value number() {
        return new Value.Numeric(BigDecimal.valueOf(random.nextInt(2000) - 1000, random.nextInt(3)));
    }

    private boolean flip() {
        return random.nextBoolean();
    }

    private <T> Optional<T> maybe(Supplier<T> part) {
        return flip() ? Optional.of(part.get()) : Optional.empty();
    }

    private <T> List<T> some(Supplier<T> part, int atLeast) {
        List<T> parts = new ArrayList<>();
        while (parts.size() < atLeast || (parts.size() < 4 && flip())) {
            parts.add(part.get());
        }
        return parts;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private <T> T pick(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}

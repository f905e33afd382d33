package io.blazedb.sql;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The statements about who may see and change what: teams, row policies, invitations, keys. */
public sealed interface AccessStatement extends Statement {

    /** How long an invitation is good for. */
    record Expiry(Value amount, ExpiryUnit unit) {}

    @Override
    default Statement withValues(UnaryOperator<Value> replacement) {
        return this;
    }

    /** {@code CREATE TEAM}; the id is a UUID, made up if there is none. */
    record CreateTeam(boolean ifNotExists, Identifier team, Optional<Value> id) implements AccessStatement {
        @Override
        public String name() {
            return "CREATE TEAM";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).wordsIf(ifNotExists, "IF NOT EXISTS").name(team).value("ID UUID", id);
        }

        @Override
        public CreateTeam withValues(UnaryOperator<Value> replacement) {
            return new CreateTeam(ifNotExists, team, id.map(replacement));
        }
    }

    /** {@code ALTER TEAM}. */
    record AlterTeam(Identifier team, MemberChange change, Identifier user) implements AccessStatement {
        @Override
        public String name() {
            return "ALTER TEAM";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).name(team).words(change.words()).words("MEMBER").name(user);
        }
    }

    /** {@code DROP TEAM}. */
    record DropTeam(Identifier team) implements AccessStatement {
        @Override
        public String name() {
            return "DROP TEAM";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).name(team);
        }
    }

    /** {@code ALTER TABLE ... ROW LEVEL SECURITY}. */
    record SetRowSecurity(TableName table, boolean enabled) implements AccessStatement {
        @Override
        public String name() {
            return "ALTER TABLE ROW LEVEL SECURITY";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words("ALTER TABLE")
                    .table(table)
                    .words(enabled ? "ENABLE" : "DISABLE")
                    .words("ROW LEVEL SECURITY");
        }
    }

    /** {@code CREATE POLICY}: a policy on rows; no role is PUBLIC. */
    record CreatePolicy(
            Identifier policy,
            TableName table,
            PolicyCommand command,
            List<Identifier> roles,
            Optional<Predicate> using,
            Optional<Predicate> withCheck)
            implements AccessStatement {
        public CreatePolicy {
            roles = List.copyOf(roles);
        }

        @Override
        public String name() {
            return "CREATE POLICY";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name())
                    .name(policy)
                    .words("ON")
                    .table(table)
                    .keyword("FOR", command)
                    .words("TO");
            sql.words(
                    roles.isEmpty()
                            ? "PUBLIC"
                            : String.join(
                                    ", ", roles.stream().map(SqlWriter::quoted).toList()));
            using.ifPresent(predicate -> sql.words("USING").list(List.of(predicate.sql())));
            withCheck.ifPresent(predicate -> sql.words("WITH CHECK").list(List.of(predicate.sql())));
        }

        @Override
        public CreatePolicy withValues(UnaryOperator<Value> replacement) {
            return new CreatePolicy(
                    policy,
                    table,
                    command,
                    roles,
                    using.map(predicate -> predicate.withValues(replacement)),
                    withCheck.map(predicate -> predicate.withValues(replacement)));
        }
    }

    /** {@code DROP POLICY}. */
    record DropPolicy(boolean ifExists, Identifier policy, TableName table) implements AccessStatement {
        @Override
        public String name() {
            return "DROP POLICY";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name())
                    .wordsIf(ifExists, "IF EXISTS")
                    .name(policy)
                    .words("ON")
                    .table(table);
        }
    }

    /** {@code CREATE INVITATION}: one row with one column, the invitation. */
    record CreateInvitation(
            Optional<Value> location,
            Optional<Identifier> team,
            Optional<Identifier> user,
            Optional<NodeRole> role,
            Optional<Identifier> policy,
            Optional<Expiry> expiry)
            implements AccessStatement {
        @Override
        public String name() {
            return "CREATE INVITATION";
        }

        @Override
        public boolean isQuery() {
            return true;
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).value("TO", location).name("FOR TEAM", team).name("AS USER", user);
            role.ifPresent(present -> sql.keyword("ROLE", present));
            sql.name("POLICY", policy);
            expiry.ifPresent(present -> sql.words("EXPIRES IN")
                    .value(present.amount())
                    .words(present.unit().words()));
        }

        @Override
        public CreateInvitation withValues(UnaryOperator<Value> replacement) {
            return new CreateInvitation(
                    location.map(replacement),
                    team,
                    user,
                    role,
                    policy,
                    expiry.map(present -> new Expiry(replacement.apply(present.amount()), present.unit())));
        }
    }

    /** {@code ROTATE SYNC KEY}; no team is all. */
    record RotateSyncKey(Optional<Identifier> team) implements AccessStatement {
        @Override
        public String name() {
            return "ROTATE SYNC KEY";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).name("FOR TEAM", team);
        }
    }
}

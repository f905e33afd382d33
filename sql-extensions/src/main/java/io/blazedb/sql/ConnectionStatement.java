package io.blazedb.sql;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** The statements that make and end connections. */
public sealed interface ConnectionStatement extends Statement {

    @Override
    ConnectionStatement withValues(UnaryOperator<Value> replacement);

    /**
     * {@code CONNECT ... TO}.
     *
     * @param source the node that connects; empty: this database
     * @param topology empty: the one that both nodes are in, or MAIN
     */
    record Connect(
            Optional<Identifier> source,
            Peer target,
            Optional<Identifier> topology,
            ConnectionMode mode,
            Optional<Identifier> policy,
            ConnectOptions options)
            implements ConnectionStatement {
        @Override
        public String name() {
            return "CONNECT";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words("CONNECT");
            source.ifPresent(sql::name);
            sql.words("TO");
            target.write(sql);
            sql.name("IN TOPOLOGY", topology).keyword("MODE", mode).name("POLICY", policy);
            sql.options(options.values());
        }

        @Override
        public Connect withValues(UnaryOperator<Value> replacement) {
            return new Connect(
                    source, target.withValues(replacement), topology, mode, policy, options.withValues(replacement));
        }
    }

    /** {@code CONNECT TO INVITATION}. */
    record ConnectToInvitation(Secret invitation) implements ConnectionStatement {
        @Override
        public String name() {
            return "CONNECT TO INVITATION";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).secret(invitation);
        }

        @Override
        public ConnectToInvitation withValues(UnaryOperator<Value> replacement) {
            return new ConnectToInvitation(invitation.withValues(replacement));
        }
    }

    /**
     * {@code CONNECT TO SHARE}.
     *
     * @param share {@code group/share}
     */
    record ConnectToShare(Value share, ConnectionMode mode) implements ConnectionStatement {
        @Override
        public String name() {
            return "CONNECT TO SHARE";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).value(share).keyword("MODE", mode);
        }

        @Override
        public ConnectToShare withValues(UnaryOperator<Value> replacement) {
            return new ConnectToShare(replacement.apply(share), mode);
        }
    }

    /** {@code DISCONNECT ... FROM}; no source is this database. */
    record Disconnect(Optional<Identifier> source, Peer target, Optional<Identifier> topology)
            implements ConnectionStatement {
        @Override
        public String name() {
            return "DISCONNECT";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name());
            source.ifPresent(sql::name);
            sql.words("FROM");
            target.write(sql);
            sql.name("IN TOPOLOGY", topology);
        }

        @Override
        public Disconnect withValues(UnaryOperator<Value> replacement) {
            return new Disconnect(source, target.withValues(replacement), topology);
        }
    }

    /** {@code REVOKE NODE}. */
    record RevokeNode(Identifier node) implements ConnectionStatement {
        @Override
        public String name() {
            return "REVOKE NODE";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).name(node);
        }

        @Override
        public RevokeNode withValues(UnaryOperator<Value> replacement) {
            return this;
        }
    }
}

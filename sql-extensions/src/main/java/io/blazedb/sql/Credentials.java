package io.blazedb.sql;

import java.util.function.UnaryOperator;

/** How to sign in at another database. */
public sealed interface Credentials {

    Credentials withValues(UnaryOperator<Value> replacement);

    void write(SqlWriter sql);

    /** A user of the other database. */
    record Password(Value user, Secret password) implements Credentials {
        @Override
        public Credentials withValues(UnaryOperator<Value> replacement) {
            return new Password(replacement.apply(user), password.withValues(replacement));
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words("USER").value(user).words("PASSWORD").secret(password);
        }
    }

    /** A token of a hub. */
    record Token(Secret token) implements Credentials {
        @Override
        public Credentials withValues(UnaryOperator<Value> replacement) {
            return new Token(token.withValues(replacement));
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words("TOKEN").secret(token);
        }
    }
}

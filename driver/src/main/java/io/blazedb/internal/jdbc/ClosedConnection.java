package io.blazedb.internal.jdbc;

import io.blazedb.SqlState;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a pooled connection points to once it was closed: no call reaches the session, which has a new owner. */
final class ClosedConnection {
    static final Connection INSTANCE = (Connection) Proxy.newProxyInstance(
            ClosedConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> answer(method));

    private ClosedConnection() {}

    private static @Nullable Object answer(Method method) throws SQLException {
        return switch (method.getName()) {
            case "isClosed" -> true;
            case "isValid", "isWrapperFor" -> false;
            case "close", "abort" -> null;
            case "toString" -> "closed connection";
            case "hashCode" -> 0;
            case "equals" -> false;
            case "setClientInfo" -> throw new SQLClientInfoException(Map.of(), closed());
            default -> throw closed();
        };
    }

    private static SQLException closed() {
        return SqlState.CLOSED.error("The connection is closed (expected: an open one); take a new one from its pool");
    }
}

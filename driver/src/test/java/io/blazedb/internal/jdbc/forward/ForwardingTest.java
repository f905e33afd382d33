package io.blazedb.internal.jdbc.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ForwardingTest {
    private static final int COMPILED_FOR = 17;

    static Stream<Arguments> classes() {
        return Stream.of(
                Arguments.of(Connection.class, new ForwardingConnection(recorder(Connection.class)) {}),
                Arguments.of(Statement.class, new ForwardingStatement(recorder(Statement.class)) {}),
                Arguments.of(
                        PreparedStatement.class, new ForwardingPreparedStatement(recorder(PreparedStatement.class)) {}),
                Arguments.of(
                        CallableStatement.class, new ForwardingCallableStatement(recorder(CallableStatement.class)) {}),
                Arguments.of(ResultSet.class, new ForwardingResultSet(recorder(ResultSet.class)) {}),
                Arguments.of(
                        DatabaseMetaData.class, new ForwardingDatabaseMetaData(recorder(DatabaseMetaData.class)) {}));
    }

    private static final List<Method> CALLED = new ArrayList<>();

    private static <T> T recorder(Class<T> iface) {
        return iface.cast(
                Proxy.newProxyInstance(iface.getClassLoader(), new Class<?>[] {iface}, (proxy, method, arguments) -> {
                    CALLED.add(method);
                    return zero(method.getReturnType());
                }));
    }

    @ParameterizedTest
    @MethodSource("classes")
    void everyMethodReachesTheSameMethodOfTheOtherObject(Class<?> iface, Object forwarding) throws Exception {
        int checked = 0;
        for (Method method : iface.getMethods()) {
            if (Modifier.isStatic(method.getModifiers()) || isNewerThanCompiledFor(method, forwarding)) {
                continue;
            }
            CALLED.clear();

            call(method, forwarding);

            assertThat(CALLED).as(method.toString()).hasSize(1);
            assertThat(CALLED.get(0).getName()).isEqualTo(method.getName());
            assertThat(CALLED.get(0).getParameterTypes()).isEqualTo(method.getParameterTypes());
            checked++;
        }
        assertThat(checked).isGreaterThan(50);
    }

    private static void call(Method method, Object forwarding) throws IllegalAccessException {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(ForwardingTest::zero)
                .toArray();
        try {
            method.invoke(forwarding, arguments);
        } catch (InvocationTargetException e) {
            throw new AssertionError(method.toString(), e.getCause());
        }
    }

    /** A default method that a later JDK added has no override, which is right when the tests run on that JDK. */
    private static boolean isNewerThanCompiledFor(Method method, Object forwarding) throws NoSuchMethodException {
        Class<?> declaring = forwarding
                .getClass()
                .getMethod(method.getName(), method.getParameterTypes())
                .getDeclaringClass();
        return declaring.isInterface() && Runtime.version().feature() > COMPILED_FOR;
    }

    private static Object zero(Class<?> type) {
        return Array.get(Array.newInstance(type == void.class ? Object.class : type, 1), 0);
    }
}

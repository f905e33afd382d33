package io.blazedb.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Makes and closes the databases of {@link SyncNetwork}, one network a test. Stateless; JUnit keeps the networks. */
public final class SyncNetworkExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(SyncNetworkExtension.class);

    /** Closed by JUnit when the test has ended, whatever came of it. */
    private record Opened(Path folder, SyncedDatabases databases) implements AutoCloseable {
        @Override
        public void close() throws SQLException, IOException {
            try {
                databases.close();
            } finally {
                delete(folder);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SyncedDatabases.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(Opened.class, type -> open(wanted(context)), Opened.class)
                .databases();
    }

    /** The method's own network, else that of its class. */
    private static SyncNetwork wanted(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), SyncNetwork.class)
                .or(() -> AnnotationSupport.findAnnotation(
                        context.getRequiredTestClass(), SyncNetwork.class, context.getEnclosingTestClasses()))
                .orElseThrow();
    }

    private static Opened open(SyncNetwork wanted) {
        try {
            Path folder = Files.createTempDirectory("blazedb-network");
            try {
                return new Opened(folder, SyncedDatabases.open(folder, wanted));
            } catch (SQLException | RuntimeException e) {
                delete(folder);
                throw e;
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("The databases of " + wanted + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}

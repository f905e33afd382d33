package io.blazedb.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Gives each run of an {@link EveryTarget} test its database, and removes it afterwards. */
final class EveryTargetExtension implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        boolean filesOnly =
                context.getRequiredTestMethod().getAnnotation(EveryTarget.class).filesOnly();
        return (filesOnly ? Target.enabledFiles() : Target.enabled()).stream().map(Run::new);
    }

    /** One run on one kind of database. */
    private record Run(Target target) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return target.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new FreshDatabase(target));
        }
    }

    /** The database of one run. */
    private static final class FreshDatabase implements ParameterResolver, AfterEachCallback {
        private final Target target;
        private @Nullable Path folder;

        FreshDatabase(Target target) {
            this.target = target;
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Database.class;
        }

        @Override
        public Database resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return database();
        }

        private Database database() {
            try {
                folder = folder == null ? Files.createTempDirectory("blazedb-tck") : folder;
                return new Database(target, folder.resolve("db"));
            } catch (IOException e) {
                throw new IllegalStateException("no temporary folder", e);
            }
        }

        @Override
        public void afterEach(ExtensionContext context) throws SQLException, IOException {
            Path used = folder;
            if (used == null) {
                return;
            }
            database().close();
            try (Stream<Path> files = Files.walk(used)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}

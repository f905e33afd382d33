package io.blazedb.internal.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest gives. */
final class Version implements IVersionProvider {
    private static final String DEVELOPMENT_VERSION = "development";

    @Override
    public String[] getVersion() {
        return new String[] {"BlazeDB " + text()};
    }

    static String text() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), DEVELOPMENT_VERSION);
    }
}

package io.blazedb.tck.tools;

import io.blazedb.tck.Target;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The process in which a published suite runs: it redirects the suite's URLs and hands over to JUnit's console.
 *
 * <p>Arguments: target, folder of its databases, and the console's own.
 */
final class SuiteMain {
    private SuiteMain() {}

    public static void main(String[] arguments) throws Exception {
        Target target = Target.valueOf(arguments[0]);
        if (target != Target.H2_MEMORY) {
            RedirectDriver.install(target, Path.of(arguments[1]));
        }
        Class.forName("org.junit.platform.console.ConsoleLauncher") // on the suite's class path only
                .getMethod("main", String[].class)
                .invoke(null, (Object) Arrays.copyOfRange(arguments, 2, arguments.length));
    }
}

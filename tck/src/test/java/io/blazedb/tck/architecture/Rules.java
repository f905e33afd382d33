package io.blazedb.tck.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.AccessibleObject;
import java.time.Clock;
import java.time.Instant;

/** The rules, each with its packages as parameters: so a test can also point it at classes that break it. */
final class Rules {
    static final String SQL = "io.blazedb.sql..";
    static final String SYNC = "io.blazedb.sync..";
    static final String[] DRIVER = {"io.blazedb", "io.blazedb.internal..", "io.blazedb.integration.."};
    /** Packages of the driver that stand on H2; the others decide about names, statements and pictures. */
    static final String[] H2_USERS = {
        "io.blazedb.internal.capture..",
        "io.blazedb.internal.apply..",
        "io.blazedb.internal.database..",
        "io.blazedb.internal.jdbc..",
        "io.blazedb.internal.link..",
        "io.blazedb.internal.node..",
        "io.blazedb.internal.schema..",
        "io.blazedb.internal.statement..",
        "io.blazedb.internal.views..",
        "org.h2.."
    };

    /** Packages that may reach past what H2 made public. */
    static final String[] H2_BREAKERS = {"io.blazedb.internal.capture..", "org.h2.."};

    /** Parts of sync that its other parts and the driver's own internals work on. */
    static final String[] SYNC_USERS = {SYNC, "io.blazedb.internal.."};

    static final String[] PURE = {"io.blazedb.sync.internal.merge..", "io.blazedb.sync.internal.session.."};

    private Rules() {}

    /** Classes here know nothing of what is there. */
    static ArchRule ignorant(String[] here, String... there) {
        return noClasses()
                .that()
                .resideInAnyPackage(here)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(there)
                .allowEmptyShould(true);
    }

    /** Only classes here know what is there. */
    static ArchRule only(String[] here, String... there) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(here)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(there)
                .allowEmptyShould(true);
    }

    /** Only classes here open what others have closed. */
    static ArchRule breakIntoOnlyIn(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage("io.blazedb..", "org.h2.mvstore.tx..")
                .and()
                .resideOutsideOfPackages(packages)
                .should()
                .callMethod(AccessibleObject.class, "setAccessible", boolean.class)
                .allowEmptyShould(true);
    }

    /** Classes here decide and do not act: no files, sockets, threads, locks on the world's clock or randomness. */
    static ArchRule pureIn(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.io..",
                                "java.net..",
                                "java.nio.channels..",
                                "java.nio.file..",
                                "java.sql..",
                                "io.netty..",
                                "org.h2..")
                        .or(nameMatching("java\\.lang\\.(Thread|Process|ProcessBuilder|Runtime|ThreadLocal)"))
                        .or(nameMatching("java\\.util\\.concurrent\\.(?!TimeUnit).*"))
                        .or(nameMatching("java\\.util\\.(Timer|Random)|java\\.security\\.SecureRandom")))
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Math.class, "random")
                .allowEmptyShould(true);
    }

    /** Names that say nothing. */
    static ArchRule tellingNames() {
        return noClasses()
                .that()
                .resideInAnyPackage("io.blazedb..")
                .and()
                .resideOutsideOfPackage("io.blazedb.sql.internal.parser..")
                .should()
                .haveNameMatching(".*(Impl|Manager|Helper|Utils?)")
                .allowEmptyShould(true);
    }
}

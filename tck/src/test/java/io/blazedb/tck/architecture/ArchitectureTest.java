package io.blazedb.tck.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom: {@code tck -> driver -> {sync, sql-extensions}}, and the pure parts stay pure. */
class ArchitectureTest {
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/com/h2database/"))
            .importPackages("io.blazedb", "org.h2.mvstore.tx");
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages("io.blazedb.tck");
    private static final String PLANTED = "io.blazedb.tck.architecture.planted..";

    static List<ArchRule> rules() {
        String[] sync = {Rules.SYNC};
        String[] sql = {Rules.SQL};
        return List.of(
                Rules.ignorant(sync, Rules.SQL),
                Rules.ignorant(sync, Rules.DRIVER),
                Rules.ignorant(sync, "java.sql..", "javax.sql..", "org.h2..", "org.apache.calcite.."),
                Rules.ignorant(sql, Rules.SYNC),
                Rules.ignorant(sql, Rules.DRIVER),
                Rules.ignorant(sql, "org.h2..", "io.netty..", "org.bouncycastle.."),
                Rules.only(
                        Rules.SYNC_USERS,
                        "io.blazedb.sync.internal.channel..",
                        "io.blazedb.sync.internal.crypto..",
                        "io.blazedb.sync.internal.log..",
                        "io.blazedb.sync.internal.merge..",
                        "io.blazedb.sync.internal.net..",
                        "io.blazedb.sync.internal.session..",
                        "io.blazedb.sync.internal.wire.."),
                Rules.only(sync, "org.bouncycastle.."),
                Rules.breakIntoOnlyIn(Rules.H2_BREAKERS),
                Rules.only(sql, "io.blazedb.sql.internal..", "org.apache.calcite.."),
                Rules.only(sync, "io.netty.."),
                Rules.only(Rules.H2_USERS, "org.h2.."),
                Rules.ignorant(new String[] {"io.blazedb.sync.internal.log.."}, "io.netty..", "org.bouncycastle.."),
                Rules.pureIn(Rules.PURE),
                Rules.tellingNames());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void ruleHolds(ArchRule rule) {
        rule.check(CODE);
    }

    @Test
    void testsKnowOnlyTheApi() {
        Rules.ignorant(new String[] {"io.blazedb.tck.."}, Rules.SQL, Rules.SYNC, "io.blazedb.internal..")
                .check(TESTS);
    }

    @Test
    void everyModuleIsScanned() {
        assertThat(CODE.stream().map(JavaClass::getPackageName))
                .contains("io.blazedb", "io.blazedb.sql", "io.blazedb.sync");
    }

    static Stream<ArchRule> brokenRules() {
        String[] planted = {PLANTED};
        return Stream.of(
                Rules.pureIn(PLANTED),
                Rules.ignorant(planted, "java.sql.."),
                Rules.only(new String[] {Rules.SYNC}, "java.sql.."),
                Rules.tellingNames());
    }

    @ParameterizedTest
    @MethodSource("brokenRules")
    void plantedViolationIsFound(ArchRule rule) {
        JavaClasses classes = new ClassFileImporter().importPackages("io.blazedb.tck.architecture.planted");

        assertThatThrownBy(() -> rule.check(classes)).isInstanceOf(AssertionError.class);
    }
}

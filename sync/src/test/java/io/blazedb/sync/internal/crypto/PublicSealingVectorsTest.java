package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The public collections for signing and wrapping, which are not part of this repository: {@code SEALING.md} beside the
 * generated vectors says where they come from, and {@code -Dblazedb.test.vectors=<directory>} where they are.
 */
@EnabledIfSystemProperty(named = "blazedb.test.vectors", matches = ".+")
class PublicSealingVectorsTest {
    @Test
    void verifiesAsInWycheproof() throws Exception {
        List<Vector> vectors = read("ed25519");
        vectors.forEach(SealingVectorsTest::checkEd25519);

        assertThat(vectors).hasSize(151);
        assertThat(vectors.stream().filter(Vector::isValid)).hasSizeGreaterThan(80);
    }

    @Test
    void wrapsAsTheRfcsVectors() throws Exception {
        List<Vector> vectors = read("hpke");
        for (Vector vector : vectors) {
            SealingVectorsTest.checkHpke(vector);
        }

        assertThat(vectors).hasSize(1);
    }

    private static List<Vector> read(String name) throws Exception {
        return Vector.ofFile(Path.of(System.getProperty("blazedb.test.vectors"), name + ".txt"));
    }
}

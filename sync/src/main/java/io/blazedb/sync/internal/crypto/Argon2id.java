package io.blazedb.sync.internal.crypto;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Makes a key of a password, slowly and with much memory: Argon2id of RFC 9106. Stateless; any thread may call it. */
final class Argon2id {
    private Argon2id() {}

    static byte[] key(byte[] password, byte[] salt, PasswordCost cost, int length) {
        return key(password, parameters(salt, cost), length);
    }

    static byte[] key(byte[] password, Argon2Parameters.Builder parameters, int length) {
        Argon2Parameters built = parameters.build();
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(built);
            byte[] key = new byte[length];
            generator.generateBytes(password, key);
            return key;
        } finally {
            parameters.clear();
        }
    }

    static Argon2Parameters.Builder parameters(byte[] salt, PasswordCost cost) {
        return new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(salt)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.iterations())
                .withParallelism(cost.lanes());
    }
}

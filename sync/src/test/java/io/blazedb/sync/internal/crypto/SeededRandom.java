package io.blazedb.sync.internal.crypto;

import java.security.SecureRandom;
import java.util.Random;

/** Randomness that a seed repeats. For tests only, as every key that comes of it is known. */
final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final Random dice;

    SeededRandom(long seed) {
        dice = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        dice.nextBytes(bytes);
    }
}

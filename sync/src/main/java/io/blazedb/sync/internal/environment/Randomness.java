package io.blazedb.sync.internal.environment;

/** Numbers that nobody can foresee, outside of simulations: origins are made of them. Safe for several threads. */
@FunctionalInterface
public interface Randomness {
    long nextLong();
}

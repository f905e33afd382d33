package io.blazedb.sync.internal.crypto;

/**
 * What it costs to try one password. The floor keeps guessing dear, the ceiling keeps a changed file from taking the
 * machine's memory or time.
 *
 * @param memoryKib memory in KiB
 * @param iterations passes over the memory
 * @param lanes parts of the memory that are filled independently
 */
public record PasswordCost(int memoryKib, int iterations, int lanes) {
    private static final int MEMORY_KIB_MIN = 19 * 1024;
    private static final int MEMORY_KIB_MAX = 1024 * 1024;
    private static final int ITERATIONS_MIN = 2;
    private static final int ITERATIONS_MAX = 16;
    private static final int LANES_MAX = 8;

    /** About 130 ms on a small machine. */
    public static final PasswordCost USUAL = new PasswordCost(64 * 1024, 3, 1);

    /** The least that is accepted, for machines with little memory. */
    public static final PasswordCost FLOOR = new PasswordCost(MEMORY_KIB_MIN, ITERATIONS_MIN, 1);

    public PasswordCost {
        require(memoryKib, MEMORY_KIB_MIN, MEMORY_KIB_MAX, "KiB of memory");
        require(iterations, ITERATIONS_MIN, ITERATIONS_MAX, "iterations");
        require(lanes, 1, LANES_MAX, "lanes");
    }

    private static void require(int value, int min, int max, String what) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "password cost of " + value + " " + what + " (expected: " + min + " to " + max + ")");
        }
    }
}

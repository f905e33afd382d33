package io.blazedb.tck.crash;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the writers of one child process do side by side. */
enum Workload {
    /** The workload that shows torn transactions on plain H2. */
    ROWS,
    /** Everything else that a transaction can contain, each kind by its own writer. */
    MIXED,
    /** A transaction larger than H2's write buffer beside small ones. */
    LARGE,
    /** One writer on a plain H2 that is checkpointed between its transactions. */
    CHECKPOINTED;

    private static final int FEW = 10;
    private static final int MANY = 200_000;

    /** How long the writers go on at most between two crash images: small transactions, or large ones. */
    long pauseNanosMax() {
        return TimeUnit.MILLISECONDS.toNanos(this == LARGE ? 600 : 250);
    }

    List<Work> works() {
        return switch (this) {
            case ROWS ->
                List.of(
                        new BalancedRows(0, FEW),
                        new BalancedRows(1, FEW),
                        new BalancedRows(2, FEW),
                        new BalancedRows(3, FEW));
            case MIXED ->
                List.of(
                        new BalancedRows(0, FEW),
                        new BalancedRows(1, FEW),
                        new Numbers(),
                        new Documents(),
                        new KeylessRows(),
                        new Shapes());
            case LARGE -> List.of(new BalancedRows(0, MANY), new BalancedRows(1, FEW), new BalancedRows(2, FEW));
            case CHECKPOINTED -> List.of(new Checkpointed(new BalancedRows(0, FEW)));
        };
    }
}

package io.blazedb.internal.cli.demo;

import io.blazedb.internal.cli.Rows;
import java.sql.SQLException;

/** Both change one row while they are apart: columns merge, and of two values for one column the loser is kept. */
record Conflicts(Pair pair) {
    private static final String ALICES_TITLE = "Checkout loses the cart on a tablet";
    private static final String BOBS_TITLE = "The cart is empty after a rotation of the screen";
    private static final String BUG = "SELECT title, owner, priority FROM bug WHERE id = 42";

    void run() throws SQLException {
        Site alice = pair.alice();
        Site bob = pair.bob();
        pair.transcript().step("They work apart on the same bug. Columns merge; a lost value is never thrown away.");

        alice.run("PAUSE SYNC");
        alice.run("UPDATE bug SET title = '" + ALICES_TITLE + "', owner = 3 WHERE id = 42");
        waitForLaterTime();
        bob.run("UPDATE bug SET title = '" + BOBS_TITLE + "', priority = 'urgent' WHERE id = 42");
        alice.run("RESUME SYNC");
        alice.run("SYNC");
        pair.transcript().blank();
        Rows here = alice.show(BUG);
        Rows there = bob.show(BUG);
        Rows conflict = alice.show("SELECT column_name, local_value, remote_value, winner, status"
                + " FROM blaze.conflicts WHERE table_name = 'BUG'");

        Expect.same("the bug at bob", there.values(), here.values());
        Expect.same("the title (the later one wins)", here.value("TITLE"), BOBS_TITLE);
        Expect.same("the owner (only alice changed it)", here.value("OWNER"), "3");
        Expect.same("the priority (only bob changed it)", here.value("PRIORITY"), "urgent");
        Expect.same("the conflict", conflict.values().size(), 1);
        Expect.same("the value that lost", conflict.value("LOCAL_VALUE"), ALICES_TITLE);
        Expect.same("its status", conflict.value("STATUS"), "LOST");
        pair.transcript().say("-> Alice's owner and Bob's priority are both kept; the later title won on both sides.");
    }

    /** Two writes of one millisecond are ordered by their nodes: here the second is to be later. */
    private static void waitForLaterTime() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() <= now + 1) {
            Thread.onSpinWait();
        }
    }
}

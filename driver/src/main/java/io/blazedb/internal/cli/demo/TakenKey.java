package io.blazedb.internal.cli.demo;

import io.blazedb.internal.cli.Rows;
import java.sql.SQLException;
import java.util.List;

/** Two rows take one unique key while apart: one is shown, the other waits hidden and comes back. */
record TakenKey(Pair pair) {
    private static final String HER = "SELECT id, name FROM person WHERE email = 'hana@example.org'";
    private static final String CONFLICT =
            "SELECT row_key, kind, status FROM blaze.conflicts WHERE table_name = 'PERSON'";

    void run() throws SQLException {
        Site alice = pair.alice();
        Site bob = pair.bob();
        pair.transcript().step("Apart again, both add a person with the same unique email.");

        alice.run("PAUSE SYNC");
        alice.run("INSERT INTO person VALUES (101, 'Hana Sato', 'hana@example.org')");
        bob.run("INSERT INTO person VALUES (202, 'Hana S.', 'hana@example.org')");
        alice.run("RESUME SYNC");
        alice.run("SYNC");
        pair.transcript().blank();
        Rows shown = alice.show(HER);
        Rows hidden = alice.show(CONFLICT);

        Expect.same("rows with this email", shown.values().size(), 1);
        Expect.same("the row at bob", bob.query(HER).values(), shown.values());
        String id = shown.value("ID");
        String other = id.equals("101") ? "202" : "101";
        Expect.same("the conflict", hidden.values(), List.of(List.of(other, "UNIQUE", "HIDDEN")));
        pair.transcript().say("-> the same row is shown on both sides; the other is hidden, not lost.");
        pair.transcript().blank();
        comesBack(id, other);
    }

    private void comesBack(String shown, String hidden) throws SQLException {
        Site alice = pair.alice();
        alice.run("DELETE FROM person WHERE id = " + shown);
        alice.run("SYNC");
        Rows here = alice.show(HER);
        Rows there = pair.bob().show(HER);
        Rows conflict = alice.show(CONFLICT);

        Expect.same("the row that comes back", here.value("ID"), hidden);
        Expect.same("the row at bob", there.values(), here.values());
        Expect.same("the conflict", conflict.value("STATUS"), "RESOLVED");
        pair.expectEqual();
        pair.transcript().say("-> the key is free again: the hidden row is back on both sides.");
    }
}

package io.blazedb.internal.schema;

import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.TableDefinition.Action;
import io.blazedb.sync.TableDefinition.ForeignKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.h2.constraint.Constraint;
import org.h2.constraint.ConstraintReferential;
import org.h2.engine.SessionLocal;
import org.h2.mvstore.db.MVTable;
import org.h2.util.HasSQL;

/**
 * Brings foreign keys of two nodes together that refer alike and act differently: what becomes of an orphan depends on
 * ON DELETE, so nodes that differ in it would show different rows.
 *
 * <p>Actions that a node has replaced give way to those that it has now. Of two that nobody has replaced, those hold
 * that change fewer rows by themselves. Each node comes to the same from the definitions alone.
 *
 * <p>Parses with the session that it was given, so it serves the thread of that session only. Runs nothing.
 */
public final class ForeignKeyActions {
    private static final List<Action> FROM_CAREFUL =
            List.of(Action.RESTRICT, Action.NO_ACTION, Action.SET_NULL, Action.SET_DEFAULT, Action.CASCADE);
    private static final Comparator<ForeignKey> CAREFUL_FIRST = Comparator.comparing(
                    (ForeignKey key) -> FROM_CAREFUL.indexOf(key.onDelete()))
            .thenComparing(key -> FROM_CAREFUL.indexOf(key.onUpdate()));

    private final Declarations declarations;

    /**
     * A foreign key that takes the place of another.
     *
     * @param restore adds what is dropped
     * @param parent the table that both refer to
     */
    public record Replacement(String drop, String add, String restore, Addition.Parent parent) {}

    public ForeignKeyActions(SessionLocal session) {
        declarations = new Declarations(new PeerSql(session));
    }

    /**
     * The foreign keys of a table that have to act as a peer's.
     *
     * @param have the table as it is
     * @param earlier what it was before
     * @param wanted the table as a peer has it
     * @param peerEarlier what it was before at the peer
     */
    public List<Replacement> replacements(
            MVTable table,
            TableDefinition have,
            List<TableDefinition> earlier,
            TableDefinition wanted,
            List<TableDefinition> peerEarlier) {
        List<Replacement> replacements = new ArrayList<>();
        Signatures ours = new Signatures(have);
        Signatures peer = new Signatures(wanted);
        for (ForeignKey theirs : wanted.foreignKeys()) {
            List<ForeignKey> alike = have.foreignKeys().stream()
                    .filter(key -> ours.of(key).equals(peer.of(theirs)))
                    .toList();
            if (alike.isEmpty() || alike.stream().anyMatch(key -> acts(key, theirs))) {
                continue;
            }
            ForeignKey key = alike.get(0);
            Record reference = peer.of(theirs);
            boolean wasOurs = had(earlier, reference, theirs);
            boolean wasTheirs = had(peerEarlier, reference, key);
            boolean gives = wasOurs == wasTheirs ? CAREFUL_FIRST.compare(theirs, key) < 0 : wasTheirs;
            if (gives) {
                replacements.add(replacement(table, have, key, theirs));
            }
        }
        return replacements;
    }

    private static boolean acts(ForeignKey one, ForeignKey other) {
        return one.onDelete() == other.onDelete() && one.onUpdate() == other.onUpdate();
    }

    private static boolean had(List<TableDefinition> definitions, Record reference, ForeignKey actions) {
        return definitions.stream().anyMatch(definition -> {
            Signatures signatures = new Signatures(definition);
            return definition.foreignKeys().stream()
                    .anyMatch(key -> signatures.of(key).equals(reference) && acts(key, actions));
        });
    }

    private Replacement replacement(MVTable table, TableDefinition have, ForeignKey ours, ForeignKey theirs) {
        ForeignKey now = new ForeignKey(
                ours.name(),
                ours.columns(),
                ours.parentSchema(),
                ours.parentTable(),
                ours.parentColumns(),
                theirs.onDelete(),
                theirs.onUpdate());
        String name = constraintOf(table, ours).getSQL(HasSQL.DEFAULT_SQL_FLAGS);
        return new Replacement(
                "ALTER TABLE " + Names.quoted(have) + " DROP CONSTRAINT " + name,
                declarations.foreignKeyAs(have, now),
                declarations.foreignKeyAs(have, ours),
                new Addition.Parent(ours.parentSchema(), ours.parentTable()));
    }

    /** A made-up name is in no definition. */
    private static ConstraintReferential constraintOf(MVTable table, ForeignKey key) {
        for (Constraint constraint : SteadyCopy.of(table.getConstraints())) {
            if (constraint instanceof ConstraintReferential reference
                    && reference.getTable().equals(table)
                    && ConstraintReader.foreignKey(reference).equals(key)) {
                return reference;
            }
        }
        throw new IllegalStateException("The foreign key " + key + " of " + table.getTraceSQL() + " is gone");
    }
}

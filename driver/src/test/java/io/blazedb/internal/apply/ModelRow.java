package io.blazedb.internal.apply;

import io.blazedb.sync.Life;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.Claim;
import io.blazedb.sync.internal.merge.ColumnVersion;
import io.blazedb.sync.internal.merge.RowState;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A merged row of a test: keys are words. The last projection's keys are kept beside the present ones, as the tables
 * keep them. For one thread.
 */
final class ModelRow implements FullProjection.Row {
    final String name;
    boolean alive = true;
    boolean valid = true;
    long claimed;
    boolean byServer;
    final Set<String> unique = new LinkedHashSet<>();
    final Set<String> offers = new LinkedHashSet<>();
    final Set<String> needs = new LinkedHashSet<>();

    Outcome outcome = Outcome.GONE;
    Set<String> formerUnique = Set.of();
    Set<String> formerOffers = Set.of();
    Set<String> formerNeeds = Set.of();

    ModelRow(String name, long claimed) {
        this.name = name;
        this.claimed = claimed;
    }

    ModelRow unique(String... keys) {
        unique.addAll(Set.of(keys));
        return this;
    }

    ModelRow offers(String... keys) {
        offers.addAll(Set.of(keys));
        return this;
    }

    ModelRow needs(String... keys) {
        needs.addAll(Set.of(keys));
        return this;
    }

    ModelRow byServer() {
        byServer = true;
        return this;
    }

    /** The last projection made this of the row as it is. */
    void projected(Outcome newOutcome) {
        outcome = newOutcome;
        formerUnique = alive ? Set.copyOf(unique) : Set.of();
        formerOffers = alive ? Set.copyOf(offers) : Set.of();
        formerNeeds = alive ? Set.copyOf(needs) : Set.of();
    }

    @Override
    public Claim claim() {
        Stamp stamp = new Stamp(claimed, new OriginId(0, 1));
        ColumnVersion version = new ColumnVersion(byServer ? stamp : Stamp.ZERO, 1, stamp);
        RowState state = RowState.uniform(new Life(Stamp.ZERO, 1), 1, version, 1);
        return Claim.of(state, new int[] {0}, name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public Collection<?> uniqueKeys() {
        return unique;
    }

    @Override
    public boolean keepsToChecks() {
        return valid;
    }

    @Override
    public Collection<?> offers() {
        return offers;
    }

    @Override
    public Collection<?> needs() {
        return needs;
    }

    @Override
    public String toString() {
        return "%s[%s claimed %d%s, unique %s, offers %s, needs %s, was %s]"
                .formatted(
                        name,
                        alive ? valid ? "alive" : "invalid" : "dead",
                        claimed,
                        byServer ? " by a server" : "",
                        unique,
                        offers,
                        needs,
                        outcome);
    }
}

package io.blazedb.internal.apply;

import static java.util.Collections.disjoint;

import io.blazedb.sync.internal.merge.Claim;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Rows in memory that answer what a projection asks, no more than it may know. For one thread. */
final class ModelRows implements Projection.Rows<ModelRow> {
    private final Collection<ModelRow> all;
    private final Set<ModelRow> changed;

    ModelRows(Collection<ModelRow> all, Set<ModelRow> changed) {
        this.all = all;
        this.changed = changed;
    }

    private List<ModelRow> living(ModelRow row, BiPredicate<ModelRow, ModelRow> isMeant) {
        return all.stream()
                .filter(other -> other != row && other.alive && isMeant.test(row, other))
                .toList();
    }

    @Override
    public boolean isAlive(ModelRow row) {
        return row.alive;
    }

    @Override
    public Claim claim(ModelRow row) {
        return row.claim();
    }

    @Override
    public boolean keepsToChecks(ModelRow row) {
        return row.valid;
    }

    @Override
    public Outcome before(ModelRow row) {
        return row.outcome;
    }

    @Override
    public Collection<ModelRow> rivals(ModelRow row) {
        return living(row, (one, other) -> !disjoint(one.unique, other.unique));
    }

    @Override
    public Collection<ModelRow> formerRivals(ModelRow row) {
        return living(row, (one, other) -> !disjoint(one.formerUnique, other.unique));
    }

    @Override
    public Collection<ModelRow> waitingFor(ModelRow row) {
        return living(
                row,
                (one, other) -> !disjoint(one.offers, other.needs)
                        && (changed.contains(other) || other.outcome != Outcome.SHOWN));
    }

    @Override
    public Collection<ModelRow> relyingOn(ModelRow row, boolean isShown) {
        return living(row, (one, other) -> {
            Set<String> keys = new HashSet<>(one.formerOffers);
            if (isShown) {
                keys.removeAll(one.offers);
            } else {
                keys.addAll(one.offers);
            }
            return other.outcome == Outcome.SHOWN && !disjoint(keys, other.formerNeeds);
        });
    }

    @Override
    public boolean hasParents(ModelRow row, Predicate<ModelRow> isShown) {
        return row.needs.stream()
                .allMatch(key -> all.stream()
                        .anyMatch(parent -> parent.alive && parent.offers.contains(key) && isShown.test(parent)));
    }
}

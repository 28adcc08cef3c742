package io.holdpoint.gateway.policy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that a policy may say about a call, where its arguments are not known; with arguments, just what it says.
 *
 * @param refusal a denial that may come, the first there is; with arguments, the {@link Decision.Limit} too that they
 *     alone ask for more than
 * @param passes the {@link Decision.Allow} and {@link Decision.Hold} that may come if it is not denied and its limits
 *     are not used up; empty where it is refused for certain
 * @param uses what limits count if it is not denied
 */
public record Forecast(Optional<Decision> refusal, List<Decision> passes, List<Use> uses) {

    public Forecast {
        Objects.requireNonNull(refusal);
        passes = List.copyOf(passes);
        uses = List.copyOf(uses);
        if (refusal.isEmpty() && passes.isEmpty()) {
            throw new IllegalArgumentException("a policy says something about every call");
        }
    }

    /**
     * A charge, if its amount is known, and else the most it can be.
     *
     * @param isExact whether the amount is known
     */
    public record Use(Charge charge, boolean isExact) {
        public Use {
            Objects.requireNonNull(charge);
        }
    }

    /** The same as a judgement. */
    public static Forecast of(Decision.Judgement judgement) {
        var uses = judgement.charges().stream()
                .map(charge -> new Use(charge, true))
                .toList();
        return judgement.then() instanceof Decision.Deny || judgement.then() instanceof Decision.Limit
                ? new Forecast(Optional.of(judgement.then()), List.of(), List.of())
                : new Forecast(Optional.empty(), List.of(judgement.then()), uses);
    }

    /** Each decision that may come, by its word; limits that are used up left out. */
    public Set<String> words() {
        var words = new TreeSet<String>();
        refusal.ifPresent(refused -> words.add(refused.word()));
        passes.forEach(decision -> words.add(decision.word()));
        return words;
    }
}

package io.holdpoint.gateway.policy;

import io.holdpoint.workflow.approval.ApprovalTerms;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The policy's answer to one call. */
public sealed interface Decision {

    RuleId rule();

    /** Hands the decision to whoever knows what to do; a fifth kind will not compile until every reader handles it. */
    <R> R match(Cases<R> cases);

    /** The kind in one word, as refusals and the log say it: {@code allow}, {@code deny}, {@code limit} or {@code hold}. */
    String word();

    /** What a reader does with each kind of decision. */
    interface Cases<R> {
        R allow(Allow allow);

        R deny(Deny deny);

        R limit(Limit limit);

        R hold(Hold hold);
    }

    /** The call may pass. */
    record Allow(RuleId rule) implements Decision {
        public Allow {
            Objects.requireNonNull(rule);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.allow(this);
        }

        @Override
        public String word() {
            return "allow";
        }
    }

    /**
     * The call may not pass.
     *
     * @param message for the agent: what, why, what to do
     */
    record Deny(RuleId rule, String message) implements Decision {
        public Deny {
            Objects.requireNonNull(rule);
            Objects.requireNonNull(message);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.deny(this);
        }

        @Override
        public String word() {
            return "deny";
        }
    }

    /**
     * A limit is used up, or the call alone asks for more than it.
     *
     * @param retryAfter until the window is over; empty if the call alone asks for more than the limit, so that it never
     *     passes
     */
    record Limit(RuleId rule, String message, Optional<Duration> retryAfter) implements Decision {
        public Limit {
            Objects.requireNonNull(rule);
            Objects.requireNonNull(message);
            Objects.requireNonNull(retryAfter);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.limit(this);
        }

        @Override
        public String word() {
            return "limit";
        }
    }

    /** The call waits for people. */
    record Hold(RuleId rule, ApprovalTerms terms) implements Decision {
        public Hold {
            Objects.requireNonNull(rule);
            Objects.requireNonNull(terms);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.hold(this);
        }

        @Override
        public String word() {
            return "hold";
        }
    }

    /**
     * What the document alone says about a call: {@code charges} are to be reserved first, all or none, and
     * {@code then} holds if they could be. What is refused has no charges.
     *
     * @param then a {@link Limit} only if the call alone asks for more than it
     */
    record Judgement(List<Charge> charges, Decision then) {
        public Judgement {
            charges = List.copyOf(charges);
            Objects.requireNonNull(then);
        }

        /** The whole decision, limits counted and reserved. A denied call uses nothing. */
        public Decision decide(Counters counters) {
            if (charges.isEmpty()) {
                return then;
            }
            Optional<Decision> usedUp = counters.reserve(charges).map(limit -> limit);
            return usedUp.orElse(then);
        }
    }
}

package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.policy.argument.ArgumentPath;
import io.holdpoint.gateway.policy.argument.Values;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entry of {@code limits}.
 *
 * @param amount the argument that is added instead of 1
 * @param onDeny what the agent is told when it is used up
 * @param onTooMuch what it is told when its call alone asks for more than {@code max}, whatever {@code onDeny} says
 */
record LimitRule(
        RuleId rule,
        int line,
        String counter,
        Window window,
        BigDecimal max,
        Scope scope,
        Optional<ArgumentPath> amount,
        String onDeny,
        String onTooMuch) {

    static final int MOST_DECIMALS = 18;

    private static final int MOST_BITS = 8_000;

    LimitRule {
        Objects.requireNonNull(rule);
        Objects.requireNonNull(counter);
        Objects.requireNonNull(window);
        Objects.requireNonNull(max);
        Objects.requireNonNull(scope);
        Objects.requireNonNull(amount);
        Objects.requireNonNull(onDeny);
        Objects.requireNonNull(onTooMuch);
    }

    /** What the call uses; nothing if its amount cannot be counted, which denies it. */
    Optional<Charge> charge(ObjectNode arguments) {
        var used = amount.isEmpty()
                ? Optional.of(BigDecimal.ONE)
                : amount.get().in(arguments).flatMap(Values::number).flatMap(LimitRule::countable);
        return used.map(this::charge);
    }

    /** The most a call can use. */
    Charge largestCharge() {
        var most = amount.isEmpty() ? BigDecimal.ONE : Bounds.LARGEST;
        return charge(most);
    }

    private Charge charge(BigDecimal used) {
        return new Charge(rule, counter, window, max, scope, used, onDeny);
    }

    /** What a call gets that alone asks for more than a whole window has: no other call matters, and no waiting helps. */
    Decision.Limit tooMuch() {
        return new Decision.Limit(rule, onTooMuch, Optional.empty());
    }

    /** {@code 10 per minute, counter echo/minute, scope grant}. */
    String shown() {
        return "%s, counter %s, scope %s".formatted(window.rate(max), counter, scope.label());
    }

    /** What limits that count together have in common. */
    record Counted(String counter, Scope scope, String window) {}

    Counted counted() {
        return new Counted(counter, scope, window.label());
    }

    /** The number without exponent, if it is from 0 to 10^15 with at most 18 decimals. Cheap for any number. */
    static Optional<BigDecimal> countable(BigDecimal number) {
        if (number.signum() == 0) {
            return Optional.of(BigDecimal.ZERO);
        }
        if (number.signum() < 0
                || number.unscaledValue().bitLength() > MOST_BITS
                || number.compareTo(Bounds.LARGEST) > 0) {
            return Optional.empty();
        }
        var stripped = number.stripTrailingZeros();
        return stripped.scale() > MOST_DECIMALS
                ? Optional.empty()
                : Optional.of(stripped.setScale(Math.max(0, stripped.scale())));
    }
}

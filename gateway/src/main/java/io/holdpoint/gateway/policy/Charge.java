package io.holdpoint.gateway.policy;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * What one call uses of one limit.
 *
 * @param rule the limit in the document
 * @param counter the counter's name; one name is one counter for each scope and window
 * @param window the stretch of time that {@code max} is for
 * @param max how much may be used in one window, all together
 * @param scope whose calls count together
 * @param amount how much this call uses, 0 or more; 1, or the value of the limit's {@code amount} path
 * @param onDeny what the agent is told when it is used up
 */
public record Charge(
        RuleId rule, String counter, Window window, BigDecimal max, Scope scope, BigDecimal amount, String onDeny) {

    public Charge {
        Objects.requireNonNull(rule);
        Objects.requireNonNull(counter);
        Objects.requireNonNull(window);
        Objects.requireNonNull(max);
        Objects.requireNonNull(scope);
        Objects.requireNonNull(amount);
        Objects.requireNonNull(onDeny);
    }

    /** Whether this call alone asks for more than a whole window has, so that waiting never helps. */
    boolean isTooMuch() {
        return amount.compareTo(max) > 0;
    }
}

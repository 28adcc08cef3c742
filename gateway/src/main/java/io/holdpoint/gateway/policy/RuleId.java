package io.holdpoint.gateway.policy;

import java.util.Objects;

/**
 * What decided: a JSON pointer (RFC 6901) into the policy document, or one of those below (spec 03, What the agent
 * gets when refused).
 */
public record RuleId(String value) {

    public static final RuleId NO_POLICY = new RuleId("(no policy)");
    public static final RuleId HIDDEN = new RuleId("(hidden)");
    public static final RuleId DEFAULT_DENY = new RuleId("(default deny)");
    public static final RuleId DEFAULT_ALLOW = new RuleId("(default allow)");

    public RuleId {
        Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
        return value;
    }
}

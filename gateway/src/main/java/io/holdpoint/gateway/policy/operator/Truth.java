package io.holdpoint.gateway.policy.operator;

/** What a condition says about an argument. */
public enum Truth {
    YES,
    NO,
    /** The argument is absent, of a type the operator cannot judge, or too long for what is left of the budget: who asks must take the safe side. */
    UNCLEAR;

    /** For what can be judged. */
    public static Truth of(boolean holds) {
        return holds ? YES : NO;
    }

    /** What cannot be judged cannot be judged the other way round either. */
    public Truth negated() {
        return this == UNCLEAR ? UNCLEAR : of(this == NO);
    }

    /** @param ifUnclear how to take what cannot be judged */
    public boolean holds(boolean ifUnclear) {
        return this == YES || this == UNCLEAR && ifUnclear;
    }
}

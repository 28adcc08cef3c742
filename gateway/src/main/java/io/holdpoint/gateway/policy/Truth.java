package io.holdpoint.gateway.policy;

/** What a condition says about a call. */
enum Truth {
    YES,
    NO,
    /** The argument is absent, of a type the operator cannot judge, or too long for what is left of the budget: who asks must take the safe side. */
    UNCLEAR;

    static Truth of(boolean holds) {
        return holds ? YES : NO;
    }

    /** What cannot be judged cannot be judged the other way round either. */
    Truth negated() {
        return this == UNCLEAR ? UNCLEAR : of(this == NO);
    }

    boolean holds(boolean ifUnclear) {
        return this == YES || this == UNCLEAR && ifUnclear;
    }
}

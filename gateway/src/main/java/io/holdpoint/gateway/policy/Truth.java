package io.holdpoint.gateway.policy;

/** What a condition says about a call. */
enum Truth {
    YES,
    NO,
    /** The argument is absent, or of a type the operator cannot judge: who asks must take the safe side. */
    UNCLEAR;

    static Truth of(boolean holds) {
        return holds ? YES : NO;
    }

    boolean holds(boolean ifUnclear) {
        return this == YES || this == UNCLEAR && ifUnclear;
    }
}

package io.holdpoint.gateway.authoring;

import io.holdpoint.gateway.policy.Decision;

/** What a decision does to a call, in a word. */
final class PastTense implements Decision.Cases<String> {

    @Override
    public String allow(Decision.Allow allow) {
        return "allowed";
    }

    @Override
    public String deny(Decision.Deny deny) {
        return "denied";
    }

    @Override
    public String limit(Decision.Limit limit) {
        return "limited";
    }

    @Override
    public String hold(Decision.Hold hold) {
        return "held";
    }
}

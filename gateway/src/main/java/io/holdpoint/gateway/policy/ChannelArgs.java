package io.holdpoint.gateway.policy;

import java.util.Locale;

/** How much of a call's arguments leaves the house in a channel such as Slack or mail (spec 07). */
public enum ChannelArgs {
    /** All of them, secrets masked. */
    FULL,
    /** Their names only. */
    KEYS,
    /** None of them. */
    HIDDEN;

    /** The word policies and the configuration use. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

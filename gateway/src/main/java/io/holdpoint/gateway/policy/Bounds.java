package io.holdpoint.gateway.policy;

import java.math.BigDecimal;
import java.time.Duration;

/** How far what a policy says may go. */
public final class Bounds {

    /** The longest window, and the longest that an approval waits or lasts. */
    public static final Duration LONGEST = Duration.ofDays(366);

    /** The most a limit allows and a call uses of it, so that a counter can be added to for ever without rounding or growing. */
    public static final BigDecimal LARGEST = BigDecimal.TEN.pow(15);

    private Bounds() {}
}

package io.holdpoint.gateway.policy;

import java.util.List;
import java.util.Optional;

/** Where limits are counted. */
public interface Counters {

    /**
     * Reserves all charges, or none.
     *
     * @return the limit that is used up, the first in their order; empty if all are reserved
     */
    Optional<Decision.Limit> reserve(List<Charge> charges);
}

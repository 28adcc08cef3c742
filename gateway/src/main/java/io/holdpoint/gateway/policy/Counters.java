package io.holdpoint.gateway.policy;

import java.util.List;
import java.util.Optional;

/** Where limits are counted. */
public interface Counters {

    /** Reserves all charges, or none and says which limit is used up. */
    Optional<Decision.Limit> reserve(List<Charge> charges);
}

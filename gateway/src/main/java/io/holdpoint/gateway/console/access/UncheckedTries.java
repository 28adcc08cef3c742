package io.holdpoint.gateway.console.access;

import io.holdpoint.workflow.people.PersonId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Counts the tries to sign in that were refused without a look at the password, and warns of them once a minute: an
 * entry for each would let anybody fill the audit log. Safe for any thread.
 */
@Component
class UncheckedTries {

    private static final Logger LOG = LoggerFactory.getLogger(UncheckedTries.class);
    private static final String NOBODY = "(nobody's name)";

    private final Executor later;
    private final Map<String, Integer> counts = new TreeMap<>();

    UncheckedTries() {
        this(CompletableFuture.delayedExecutor(1, TimeUnit.MINUTES));
    }

    /** @param later runs what it is given in a minute */
    UncheckedTries(Executor later) {
        this.later = later;
    }

    /** @param person whom the name belongs to; empty where nobody has it */
    void count(Optional<PersonId> person) {
        if (isFirst(person.map(PersonId::value).orElse(NOBODY))) {
            later.execute(this::tell);
        }
    }

    private synchronized boolean isFirst(String who) {
        var first = counts.isEmpty();
        counts.merge(who, 1, Integer::sum);
        return first;
    }

    private synchronized void tell() {
        LOG.warn("sign-ins refused unchecked within a minute, by person: {}", counts);
        counts.clear();
    }
}

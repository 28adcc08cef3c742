package io.holdpoint.workflow.audit;

import io.holdpoint.workflow.Risk;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A call as its entry remembers it.
 *
 * @param id the call's
 * @param decision {@code allow}, {@code deny}, {@code limit} or {@code hold}
 * @param rule what decided
 * @param risk the class it was held under; entries of other decisions do not say it
 * @param arguments the argument bytes as received, zero of them where it had none; empty where they were not kept
 */
public record PastCall(
        Instant time,
        String id,
        String server,
        String tool,
        String grant,
        String decision,
        String rule,
        Optional<Risk> risk,
        Optional<byte[]> arguments) {

    public PastCall {
        Objects.requireNonNull(time);
        Objects.requireNonNull(id);
        Objects.requireNonNull(server);
        Objects.requireNonNull(tool);
        Objects.requireNonNull(grant);
        Objects.requireNonNull(decision);
        Objects.requireNonNull(rule);
        Objects.requireNonNull(risk);
        Objects.requireNonNull(arguments);
    }
}

package io.holdpoint.workflow;

import java.util.Objects;

/**
 * The one redacted description of a tool call: what cards, pages, the API and the log are made from.
 * Nothing in it is secret, so it may be stored and shown without further care.
 *
 * @param id the call
 * @param server the server's name in the configuration
 * @param tool the tool's name, as the agent sent it
 * @param grant the id of the grant the agent presented
 * @param owner the person who owns the grant
 * @param rule what decided: a JSON pointer into the policy, or {@code (no policy)}, {@code (hidden)}, {@code (default deny)}
 * @param policy the policy version's SHA-256, lower-case hex; empty where the grant has none
 * @param risk the tool's risk class
 * @param category the tool's category in the catalogue, {@code Unknown} where nothing is known
 * @param arguments the arguments as JSON text with secrets masked; empty where nobody will be asked
 */
public record CallSummary(
        CallId id,
        String server,
        String tool,
        String grant,
        String owner,
        String rule,
        String policy,
        Risk risk,
        String category,
        String arguments) {

    public CallSummary {
        Objects.requireNonNull(id);
        Objects.requireNonNull(server);
        Objects.requireNonNull(tool);
        Objects.requireNonNull(grant);
        Objects.requireNonNull(owner);
        Objects.requireNonNull(rule);
        Objects.requireNonNull(policy);
        Objects.requireNonNull(risk);
        Objects.requireNonNull(category);
        Objects.requireNonNull(arguments);
    }
}

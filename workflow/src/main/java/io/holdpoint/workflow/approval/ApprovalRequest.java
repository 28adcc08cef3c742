package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.CallSummary;
import java.util.Objects;

/**
 * The question to put to people about one held call.
 *
 * @param call what they will see
 * @param terms how it is to be approved
 * @param message what will run
 * @param definition lower-case hex SHA-256 of the tool's definition, or {@code absent} where the server lists none
 * @param sameness what equal calls have in common: an equal call attaches to this approval instead of asking again
 * @param agentSays the agent's own word to the reviewers, unverified; empty where it said nothing
 */
public record ApprovalRequest(
        CallSummary call,
        ApprovalTerms terms,
        HeldMessage message,
        String definition,
        String sameness,
        String agentSays) {

    public ApprovalRequest {
        Objects.requireNonNull(call);
        Objects.requireNonNull(terms);
        Objects.requireNonNull(message);
        Objects.requireNonNull(definition);
        Objects.requireNonNull(sameness);
        agentSays = agentSays.replace('\0', '\uFFFD'); // PostgreSQL takes no NUL
    }
}

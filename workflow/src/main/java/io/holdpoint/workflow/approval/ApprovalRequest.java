package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.CallSummary;
import io.holdpoint.workflow.audit.ShadowDecision;
import java.util.Objects;
import java.util.Optional;

/**
 * The question to put to people about one held call.
 *
 * @param call what they will see
 * @param terms how it is to be approved
 * @param message what will run
 * @param definition lower-case hex SHA-256 of the tool's definition, or {@code absent} where the server lists none
 * @param grantState what the grant is that asks: another owner, token or server is another one, whatever its id
 * @param sameness what equal calls have in common: an equal call attaches to this approval instead of asking again
 * @param agentSays the agent's own word to the reviewers, unverified; empty where it said nothing
 * @param shadow what the grant's shadow policy said, for the log alone
 */
public record ApprovalRequest(
        CallSummary call,
        ApprovalTerms terms,
        HeldMessage message,
        String definition,
        String grantState,
        String sameness,
        String agentSays,
        Optional<ShadowDecision> shadow) {

    /** One of a grant that never changes, without a shadow. */
    public ApprovalRequest(
            CallSummary call,
            ApprovalTerms terms,
            HeldMessage message,
            String definition,
            String sameness,
            String agentSays) {
        this(call, terms, message, definition, "", sameness, agentSays, Optional.empty());
    }

    public ApprovalRequest {
        Objects.requireNonNull(call);
        Objects.requireNonNull(terms);
        Objects.requireNonNull(message);
        Objects.requireNonNull(definition);
        Objects.requireNonNull(grantState);
        Objects.requireNonNull(sameness);
        Objects.requireNonNull(shadow);
        agentSays = agentSays.replace('\0', '\uFFFD'); // PostgreSQL takes no NUL
    }
}

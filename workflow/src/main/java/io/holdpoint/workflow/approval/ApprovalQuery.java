package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.people.PersonId;
import java.util.Optional;

/**
 * Which approvals to list; an empty filter lets everything through.
 *
 * @param askedOf only those this person was asked about
 * @param limit at most this many, 1 to 500
 * @param cursor where the page before ended
 */
public record ApprovalQuery(
        Optional<ApprovalState> state,
        Optional<String> server,
        Optional<String> tool,
        Optional<String> grant,
        Optional<PersonId> askedOf,
        int limit,
        Optional<String> cursor) {}

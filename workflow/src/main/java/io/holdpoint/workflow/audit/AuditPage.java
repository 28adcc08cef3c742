package io.holdpoint.workflow.audit;

import java.util.List;
import java.util.Optional;

/**
 * Some entries, newest first.
 *
 * @param entries each one JSON object, as stored
 * @param nextCursor where the next page begins; empty on the last
 */
public record AuditPage(List<String> entries, Optional<String> nextCursor) {

    public AuditPage {
        entries = List.copyOf(entries);
    }
}

package io.holdpoint.workflow.audit;

import java.util.List;
import java.util.Optional;

/**
 * Some entries, newest first.
 *
 * @param entries each one JSON object: the body as stored, with the entry's number before it, {@code {"entry":42,…}}.
 *     The number is unique, not contiguous; the contiguous {@code index} comes with the Merkle tree
 * @param nextCursor where the next page begins; empty on the last
 */
public record AuditPage(List<String> entries, Optional<String> nextCursor) {

    public AuditPage {
        entries = List.copyOf(entries);
    }
}

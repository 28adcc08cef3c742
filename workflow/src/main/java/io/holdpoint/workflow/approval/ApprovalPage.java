package io.holdpoint.workflow.approval;

import java.util.List;
import java.util.Optional;

/** Some approvals, newest first, and where the next page begins. */
public record ApprovalPage(List<Approval> items, Optional<String> nextCursor) {

    public ApprovalPage {
        items = List.copyOf(items);
    }
}

package io.holdpoint.workflow.audit;

import io.holdpoint.workflow.CallId;
import io.holdpoint.workflow.CallSummary;
import io.holdpoint.workflow.Risk;

/** Calls to write entries about. */
final class Calls {

    static final String POLICY = "ab".repeat(32);
    static final String DIGEST = "cd".repeat(32);
    static final String APPROVAL = "apr_0123456789abcdefghjkmnpqrs";

    private Calls() {}

    static CallSummary aCall(String id) {
        return aCall(id, "list_studies");
    }

    static CallSummary aCall(String id, String tool) {
        return new CallSummary(
                new CallId(id),
                "imaging",
                tool,
                "radiology-agent",
                "ana",
                "/tools/" + tool,
                POLICY,
                Risk.LOW,
                "Read",
                "{\"masked\":true}");
    }
}

package io.holdpoint.gateway.authoring;

import io.holdpoint.gateway.policy.ApprovalDefaults;
import io.holdpoint.gateway.policy.PolicyContext;
import java.util.Optional;

/** What a policy is read with where no configuration is at hand: any flow and any approver may be there. */
public final class NeutralContext {

    public static final PolicyContext CONTEXT =
            new PolicyContext(ApprovalDefaults.standard(), Optional.empty(), Optional.empty());

    /** What therefore was not checked. */
    public static final String NOTE = "without a configuration: approvers and flows were not checked, and what rules"
            + " leave out has Holdpoint's own defaults";

    private NeutralContext() {}
}

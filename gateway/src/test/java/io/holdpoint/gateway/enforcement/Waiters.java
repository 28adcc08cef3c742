package io.holdpoint.gateway.enforcement;

import io.holdpoint.workflow.approval.ApprovalId;
import org.springframework.context.ApplicationContext;

/** Lets tests of the whole gateway see who waits for an approval. */
public final class Waiters {

    private Waiters() {}

    /** How many connections wait. */
    public static int of(ApplicationContext gateway, ApprovalId approval) {
        return gateway.getBean(HeldCalls.class).waiters(approval).size();
    }
}

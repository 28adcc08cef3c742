package io.holdpoint.gateway.enforcement;

import io.holdpoint.workflow.approval.ApprovalId;
import org.springframework.context.ApplicationContext;

/** Lets tests of the whole gateway see how many connections wait. */
public final class HeldConnections {

    private HeldConnections() {}

    public static int of(ApplicationContext gateway, ApprovalId approval) {
        return gateway.getBean(HeldCalls.class).waiters(approval).size();
    }
}

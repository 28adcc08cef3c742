package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import io.holdpoint.gateway.policy.RuleId;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalId;
import io.holdpoint.workflow.approval.Approvals;
import io.holdpoint.workflow.approval.Executions;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AwaitToolTests {

    private static final ApprovalId APPROVAL = new ApprovalId("apr_" + "0".repeat(26));

    @Test
    void anApprovalOfAnEarlierGrantOfTheSameNameLooksLikeNone() throws InterruptedException {
        Approvals approvals = mock();
        Executions executions = mock();
        Approval approval = mock();
        var workers = new HoldWorkers();
        try (var one = OneCall.with("approval_await", "{\"approval_id\":\"" + APPROVAL.value() + "\"}")) {
            given(approval.id()).willReturn(APPROVAL);
            given(approval.call()).willReturn(one.call().summary(new RuleId("/tools/x")));
            given(approvals.find(APPROVAL)).willReturn(Optional.of(approval));
            given(executions.grantState(APPROVAL)).willReturn(Optional.of("another state"));
            var tool = new AwaitTool(
                    approvals, executions, mock(Waiting.class), new HoldTime(HoldSettings.defaults()), workers);
            tool.take(one.call());
            workers.destroy(); // waits for the work
            assertThat(one.sent()).contains("There is no approval with this approval_id");
        }
    }
}

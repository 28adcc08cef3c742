package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.limit.Limits;
import io.holdpoint.gateway.mcp.MessageReader;
import io.holdpoint.gateway.upstream.Upstream;
import io.holdpoint.workflow.approval.Approvals;
import io.holdpoint.workflow.approval.Executions;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.vault.Vault;
import io.netty.channel.EventLoopGroup;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How calls are held: opened, waited for, and run once they are approved. */
@Configuration(proxyBeanMethods = false)
class HeldCallsConfiguration {

    @Bean
    HeldCalls heldCalls() {
        return new HeldCalls();
    }

    @Bean
    HoldTime holdTime(HoldSettings settings) {
        return new HoldTime(settings);
    }

    @Bean
    Holding holding(
            HoldWorkers workers,
            Busy busy,
            Learning learning,
            Limits limits,
            Approvals approvals,
            Executions executions,
            AuditLog audit,
            PlatformTransactionManager transactions,
            HoldSettings settings,
            Waiting waiting,
            Vault vault,
            Renewal renewal,
            Clock clock) {
        return new Holding(
                workers,
                busy,
                learning,
                limits,
                approvals,
                executions,
                audit,
                new TransactionTemplate(transactions),
                settings,
                waiting,
                new SamenessKey(vault.derive("holdpoint/sameness")),
                renewal,
                clock);
    }

    @Bean
    Waiting waiting(
            HeldCalls held,
            Approvals approvals,
            Executions executions,
            ApprovedCalls approved,
            Supplier<People> people,
            HoldTime holdTime,
            ExecutorService enforcementWorkers) {
        return new Waiting(held, approvals, executions, approved, new Verdicts(people), holdTime, enforcementWorkers);
    }

    @Bean
    ApprovalWatch approvalWatch(Limits limits, Waiting waiting, ExecutorService enforcementWorkers) {
        return new ApprovalWatch(limits, waiting, enforcementWorkers);
    }

    @Bean
    ApprovedCalls approvedCalls(
            NodeName node,
            Supplier<Grants> grants,
            Catalog catalog,
            Approvals approvals,
            Executions executions,
            Upstream upstream,
            EventLoopGroup loops,
            HeldCalls held,
            MessageReader reader,
            ExecutorService enforcementWorkers,
            ExecutorService approvedCallRunners,
            Clock clock) {
        return new ApprovedCalls(
                node.value(),
                grants,
                catalog,
                approvals,
                executions,
                upstream,
                loops,
                held,
                reader,
                enforcementWorkers,
                approvedCallRunners,
                clock);
    }
}

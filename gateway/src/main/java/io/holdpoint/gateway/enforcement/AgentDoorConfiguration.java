package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.listener.AgentListener;
import io.holdpoint.gateway.listener.AgentSettings;
import io.holdpoint.gateway.mcp.MessageReader;
import io.holdpoint.gateway.mcp.SessionSeal;
import io.holdpoint.workflow.approval.Approvals;
import io.holdpoint.workflow.approval.Executions;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.vault.Vault;
import io.netty.channel.EventLoopGroup;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Where agents come in: the listener, who they are, what they say, and to which room each request goes. */
@Configuration(proxyBeanMethods = false)
class AgentDoorConfiguration {

    @Bean
    SessionSeal sessionSeal(Vault vault) {
        return new SessionSeal(vault.derive("holdpoint/session"));
    }

    @Bean
    MessageReader messageReader(AgentSettings settings) {
        return new MessageReader(settings.maxDepth());
    }

    @Bean
    Refusals refusals(AuditLog audit, PlatformTransactionManager transactions) {
        return new Refusals(audit, new TransactionTemplate(transactions));
    }

    @Bean
    AwaitTool awaitTool(
            Approvals approvals, Executions executions, Waiting waiting, HoldTime holdTime, HoldWorkers workers) {
        return new AwaitTool(approvals, executions, waiting, holdTime, workers);
    }

    @Bean
    AgentDoor agentDoor(
            Supplier<Grants> grants,
            MessageReader reader,
            SessionSeal sessions,
            Catalog catalog,
            CallIds callIds,
            ToolCallGate gate,
            AwaitTool awaitTool,
            Forwarding forwarding,
            HeldCalls held,
            Refusals refusals,
            Clock clock) {
        return new AgentDoor(
                grants, reader, sessions, catalog, callIds, gate, awaitTool, forwarding, held, refusals, clock);
    }

    @Bean
    AgentListener agentListener(AgentSettings settings, AgentDoor door, EventLoopGroup loops) {
        return new AgentListener(settings, door, loops);
    }
}

package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.limit.Limits;
import io.holdpoint.gateway.mcp.AgentListener;
import io.holdpoint.gateway.mcp.AgentSettings;
import io.holdpoint.gateway.mcp.EventLoops;
import io.holdpoint.gateway.mcp.MessageReader;
import io.holdpoint.gateway.mcp.SessionSeal;
import io.holdpoint.gateway.upstream.Upstream;
import io.holdpoint.workflow.approval.Approvals;
import io.holdpoint.workflow.approval.Executions;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.vault.Vault;
import io.netty.channel.EventLoopGroup;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the enforcement point together, listener and servers' connections included. */
@Configuration(proxyBeanMethods = false)
class EnforcementConfiguration {

    private static final int WORKERS = 4;
    private static final int RUNNERS = 8;
    private static final int NODE_BYTES = 6;

    /** This gateway's name among those on one database; another one after every start. */
    record NodeName(String value) {}

    @Bean
    NodeName nodeName() {
        var bytes = new byte[NODE_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new NodeName(HexFormat.of().formatHex(bytes));
    }

    @Bean(destroyMethod = "")
    EventLoopGroup eventLoops() {
        return EventLoops.start();
    }

    /** By then the listener has stopped and nothing runs any more: no quiet period is needed. */
    @Bean
    DisposableBean eventLoopsEnd(EventLoopGroup loops) {
        return () -> loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService enforcementWorkers() {
        return new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new Thread(task, "enforcement"));
    }

    /** Run approved calls: they may wait for a server's definitions, so nothing else waits behind them. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService approvedCallRunners() {
        return new ThreadPoolExecutor(
                RUNNERS,
                RUNNERS,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new Thread(task, "approved-call"));
    }

    @Bean
    HoldWorkers holdWorkers() {
        return new HoldWorkers();
    }

    @Bean
    Limits limits(JdbcTemplate jdbc) {
        return new Limits(jdbc);
    }

    @Bean
    SessionSeal sessionSeal(Vault vault) {
        return new SessionSeal(vault.derive("holdpoint/session"));
    }

    @Bean
    MessageReader messageReader(AgentSettings settings) {
        return new MessageReader(settings.maxDepth());
    }

    @Bean
    HeldCalls heldCalls() {
        return new HeldCalls();
    }

    @Bean
    Admissions admissions(Limits limits, AuditLog audit, PlatformTransactionManager transactions, Clock clock) {
        return new Admissions(limits, audit, new TransactionTemplate(transactions), clock);
    }

    @Bean
    Refusals refusals(AuditLog audit, PlatformTransactionManager transactions) {
        return new Refusals(audit, new TransactionTemplate(transactions));
    }

    @Bean
    Forwarding forwarding(
            Upstream upstream,
            SessionSeal sessions,
            Limits limits,
            PlatformTransactionManager transactions,
            ExecutorService enforcementWorkers) {
        return new Forwarding(upstream, sessions, limits, new TransactionTemplate(transactions), enforcementWorkers);
    }

    @Bean
    ApprovedCalls approvedCalls(
            NodeName node,
            Supplier<Grants> grants,
            Catalog catalog,
            Approvals approvals,
            Executions executions,
            Limits limits,
            PlatformTransactionManager transactions,
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
                limits,
                new TransactionTemplate(transactions),
                upstream,
                loops,
                held,
                reader,
                enforcementWorkers,
                approvedCallRunners,
                clock);
    }

    @Bean
    Waiting waiting(
            HeldCalls held,
            Approvals approvals,
            Executions executions,
            ApprovedCalls approved,
            Supplier<People> people,
            HoldSettings settings,
            ExecutorService enforcementWorkers) {
        return new Waiting(
                held,
                approvals,
                executions,
                approved,
                new Verdicts(people),
                new HoldTime(settings),
                enforcementWorkers);
    }

    @Bean
    ApprovalWatch approvalWatch(Limits limits, Waiting waiting, ExecutorService enforcementWorkers) {
        return new ApprovalWatch(limits, waiting, enforcementWorkers);
    }

    @Bean
    Holding holding(
            HoldWorkers workers,
            Catalog catalog,
            Limits limits,
            Approvals approvals,
            Executions executions,
            AuditLog audit,
            PlatformTransactionManager transactions,
            HoldSettings settings,
            Waiting waiting,
            Vault vault,
            Clock clock) {
        return new Holding(
                workers,
                catalog,
                limits,
                approvals,
                executions,
                audit,
                new TransactionTemplate(transactions),
                settings,
                waiting,
                new SamenessKey(vault.derive("holdpoint/sameness")),
                clock);
    }

    @Bean
    AgentDoor agentDoor(
            NodeName node,
            Supplier<Grants> grants,
            MessageReader reader,
            SessionSeal sessions,
            Catalog catalog,
            Admissions admissions,
            Forwarding forwarding,
            Holding holding,
            Approvals approvals,
            Executions executions,
            Waiting waiting,
            HoldSettings settings,
            HoldWorkers workers,
            HeldCalls held,
            Refusals refusals,
            Clock clock) {
        return new AgentDoor(
                grants,
                reader,
                sessions,
                catalog,
                new CallIds(node.value()),
                new ToolCallGate(admissions, forwarding, holding),
                new AwaitTool(approvals, executions, waiting, new HoldTime(settings), workers),
                forwarding,
                held,
                refusals,
                clock);
    }

    @Bean
    Housekeeping housekeeping(
            NodeName node,
            JdbcTemplate jdbc,
            HoldSettings settings,
            Executions executions,
            ApprovedCalls approved,
            Waiting waiting,
            Refusals refusals,
            Limits limits,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new Housekeeping(
                new Nodes(jdbc, clock, settings.lease(), node.value()),
                executions,
                approved,
                waiting,
                refusals,
                limits,
                new TransactionTemplate(transactions),
                clock);
    }

    @Bean
    AgentListener agentListener(AgentSettings settings, AgentDoor door, EventLoopGroup loops) {
        return new AgentListener(settings, door, loops);
    }
}

package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.limit.Limits;
import io.holdpoint.gateway.mcp.SessionSeal;
import io.holdpoint.gateway.upstream.Upstream;
import io.holdpoint.workflow.audit.AuditLog;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The gate, and what a call that is not held goes through: limits and the log, and on to its server. */
@Configuration(proxyBeanMethods = false)
class GateConfiguration {

    @Bean
    Limits limits(JdbcTemplate jdbc) {
        return new Limits(jdbc);
    }

    @Bean
    Renewal renewal(Supplier<Grants> grants, Clock clock) {
        return new Renewal(grants, clock);
    }

    @Bean
    Busy busy(Refusals refusals) {
        return new Busy(refusals);
    }

    @Bean
    Learning learning(Catalog catalog, Renewal renewal, Busy busy) {
        return new Learning(catalog, renewal, busy);
    }

    @Bean
    Admissions admissions(
            Limits limits, AuditLog audit, PlatformTransactionManager transactions, Renewal renewal, Clock clock) {
        return new Admissions(limits, audit, new TransactionTemplate(transactions), renewal, clock);
    }

    @Bean
    Forwarding forwarding(
            Upstream upstream,
            SessionSeal sessions,
            Limits limits,
            PlatformTransactionManager transactions,
            Revocations revocations,
            ExecutorService enforcementWorkers) {
        return new Forwarding(
                upstream, sessions, limits, new TransactionTemplate(transactions), revocations, enforcementWorkers);
    }

    @Bean
    ToolCallGate toolCallGate(
            Learning learning, Admissions admissions, Forwarding forwarding, Holding holding, Clock clock) {
        return new ToolCallGate(learning, admissions, forwarding, holding, clock);
    }
}

package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.limit.Limits;
import io.holdpoint.workflow.approval.Executions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** This gateway as one of those on its database: its name, its sign of life and what it looks at again and again. */
@Configuration(proxyBeanMethods = false)
class NodeConfiguration {

    private static final int NAME_BYTES = 6;

    @Bean
    NodeName nodeName() {
        var bytes = new byte[NAME_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new NodeName(HexFormat.of().formatHex(bytes));
    }

    @Bean
    CallIds callIds(NodeName node) {
        return new CallIds(node.value());
    }

    @Bean
    Nodes nodes(JdbcTemplate jdbc, Clock clock, HoldSettings settings, NodeName node) {
        return new Nodes(jdbc, clock, settings.lease(), node.value());
    }

    @Bean
    Revocations revocations(Supplier<Grants> grants, Executions executions, Clock clock) {
        return new Revocations(grants, executions, clock);
    }

    @Bean
    Housekeeping housekeeping(
            Nodes nodes,
            Executions executions,
            ApprovedCalls approved,
            Waiting waiting,
            Revocations revocations,
            Refusals refusals,
            Limits limits,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new Housekeeping(
                nodes,
                executions,
                approved,
                waiting,
                revocations,
                refusals,
                limits,
                new TransactionTemplate(transactions),
                clock);
    }
}

package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.vault.Vault;
import java.time.Clock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Puts the room together. Wanted from outside: data source, transaction manager, {@link AuditLog}, {@link Vault},
 * a supplier of {@link People} as they are now, clock, {@link ApprovalSettings} and a {@link FlowEngine}.
 */
@Configuration(proxyBeanMethods = false)
public class ApprovalConfiguration {

    @Bean
    ApprovalRows approvalRows(DataSource dataSource, Vault vault) {
        return new ApprovalRows(JdbcClient.create(dataSource), vault);
    }

    @Bean
    ApprovalStates approvalStates(DataSource dataSource) {
        return new ApprovalStates(JdbcClient.create(dataSource));
    }

    @Bean
    HeldMessages heldMessages(DataSource dataSource, Vault vault) {
        return new HeldMessages(JdbcClient.create(dataSource), vault);
    }

    @Bean
    Outcomes approvalOutcomes(ApprovalRows rows, AuditLog audit, ApplicationEventPublisher events, Clock clock) {
        return new Outcomes(rows, audit, events, clock);
    }

    @Bean
    Steps approvalSteps(PlatformTransactionManager transactions) {
        return new Steps(transactions, System::nanoTime);
    }

    /** What the engine reports to; the engine needs it, it does not need the engine. */
    @Bean
    FlowEvents flowEvents(ApprovalRows rows, Outcomes outcomes, ApplicationEventPublisher events) {
        return new FlowProgress(rows, outcomes, events);
    }

    @Bean
    Approvals approvals(
            ApprovalRows rows,
            HeldMessages messages,
            FlowEngine flows,
            Outcomes outcomes,
            Steps steps,
            AuditLog audit,
            Supplier<People> people) {
        return new JdbcApprovals(rows, messages, flows, outcomes, steps, audit, people);
    }

    @Bean
    Executions executions(
            ApprovalRows rows,
            ApprovalStates states,
            HeldMessages messages,
            FlowEngine flows,
            Outcomes outcomes,
            Steps steps,
            AuditLog audit,
            Supplier<People> people,
            ApprovalSettings settings) {
        return new JdbcExecutions(rows, states, messages, flows, outcomes, steps, audit, people, settings);
    }
}

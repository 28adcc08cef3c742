package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.console.access.ConsoleSettings;
import io.holdpoint.gateway.console.access.Passwords;
import io.holdpoint.gateway.enforcement.HoldSettings;
import io.holdpoint.gateway.enforcement.NodeName;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.listener.AgentSettings;
import io.holdpoint.gateway.policy.PolicyContext;
import io.holdpoint.gateway.reload.PolicyVersions;
import io.holdpoint.gateway.reload.Reloads;
import io.holdpoint.gateway.upstream.ServerList;
import io.holdpoint.workflow.approval.ApprovalConfiguration;
import io.holdpoint.workflow.approval.ApprovalSettings;
import io.holdpoint.workflow.approval.camunda.CamundaConfiguration;
import io.holdpoint.workflow.audit.AuditConfiguration;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.audit.WorkingAlone;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.vault.Vault;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The parts of the checked configuration as beans, so that no other room knows of this one. What may change while the
 * program runs is a {@link Supplier}: ask it each time.
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@ConditionalOnBean(Configuration.class)
@Import({AuditConfiguration.class, ApprovalConfiguration.class, CamundaConfiguration.class})
class Wiring {

    @Bean
    AgentSettings agentSettings(Configuration configuration) {
        return configuration.agents();
    }

    @Bean
    ConsoleSettings consoleSettings(Configuration configuration) {
        return configuration.console();
    }

    @Bean
    HoldSettings holdSettings(Configuration configuration) {
        return configuration.holds();
    }

    @Bean
    ApprovalSettings approvalSettings(Configuration configuration) {
        return new ApprovalSettings(configuration.holds().keepResult(), configuration.retainArguments());
    }

    /** By this name the pages' layout asks for it. */
    @Bean
    WorkingAlone workingAlone(InForce inForce) {
        return () -> inForce.get().context().defaults().allowOwner();
    }

    @Bean
    Supplier<Grants> grants(InForce inForce) {
        return () -> inForce.get().grants();
    }

    @Bean
    Supplier<People> people(InForce inForce) {
        return () -> inForce.get().people();
    }

    @Bean
    Supplier<PolicyContext> policyContext(InForce inForce) {
        return () -> inForce.get().context();
    }

    @Bean
    Supplier<Passwords> passwords(InForce inForce) {
        return () -> inForce.get().passwords();
    }

    @Bean
    Vault vault(Configuration configuration) {
        return new Vault(configuration.dataKey());
    }

    @Bean
    InForce inForce(Configuration configuration) {
        return new InForce(configuration.reloadable());
    }

    @Bean
    ReloadLog reloadLog(
            NodeName node,
            AuditLog audit,
            PolicyVersions versions,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new ReloadLog(node.value(), audit, versions, new TransactionTemplate(transactions), clock);
    }

    @Bean
    StartEntry startEntry(Configuration configuration, ReloadLog reloadLog) {
        var version = Objects.requireNonNullElse(Wiring.class.getPackage().getImplementationVersion(), "unpackaged");
        return new StartEntry(() -> reloadLog.started(configuration.reloadable(), version));
    }

    @Bean
    Reloading reloading(
            Configuration configuration, InForce inForce, Reloads reloads, ReloadLog reloadLog, Clock clock) {
        return new Reloading(configuration.origin(), configuration.fixed(), inForce, reloads, reloadLog, clock);
    }

    @Bean
    ServerList serverList(InForce inForce) {
        return () -> inForce.get().servers().values();
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}

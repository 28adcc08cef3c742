package io.holdpoint.workflow.approval.camunda;

import io.holdpoint.workflow.approval.FlowEngine;
import io.holdpoint.workflow.approval.FlowEvents;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.spring.ProcessEngineFactoryBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** Embeds the engine: same database and transactions as the approvals it moves on, tables made by itself. */
@Configuration(proxyBeanMethods = false)
public class CamundaConfiguration {

    @Bean
    DefaultJobExecutor flowTimers() {
        return EngineSettings.timers();
    }

    @Bean
    FactsAtHand factsAtHand(FlowEvents events) {
        return new FactsAtHand(events);
    }

    @Bean
    @DependsOnDatabaseInitialization // Flyway refuses a schema in which somebody else was first
    ProcessEngineFactoryBean processEngine(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            DefaultJobExecutor timers,
            FlowEvents events,
            FactsAtHand facts) {
        var engine = new ProcessEngineFactoryBean();
        engine.setProcessEngineConfiguration(EngineSettings.of(dataSource, transactions, timers, events, facts));
        return engine;
    }

    @Bean
    FlowEngine flowEngine(
            ProcessEngine engine, FactsAtHand facts, DataSource dataSource, PlatformTransactionManager transactions) {
        EngineIndexes.create(dataSource);
        var flows = new CamundaFlows(engine, facts);
        flows.deployShipped();
        WarmUp.of(engine, flows, transactions);
        return flows;
    }

    @Bean
    FlowTimersLifecycle flowTimersLifecycle(DefaultJobExecutor timers, FlowEngine started) {
        return new FlowTimersLifecycle(timers);
    }
}

package io.holdpoint.workflow.approval.camunda;

import io.holdpoint.workflow.approval.FlowEvents;
import java.util.HashMap;
import java.util.List;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.springframework.transaction.PlatformTransactionManager;

/** The engine's settings (spec 06, Engine settings; measured: the defaults cost twice the CPU for each approval). */
final class EngineSettings {

    private static final int TIMER_THREADS = 4;
    private static final int TIMER_QUEUE = 10;

    private EngineSettings() {}

    static SpringProcessEngineConfiguration of(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            DefaultJobExecutor timers,
            FlowEvents events,
            FactsAtHand facts) {
        var settings = new SpringProcessEngineConfiguration();
        settings.setDataSource(dataSource);
        settings.setTransactionManager(transactions);
        settings.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        settings.setIdGenerator(new StrongUuidGenerator());
        settings.setJdbcBatchProcessing(true);
        settings.setJobExecutor(timers);
        settings.setJobExecutorActivate(false);
        keepLittle(settings);
        lockDown(settings, events, facts);
        return settings;
    }

    /** Looks every 250 ms for timers that are due, every second where none are; by default up to a minute passes. */
    static DefaultJobExecutor timers() {
        var timers = new DefaultJobExecutor();
        timers.setWaitTimeInMillis(250);
        timers.setMaxWait(1000);
        timers.setBackoffTimeInMillis(25);
        timers.setMaxBackoff(400);
        timers.setLockTimeInMillis(60_000);
        timers.setMaxJobsPerAcquisition(10);
        timers.setCorePoolSize(TIMER_THREADS);
        timers.setMaxPoolSize(TIMER_THREADS);
        timers.setQueueSize(TIMER_QUEUE);
        return timers;
    }

    /** The audit log is the record; the engine's history only shows where a flow went. */
    private static void keepLittle(SpringProcessEngineConfiguration settings) {
        settings.setHistory(ProcessEngineConfiguration.HISTORY_ACTIVITY);
        settings.setHistoryRemovalTimeStrategy(ProcessEngineConfiguration.HISTORY_REMOVAL_TIME_STRATEGY_START);
        settings.setHistoryTimeToLive("P30D");
        settings.setEnforceHistoryTimeToLive(true);
        settings.setHistoryCleanupBatchWindowStartTime("03:00");
        settings.setHistoryCleanupBatchWindowEndTime("05:00");
        settings.setMetricsEnabled(false);
        settings.setDbMetricsReporterActivate(false);
        settings.setTaskMetricsEnabled(false);
        // A lost race is repeated and a broken flow is logged by us; the engine would log both as errors.
        settings.setEnableCmdExceptionLogging(false);
    }

    /** A drawing is not code (spec 06, Locked down). */
    private static void lockDown(SpringProcessEngineConfiguration settings, FlowEvents events, FactsAtHand facts) {
        var delegates = ContractDelegates.all(events);
        settings.setBeans(new HashMap<>());
        settings.setExpressionManager(new ContractExpressions(delegates, facts));
        settings.setScriptEngineResolver(new NoScripts());
        settings.setEnableFetchScriptEngineFromProcessApplication(false);
        settings.setBpmnParseFactory(new CheckedParse.Factory(delegates.keySet()));
        settings.setCustomPreBPMNParseListeners(List.of(new FlowListeners(events)));
        settings.setEnableExpressionsInAdhocQueries(false);
        settings.setEnableExpressionsInStoredQueries(false);
        settings.setDeserializationTypeValidationEnabled(true);
        settings.setEnableXxeProcessing(false);
        settings.setCmmnEnabled(false);
        // DMN runs code in its expressions; it comes with the checker for tables.
        settings.setDmnEnabled(false);
    }
}

package io.holdpoint.workflow.approval.camunda;

import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.springframework.context.SmartLifecycle;

/** Timers run from when everything else has started until before anything else stops. */
final class FlowTimersLifecycle implements SmartLifecycle {

    private final JobExecutor timers;

    FlowTimersLifecycle(JobExecutor timers) {
        this.timers = timers;
    }

    @Override
    public void start() {
        timers.start();
    }

    @Override
    public void stop() {
        timers.shutdown();
    }

    @Override
    public boolean isRunning() {
        return timers.isActive();
    }

    @Override
    public int getPhase() {
        return DEFAULT_PHASE; // the last to start, the first to stop
    }
}

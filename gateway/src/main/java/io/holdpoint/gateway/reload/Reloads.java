package io.holdpoint.gateway.reload;

import io.holdpoint.gateway.document.Fault;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** How the last look at the files went, for the console and for metrics. Safe for any thread. */
public final class Reloads implements MeterBinder {

    private final AtomicLong refusals = new AtomicLong();
    private volatile Status status;

    /** @param startedAt since when what is in force is */
    public Reloads(Instant startedAt) {
        this.status = new Status(startedAt, startedAt, List.of(), List.of());
    }

    /**
     * What is in force, and what is not.
     *
     * @param inForceSince when what is in force was read
     * @param lookedAt when the files were last found changed
     * @param faults why what the files say now is not in force; empty if it is
     * @param afterRestart what the files say that only a restart brings into force
     */
    public record Status(Instant inForceSince, Instant lookedAt, List<Fault> faults, List<String> afterRestart) {

        public Status {
            Objects.requireNonNull(inForceSince);
            Objects.requireNonNull(lookedAt);
            faults = List.copyOf(faults);
            afterRestart = List.copyOf(afterRestart);
        }

        /** Whether the files say something that is not in force, so that an older reading still is. */
        public boolean isRefused() {
            return !faults.isEmpty();
        }
    }

    /** What the last look found; never null, and one whole even while another look ends. */
    public Status status() {
        return status;
    }

    /**
     * Notes that the files are in force as they are.
     *
     * @param at when they were looked at
     * @param changed whether that brought anything into force; if not, what is in force is as old as it was
     * @param afterRestart what they say that only a restart brings into force, by section
     */
    public void accepted(Instant at, boolean changed, List<String> afterRestart) {
        status = new Status(changed ? at : status.inForceSince(), at, List.of(), afterRestart);
    }

    /**
     * Notes that the files are not in force as they are, so that what was in force stays in force.
     *
     * @param at when they were looked at
     * @param faults why, at least one
     */
    public void refused(Instant at, List<Fault> faults) {
        refusals.incrementAndGet();
        status = new Status(status.inForceSince(), at, faults, status.afterRestart());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("holdpoint.reload.faults", refusals, AtomicLong::doubleValue)
                .description("Times that changed files did not come into force, for their faults or a failure")
                .register(registry);
        Gauge.builder("holdpoint.reload.refused", this, reloads -> reloads.status.isRefused() ? 1 : 0)
                .description("1 while changed files are not in force, so that an older reading of them is")
                .register(registry);
        Gauge.builder(
                        "holdpoint.reload.in.force.since",
                        this,
                        reloads -> reloads.status.inForceSince().getEpochSecond())
                .description("When what is in force was read")
                .baseUnit("seconds")
                .register(registry);
    }
}

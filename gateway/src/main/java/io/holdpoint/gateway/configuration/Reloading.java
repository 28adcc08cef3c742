package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.reload.PolicyVersions;
import io.holdpoint.gateway.reload.Reloads;
import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.audit.AuditLog;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings changed files into force while the program runs (spec 03, Faults). All of them are read as one: what is in
 * force always fits together. Files with faults change nothing. What comes into force is in the log before it counts.
 *
 * <p>The files are looked at twice a second instead of being watched (docs/decisions/0016): that sees renames, links
 * and mounted directories alike. One that is still being written is left alone until two looks agree.
 */
final class Reloading implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Reloading.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final int MOST_LOGGED = 20;
    private static final FilesSeen NOTHING = FilesSeen.of(List.of());

    private final Origin origin;
    private final Fixed fixed;
    private final InForce inForce;
    private final Reloads reloads;
    private final Record record;
    private final Clock clock;
    private volatile @Nullable ScheduledExecutorService thread;

    private Set<Path> files = new TreeSet<>();
    private FilesSeen before = NOTHING;
    private FilesSeen tried = NOTHING;
    private List<Fault> recorded = List.of();

    Reloading(Origin origin, Fixed fixed, InForce inForce, Reloads reloads, Record record, Clock clock) {
        this.origin = origin;
        this.fixed = fixed;
        this.inForce = inForce;
        this.reloads = reloads;
        this.record = record;
        this.clock = clock;
        files.add(origin.file());
    }

    /** Looks at the files once. Called by one thread at a time. */
    void look() {
        var now = FilesSeen.of(files);
        if (now.equals(tried)) {
            return;
        }
        if (!now.equals(before)) {
            before = now;
            return;
        }
        try {
            tried = now;
            reload();
        } catch (DataAccessException | TransactionException e) {
            log.warn("the changed files are not in force yet because that cannot be recorded: {}", e.toString());
            tried = NOTHING;
        }
    }

    private void reload() {
        var read = new TreeSet<Path>();
        try {
            accept(origin.read(read));
        } catch (FaultyDocument e) {
            refuse(e.faults());
        }
        if (!read.equals(files)) {
            // What the new ones looked like when they were read is not known, so they are read once more.
            files = read;
            tried = NOTHING;
        }
    }

    private void accept(ConfigurationReader.Again again) {
        var next = again.reloadable();
        var changes = Changes.between(inForce.get(), next);
        var afterRestart = fixed.sectionsThatDiffer(again.fixed());
        if (!changes.isEmpty()) {
            record.accepted(next, changes, clock);
            warnOfWhatIsNew(inForce.get(), next);
            inForce.exchange(next);
            log.info("reloaded: {}", String.join(", ", changes));
        }
        if (!afterRestart.isEmpty() && !afterRestart.equals(reloads.status().afterRestart())) {
            log.warn("changed, but only a restart brings it into force: {}", String.join(", ", afterRestart));
        }
        recorded = List.of();
        reloads.accepted(clock.instant(), !changes.isEmpty(), afterRestart);
    }

    private static void warnOfWhatIsNew(Reloadable was, Reloadable is) {
        is.warnings().stream()
                .filter(warning -> !was.warnings().contains(warning))
                .forEach(warning -> log.warn("{}", warning));
    }

    /** What could not be recorded is tried again at each look, though it is shown at once. */
    private void refuse(List<Fault> faults) {
        if (!faults.equals(reloads.status().faults())) {
            show(faults);
        }
        if (!faults.equals(recorded)) {
            record.refused(faults);
            recorded = faults;
        }
    }

    private void show(List<Fault> faults) {
        reloads.refused(clock.instant(), faults);
        log.error(
                "the changed files have {} {} and are not in force; what was, still is",
                faults.size(),
                faults.size() == 1 ? "fault" : "faults");
        faults.stream().limit(MOST_LOGGED).forEach(fault -> log.error("{}", fault));
    }

    /** Writes down what came into force, and what did not. */
    record Record(String node, AuditLog audit, PolicyVersions versions, TransactionTemplate transactions) {

        /** What the program starts with; without this entry nothing starts. */
        void started(Reloadable first, AuditEntry.GatewayStarted entry, Clock clock) {
            write(first, entry, clock);
        }

        void accepted(Reloadable next, List<String> changes, Clock clock) {
            write(next, new AuditEntry.ConfigurationReloaded(node, next.policyHashes(), changes), clock);
        }

        void refused(List<Fault> faults) {
            var shown = faults.stream().limit(MOST_LOGGED).map(Fault::toString).toList();
            transactions.executeWithoutResult(
                    status -> audit.append(new AuditEntry.ConfigurationRefused(node, faults.size(), shown)));
        }

        private void write(Reloadable reading, AuditEntry entry, Clock clock) {
            try {
                writeOnce(reading, entry, clock);
            } catch (DuplicateKeyException e) {
                // Another node read the same files at the same moment; now it is kept.
                writeOnce(reading, entry, clock);
            }
        }

        private void writeOnce(Reloadable reading, AuditEntry entry, Clock clock) {
            transactions.executeWithoutResult(status -> {
                keep(reading, clock);
                audit.append(entry);
            });
        }

        private void keep(Reloadable reading, Clock clock) {
            reading.policies()
                    .forEach(
                            (name, file) -> versions.keep(name, file.policy().sha256(), file.bytes(), clock.instant()));
        }
    }

    @Override
    public void start() {
        var looking = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "reloading"));
        var pause = BETWEEN_LOOKS.toMillis();
        looking.scheduleWithFixedDelay(this::guardedLook, pause, pause, TimeUnit.MILLISECONDS);
        thread = looking;
    }

    /** The next look may take a grant back, so it comes whatever this one throws. */
    private void guardedLook() {
        try {
            look();
        } catch (Throwable e) {
            // The edge of the thread: after an Error of a huge file the scheduler would never look again.
            log.error("the changed files could not be read, and what was in force still is", e);
        }
    }

    /** Waits for a look that is under way: an interrupt inside H2 would close the database's file for everybody. */
    @Override
    public void stop() {
        var looking = thread;
        thread = null;
        if (looking != null) {
            looking.shutdown();
            try {
                looking.awaitTermination(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}

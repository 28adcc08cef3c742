package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.reload.Reloads;
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
import org.springframework.transaction.TransactionException;

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
    private static final String UNCHANGED = "the files have no faults any more; what is in force is unchanged";
    private static final FilesSeen NOTHING = FilesSeen.of(List.of());

    private final Origin origin;
    private final Fixed fixed;
    private final InForce inForce;
    private final Reloads reloads;
    private final ReloadLog reloadLog;
    private final Clock clock;
    private volatile @Nullable ScheduledExecutorService thread;

    private Set<Path> files = new TreeSet<>();
    private FilesSeen before = NOTHING;
    private FilesSeen tried = NOTHING;
    private List<Fault> recorded = List.of();

    Reloading(Origin origin, Fixed fixed, InForce inForce, Reloads reloads, ReloadLog reloadLog, Clock clock) {
        this.origin = origin;
        this.fixed = fixed;
        this.inForce = inForce;
        this.reloads = reloads;
        this.reloadLog = reloadLog;
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
        tried = now;
        try {
            reload(now);
        } catch (DataAccessException | TransactionException e) {
            notYet("cannot be recorded in the database; mend the database", e);
        } catch (Throwable e) {
            // An Error of a huge file, too: the change may take a grant back, so it must not be forgotten.
            notYet(
                    "could not be brought into force (%s); see the log for why"
                            .formatted(e.getClass().getSimpleName()),
                    e);
        }
    }

    private void reload(FilesSeen seen) {
        var read = new TreeSet<Path>();
        try {
            var again = origin.read(read);
            if (isOfOneMoment(seen, read)) {
                accept(again);
            }
        } catch (FaultyDocument e) {
            if (isOfOneMoment(seen, read)) {
                refuse(e.faults());
            }
        }
    }

    /**
     * Whether the files that were read are those that were seen before, unchanged. If not, the first may be of one
     * version and the last of the next, so nothing is made of them and they are read once more.
     */
    private boolean isOfOneMoment(FilesSeen seen, Set<Path> read) {
        var after = FilesSeen.of(read);
        if (after.equals(seen)) {
            return true;
        }
        files = read;
        before = after;
        tried = NOTHING;
        return false;
    }

    private void accept(ConfigurationReader.Again again) {
        var next = again.reloadable();
        var changes = Changes.between(inForce.get(), next);
        if (!changes.isEmpty()) {
            reloadLog.accepted(next, changes);
            warnOfWhatIsNew(inForce.get(), next);
            inForce.exchange(next);
            log.info("reloaded: {}", String.join(", ", changes));
        } else {
            unchanged(next);
        }
        recorded = List.of();
        reloads.accepted(clock.instant(), !changes.isEmpty(), afterRestart(again.fixed()));
    }

    /** Without this, what is written last would be a refusal that does not hold any more. */
    private void unchanged(Reloadable next) {
        if (!recorded.isEmpty()) {
            reloadLog.accepted(next, List.of(UNCHANGED));
        }
        if (reloads.status().isRefused()) {
            log.info("reloaded: {}", UNCHANGED);
        }
    }

    private List<String> afterRestart(Fixed read) {
        var sections = fixed.sectionsThatDiffer(read);
        if (!sections.isEmpty() && !sections.equals(reloads.status().afterRestart())) {
            log.warn("changed, but only a restart brings it into force: {}", String.join(", ", sections));
        }
        return sections;
    }

    private static void warnOfWhatIsNew(Reloadable was, Reloadable is) {
        is.warnings().stream()
                .filter(warning -> !was.warnings().contains(warning))
                .forEach(warning -> log.warn("{}", warning));
    }

    /** What could not be recorded is tried again at each look, though it is shown at once. */
    private void refuse(List<Fault> faults) {
        boolean areNew = !faults.equals(reloads.status().faults());
        if (areNew) {
            show(faults);
        }
        if (faults.equals(recorded)) {
            return;
        }
        try {
            reloadLog.refused(faults);
            recorded = faults;
        } catch (DataAccessException | TransactionException e) {
            if (areNew) {
                log.warn("that the changed files are refused cannot be recorded yet: {}", e.toString());
            }
            tried = NOTHING;
        }
    }

    /** The files are good as far as is known, and still not in force. */
    private void notYet(String why, Throwable cause) {
        tried = NOTHING;
        var message = "this file or one that it names changed, but %s, it is tried again twice a second".formatted(why);
        var faults = List.of(new Fault(origin.file().toString(), 1, "", message));
        if (!faults.equals(reloads.status().faults())) {
            show(faults);
            log.error("why the changed files are not in force", cause);
        }
    }

    private void show(List<Fault> faults) {
        reloads.refused(clock.instant(), faults);
        log.error(
                "the changed files have {} {} and are not in force; what was, still is",
                faults.size(),
                faults.size() == 1 ? "fault" : "faults");
        faults.stream().limit(ReloadLog.MOST_FAULTS).forEach(fault -> log.error("{}", fault));
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
            // The edge of the thread: after what it throws the scheduler would never look again.
            log.error("the files could not be looked at, and what was in force still is", e);
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

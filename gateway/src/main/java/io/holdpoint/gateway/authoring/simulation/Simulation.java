package io.holdpoint.gateway.authoring.simulation;

import io.holdpoint.gateway.mcp.ArgumentTree;
import io.holdpoint.gateway.policy.Call;
import io.holdpoint.gateway.policy.Charge;
import io.holdpoint.gateway.policy.Decision;
import io.holdpoint.gateway.policy.Forecast;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.policy.RuleId;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.audit.CallHistory;
import io.holdpoint.workflow.audit.PastCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Audited calls against a new policy: what would change. Arguments count where their values were kept; where they were
 * not, an answer is given only if it is the same whatever they were. One thread, one period, used once.
 */
public final class Simulation {

    static final String NO_ARGUMENTS = "its arguments were not kept";
    static final String NO_RISK = "its tool's risk class is not known";
    static final String NO_COUNT = "a limit's count cannot be told";
    static final String NOT_THE_POLICY = "the gateway refused it for reasons of its own";

    private static final long MOST_CALLS = 1_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What a policy decides by where no rule of it does. */
    private static final Set<RuleId> WITHOUT_RULE =
            Set.of(RuleId.NO_POLICY, RuleId.HIDDEN, RuleId.DEFAULT_DENY, RuleId.DEFAULT_ALLOW);

    private static final Pattern HOLDING = Pattern.compile(".*/require_approval(/[0-9]+)?");

    private final Policy policy;
    private final Risks risks;
    private final Clock clock;
    private final ReplayedCounters counters = new ReplayedCounters();
    private final SimulationTotals totals = new SimulationTotals();
    private Instant deadline = Instant.MAX;
    private Instant readUntil = Instant.EPOCH;
    private boolean stopped;

    /** The class of a tool, where somebody knows it. */
    public interface Risks {

        /** Nobody knows any. */
        Risks UNKNOWN = (server, tool) -> Optional.empty();

        Optional<Risk> of(String server, String tool);
    }

    /** @param risks what the catalogue knows of tools */
    public Simulation(Policy policy, Risks risks, Clock clock) {
        this.policy = policy;
        this.risks = risks;
        this.clock = clock;
    }

    /**
     * Judges the calls of a period.
     *
     * @param file the policy's name, to be named in the answer
     */
    public Simulated run(String file, CallHistory history, CallHistory.Span span) {
        deadline = clock.instant().plus(PATIENCE);
        readUntil = span.since();
        history.forEach(span, new CallHistory.Reader() {
            @Override
            public boolean take(PastCall call) {
                judge(call);
                readUntil = call.time();
                return goesOn();
            }

            @Override
            public boolean goesOn() {
                stopped = totals.calls() >= MOST_CALLS || clock.instant().isAfter(deadline);
                return !stopped;
            }
        });
        var begins = history.begins();
        return totals.answer(
                file, policy.sha256(), span, stopped ? readUntil : span.until(), begins, notes(span, begins));
    }

    private void judge(PastCall call) {
        var forecasts = forecasts(call);
        if (isRefusedByGateway(call)) {
            notJudged(call, forecasts, NOT_THE_POLICY);
        } else if (forecasts.stream().map(Simulation::essence).distinct().count() > 1) {
            notJudged(call, forecasts, NO_RISK);
        } else {
            decide(call, forecasts.get(0));
        }
    }

    /** It may have counted all the same. */
    private void notJudged(PastCall call, List<Forecast> forecasts, String why) {
        forecasts.stream()
                .filter(forecast -> !forecast.passes().isEmpty())
                .forEach(forecast -> counters.take(call, forecast.uses(), true));
        totals.notJudged(call, why);
    }

    /** As a policy's own rules never refuse: by a word of the gateway's, or although a rule held the call. */
    private static boolean isRefusedByGateway(PastCall call) {
        var refused = call.decision().equals("deny") || call.decision().equals("limit");
        var isWord = call.rule().startsWith("(") && !WITHOUT_RULE.contains(new RuleId(call.rule()));
        return refused && (isWord || HOLDING.matcher(call.rule()).matches());
    }

    private void decide(PastCall call, Forecast forecast) {
        var words = forecast.words();
        var mayBeDenied = forecast.refusal().isPresent();
        if (forecast.passes().isEmpty()) {
            totals.judged(call, forecast.refusal().orElseThrow());
            return;
        }
        var answer = counters.take(call, forecast.uses(), mayBeDenied || mayBeHeld(forecast));
        if (answer.room() == ReplayedCounters.Room.NO && !mayBeDenied) {
            totals.judged(call, limit(answer.usedUp().orElseThrow()));
        } else if (words.size() > 1 || answer.room() == ReplayedCounters.Room.NO) {
            totals.notJudged(call, NO_ARGUMENTS);
        } else if (answer.room() == ReplayedCounters.Room.UNKNOWN) {
            totals.notJudged(call, NO_COUNT);
        } else {
            totals.judged(call, forecast.passes().get(0));
        }
    }

    /** What people do not approve gives back what it used, and nobody knows what they would have said. */
    private static boolean mayBeHeld(Forecast forecast) {
        return forecast.passes().stream().anyMatch(Decision.Hold.class::isInstance);
    }

    private static Decision.Limit limit(Charge charge) {
        return new Decision.Limit(charge.rule(), charge.onDeny(), Optional.empty());
    }

    /**
     * One, or one for each class the tool may be of. The class that a held call's entry remembers is what the policy of
     * that time made of it, perhaps by a {@code risk} of its own, so it says nothing of what a new one is asked.
     */
    private List<Forecast> forecasts(PastCall call) {
        // Arguments that cannot be read are as good as none that were kept.
        var arguments = call.arguments().flatMap(ArgumentTree::stored);
        var risk = risks.of(call.server(), call.tool());
        if (risk.isPresent() || !policy.asksForRisk(call.tool())) {
            return List.of(forecast(call, arguments, risk.orElse(Risk.HIGH)));
        }
        return Arrays.stream(Risk.values())
                .map(each -> forecast(call, arguments, each))
                .toList();
    }

    private Forecast forecast(PastCall call, Optional<ObjectNode> arguments, Risk risk) {
        return arguments
                .map(known -> Forecast.of(policy.judge(new Call(call.server(), call.tool(), known, risk))))
                .orElseGet(() -> policy.forecast(call.server(), call.tool(), risk));
    }

    /** What has to be alike for the risk class not to matter. */
    private static List<Object> essence(Forecast forecast) {
        return List.of(forecast.words(), forecast.uses());
    }

    private List<String> notes(CallHistory.Span span, Optional<Instant> begins) {
        var notes = new ArrayList<String>();
        notes.add(
                "Arguments are kept of held calls only, as long as audit values are; of other calls just what does not"
                        + " depend on arguments is judged.");
        notes.add(
                "Limits are counted from the beginning of the period, over the calls looked at. What would be held may"
                        + " count or not, as people decide; what would be allowed counts, for the log does not say where"
                        + " a server did nothing. The log knows no sessions: a limit for each session is judged where its grant's calls together"
                        + " settle it.");
        if (begins.isEmpty()) {
            notes.add("The log is empty.");
        } else if (begins.get().isAfter(span.since())) {
            notes.add("The log begins at " + begins.get() + ", within the period.");
        }
        if (stopped) {
            notes.add("Stopped at %s after %d calls; ask for a shorter period to see the rest."
                    .formatted(readUntil, totals.calls()));
        }
        return notes;
    }
}

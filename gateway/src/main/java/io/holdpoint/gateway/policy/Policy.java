package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.document.DocumentReader;
import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.policy.argument.Redaction;
import io.holdpoint.gateway.policy.argument.Steps;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.Sha256;
import io.holdpoint.workflow.approval.ApprovalTerms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** One policy document, checked and ready to decide. Immutable and safe for any thread. */
public final class Policy {

    private final String file;
    private final String sha256;
    private final Rules rules;

    private Policy(String file, String sha256, Rules rules) {
        this.file = file;
        this.sha256 = sha256;
        this.rules = rules;
    }

    /**
     * Reads and checks a policy document (spec 03, Grammar).
     *
     * @param file its name, for messages; {@code .json} is read as JSON, anything else as YAML
     * @throws io.holdpoint.gateway.document.FaultyDocument with all its faults at once
     */
    public static Policy read(String file, byte[] bytes, PolicyContext context) {
        var faults = new Faults();
        var policy = read(file, bytes, context, faults);
        faults.throwIfAny();
        return policy.orElseThrow();
    }

    /**
     * The same, for whoever has more to check: with faults the policy has only what could be read, and must not decide.
     *
     * @param faults what is wrong is added to them
     * @throws io.holdpoint.gateway.document.FaultyDocument if nothing could be read at all
     */
    public static Optional<Policy> read(String file, byte[] bytes, PolicyContext context, Faults faults) {
        return DocumentReader.read(file, bytes, faults)
                .flatMap(document -> new PolicyReader(faults, context).read(document))
                .map(rules -> new Policy(file, Sha256.hex(bytes), rules));
    }

    /** The name it was read under. */
    public String file() {
        return file;
    }

    /** SHA-256 of the document's bytes, lower-case hex. */
    public String sha256() {
        return sha256;
    }

    /**
     * What the document says about a call, limits not yet counted. Takes microseconds, with long arguments a third of a
     * second at most: conditions it would take longer for cannot be judged. Does no I/O.
     */
    public Decision.Judgement judge(Call call) {
        return new Judge(rules, call).judge();
    }

    /** The same in a tenth of the time at most; empty if that does not suffice for every condition. */
    public Optional<Decision.Judgement> judgeBriefly(Call call) {
        var steps = new Steps(Steps.OF_SHADOW);
        var judgement = new Judge(rules, call, steps).judge();
        return steps.ranOut() ? Optional.empty() : Optional.of(judgement);
    }

    /** The same for a call that its limits let through before: they are not asked again (spec 04, Execution). */
    public Decision judgeAgain(Call call) {
        return new Judge(rules, call).judgeAgain();
    }

    /** What the document says about a tool before there is a call with arguments. Does no I/O. */
    public ToolStanding standing(String tool, Risk catalogued) {
        return new StandingReader(rules, tool, catalogued).read();
    }

    /** What the document says about a call whose arguments nobody knows any more. Pure, as {@link #judge} is. */
    public Forecast forecast(String server, String tool, Risk risk) {
        return Forecaster.forecast(rules, server, tool, risk);
    }

    /**
     * What {@link #judge} says of a call, and each step that leads there (spec 03, {@code policy explain}). Secrets
     * are masked as {@link #redaction} masks them.
     */
    public Explanation explain(Call call) {
        return new Explainer(rules, call, redaction(call.tool())).explain();
    }

    /**
     * The same, with what the tool's schema marks as secret masked too.
     *
     * @param inputSchema the tool's; missing where it is not known
     */
    public Explanation explain(Call call, JsonNode inputSchema) {
        return new Explainer(rules, call, redaction(call.tool()).withSchema(inputSchema)).explain();
    }

    /** What the policy is made of, to be compared with what a server has. */
    public PolicyOutline outline() {
        return new PolicyOutline(rules);
    }

    /** Whether a tool stays in {@code tools/list} (spec 03, {@code hide} and {@code list}). */
    public boolean lists(String tool, Risk risk) {
        return rules.lists(tool, risk(tool, risk));
    }

    /**
     * Whether the decision about this tool may depend on its risk class in the catalogue ({@code by_risk}): it is not
     * hidden, no rule has its name, and no {@code risk} of the rule for every tool says its class.
     */
    public boolean asksForRisk(String tool) {
        return !rules.byRisk().isEmpty()
                && !rules.hides(tool)
                && rules.named(tool).isEmpty()
                && rules.risk(tool).isEmpty();
    }

    /** Whether any rule can hold a call. */
    public boolean canHold() {
        return allRules().anyMatch(rule -> !rule.holds().isEmpty());
    }

    /** The tool's risk class: the rule's {@code risk}, else the catalogue's. */
    public Risk risk(String tool, Risk catalogued) {
        return rules.risk(tool).orElse(catalogued);
    }

    /**
     * All terms under which a call could be held, for checks of who could approve. Where the risk class is not written
     * in the rule, the terms are those of the class that asks for least assurance.
     */
    public List<HoldRule> holdRules() {
        var holds = new ArrayList<HoldRule>();
        for (var rule : allRules().toList()) {
            rule.holds().forEach(hold -> holds.add(holdRule(rule, hold, terms(rule, hold))));
        }
        holds.sort(Comparator.comparingInt(HoldRule::line));
        return List.copyOf(holds);
    }

    /**
     * The terms under which calls of one tool could be held: where the risk class is not written in the rule, those of its
     * class in the catalogue.
     */
    public List<HoldRule> holdRules(String tool, Risk catalogued) {
        var counting = RulesForTool.of(rules, tool, catalogued);
        return counting.byName().isPresent()
                ? List.of()
                : counting.applying().stream()
                        .flatMap(rule ->
                                rule.holds().stream().map(hold -> holdRule(rule, hold, hold.terms(counting.risk()))))
                        .toList();
    }

    private static HoldRule holdRule(ToolRule rule, HoldEntry hold, ApprovalTerms terms) {
        return new HoldRule(rule.name(), hold.rule(), hold.line(), hold.path(), terms);
    }

    /** What is masked in a tool's arguments by this policy and by name; its schema may add to it. */
    public Redaction redaction(String tool) {
        return Redaction.of(rules.possible(tool).stream()
                .flatMap(rule -> rule.redact().stream())
                .toList());
    }

    /**
     * How much of a tool's arguments the rule lets into channels; empty leaves it to the installation. Nothing asks yet, as
     * there are no notifications; policies may say it already.
     */
    public Optional<ChannelArgs> channelArgs(String tool) {
        var own = rules.named(tool).flatMap(ToolRule::channelArgs);
        return own.isPresent()
                ? own
                : rules.possible(tool).stream()
                        .flatMap(rule -> rule.channelArgs().stream())
                        .max(Comparator.naturalOrder());
    }

    private Stream<ToolRule> allRules() {
        return Stream.concat(rules.tools().values().stream(), rules.byRisk().values().stream());
    }

    private ApprovalTerms terms(ToolRule rule, HoldEntry hold) {
        var risk = rule.risk().or(() -> rules.classOf(rule));
        return risk.map(hold.terms()::get)
                .orElseGet(() -> hold.terms().values().stream()
                        .min(Comparator.comparing(ApprovalTerms::minAssurance))
                        .orElseThrow());
    }

    /**
     * A {@code require_approval} entry and where it stands.
     *
     * @param tool the key it stands under: a tool's name, a glob, {@code *} or a risk class; or the tools it is looked at for
     * @param path where it stands, as faults write it: {@code tools.delete_study.require_approval[0]}
     */
    public record HoldRule(String tool, RuleId rule, int line, String path, ApprovalTerms terms) {
        public HoldRule {
            Objects.requireNonNull(tool);
            Objects.requireNonNull(rule);
            Objects.requireNonNull(path);
            Objects.requireNonNull(terms);
        }

        /** The same, looked at for these tools. */
        public HoldRule of(String tools) {
            return new HoldRule(tools, rule, line, path, terms);
        }
    }
}

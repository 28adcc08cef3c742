package io.holdpoint.gateway.policy;

import io.holdpoint.workflow.Risk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules of a policy, found by the name of a tool. Immutable. */
final class Rules {

    /** The key of the rule that counts for every tool in addition to its own. */
    static final String ALL = "*";

    /** Longer beats shorter; the order of keys in a document means nothing, so the alphabet breaks ties. */
    private static final Comparator<String> FIRST_COUNTS =
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

    private final boolean allowsUnlisted;
    private final int defaultLine;
    private final boolean listsAll;
    private final List<LimitRule> allTools;
    private final Map<String, ToolRule> tools;
    private final Map<Risk, ToolRule> byRisk;
    private final List<HideEntry> hideEntries;
    private final Patterns<HideEntry> hidden;
    private final Patterns<ToolRule> globs;
    private final Map<String, ToolRule> byPlainName = new HashMap<>();

    /** Globs as they are written, and as they are with look-alikes taken for what they look like. */
    private record Patterns<T>(NameIndex<T> exactly, NameIndex<T> plainly) {
        static <T> Patterns<T> of(List<NameIndex.Entry<T>> entries) {
            return new Patterns<>(
                    new NameIndex<>(entries),
                    new NameIndex<>(entries.stream()
                            .map(entry -> new NameIndex.Entry<>(
                                    new Glob(PlainName.of(entry.glob().pattern())), entry.value()))
                            .toList()));
        }
    }

    Rules(
            boolean allowsUnlisted,
            int defaultLine,
            boolean listsAll,
            List<HideEntry> hidden,
            List<LimitRule> allTools,
            Map<String, ToolRule> tools,
            Map<Risk, ToolRule> byRisk) {
        this.allowsUnlisted = allowsUnlisted;
        this.defaultLine = defaultLine;
        this.listsAll = listsAll;
        this.hideEntries = List.copyOf(hidden);
        this.hidden = Patterns.of(hidden.stream()
                .map(entry -> new NameIndex.Entry<>(entry.glob(), entry))
                .toList());
        this.allTools = List.copyOf(allTools);
        this.tools = Map.copyOf(tools);
        this.byRisk = Map.copyOf(byRisk);
        this.globs = Patterns.of(tools.values().stream()
                .filter(rule -> !rule.name().equals(ALL))
                .map(rule -> new NameIndex.Entry<>(new Glob(rule.name()), rule))
                .filter(entry -> !entry.glob().isExact())
                .sorted(Comparator.comparing(entry -> entry.glob().pattern(), FIRST_COUNTS))
                .toList());
        tools.values().stream()
                .filter(rule -> new Glob(rule.name()).isExact())
                .forEach(rule -> byPlainName.put(PlainName.of(rule.name()), rule));
    }

    boolean allowsUnlisted() {
        return allowsUnlisted;
    }

    /** Where {@code default} stands. */
    int defaultLine() {
        return defaultLine;
    }

    List<HideEntry> hideEntries() {
        return hideEntries;
    }

    List<LimitRule> allTools() {
        return allTools;
    }

    Map<String, ToolRule> tools() {
        return tools;
    }

    Map<Risk, ToolRule> byRisk() {
        return byRisk;
    }

    /** {@code tools["*"]}. */
    Optional<ToolRule> everyTool() {
        return Optional.ofNullable(tools.get(ALL));
    }

    /** The tool's own rule, by its name: exact beats glob, longer beats shorter. */
    Optional<ToolRule> named(String tool) {
        var exact = Optional.ofNullable(tool.equals(ALL) ? null : tools.get(tool));
        return exact.isPresent() ? exact : globs.exactly().first(tool);
    }

    /** The tool's own rule, or else that of its risk class. */
    Optional<ToolRule> own(String tool, Risk risk) {
        return named(tool).or(() -> Optional.ofNullable(byRisk.get(risk)));
    }

    /** The class the tool's own rule gives it, or else the rule for every tool. */
    Optional<Risk> risk(String tool) {
        return applying(named(tool)).stream()
                .flatMap(rule -> rule.risk().stream())
                .findFirst();
    }

    /** The risk class a rule stands under in {@code by_risk}, if it does. */
    Optional<Risk> classOf(ToolRule rule) {
        return byRisk.entrySet().stream()
                .filter(entry -> entry.getValue() == rule)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** All rules that count for a tool, its own first. */
    List<ToolRule> applying(Optional<ToolRule> own) {
        return Stream.concat(own.stream(), everyTool().stream()).toList();
    }

    /** All rules that could count for a tool whose risk class is not known. */
    List<ToolRule> possible(String tool) {
        var own = named(tool);
        var rules = new ArrayList<>(applying(own));
        if (own.isEmpty()) {
            rules.addAll(byRisk.values());
        }
        return rules;
    }

    boolean hides(String tool) {
        return hiding(tool).isPresent();
    }

    /** The entry that hides a tool: the first that matches its name, or else what its name looks like. */
    Optional<HideEntry> hiding(String tool) {
        return hidden.exactly().first(tool).or(() -> hidden.plainly().first(PlainName.of(tool)));
    }

    /** The globs that match a tool, the one that counts first. */
    List<String> globsFor(String tool) {
        return globs.exactly().all(tool).stream().map(ToolRule::name).toList();
    }

    boolean lists(String tool, Risk risk) {
        return !hides(tool) && (listsAll || allowsUnlisted || own(tool, risk).isPresent());
    }

    /**
     * The rule a name was perhaps made to get round: the name is not the rule's, but a server that trims, folds case or
     * drops invisible characters would take it for one that is.
     */
    Optional<ToolRule> imitated(String tool) {
        if (tools.containsKey(tool)) {
            return Optional.empty();
        }
        var plain = PlainName.of(tool);
        var meant = Optional.ofNullable(byPlainName.get(plain))
                .or(() -> globs.plainly().first(plain));
        return meant.filter(rule -> named(tool).filter(own -> own == rule).isEmpty());
    }
}

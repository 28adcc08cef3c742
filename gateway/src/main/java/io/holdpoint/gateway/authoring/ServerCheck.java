package io.holdpoint.gateway.authoring;

import io.holdpoint.gateway.catalog.Definition;
import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.Nearest;
import io.holdpoint.gateway.policy.ArgumentUse;
import io.holdpoint.gateway.policy.ArgumentUse.Purpose;
import io.holdpoint.gateway.policy.NameUse;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.workflow.Risk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds a policy beside the tools a server offers. Nothing it finds is a fault: a server may change its tools. */
public final class ServerCheck {

    private static final int MOST_NAMES = 20;

    private final Policy policy;
    private final String server;
    private final Map<String, Definition> tools = new LinkedHashMap<>();

    /** The tools that each key of {@code tools:} serves. */
    private final Map<String, List<Definition>> served = new HashMap<>();

    private final List<Fault> found = new ArrayList<>();

    private ServerCheck(Policy policy, String server, List<Definition> tools) {
        this.policy = policy;
        this.server = server;
        tools.forEach(tool -> this.tools.put(tool.tool(), tool));
        this.tools
                .values()
                .forEach(tool -> policy.outline()
                        .keyFor(tool.tool())
                        .ifPresent(key -> served.computeIfAbsent(key, any -> new ArrayList<>())
                                .add(tool)));
    }

    /**
     * What was found.
     *
     * @param warnings what should be looked at, in the order of their lines
     * @param notes what is good to know
     */
    public record Result(List<Fault> warnings, List<String> notes) {

        public Result {
            warnings = List.copyOf(warnings);
            notes = List.copyOf(notes);
        }
    }

    /** @param server its name, for messages */
    public static Result of(Policy policy, String server, List<Definition> tools) {
        var check = new ServerCheck(policy, server, tools);
        policy.outline().names().forEach(check::name);
        policy.outline().arguments().forEach(check::argument);
        check.rulesForMany();
        var notes = check.unmentioned();
        return new Result(sorted(check.found), notes);
    }

    /**
     * The entries that may hold these tools, with the terms of the tools' own classes and said of the tools. Those of the
     * policy alone are of the class that asks for least, so they tell less.
     */
    public static List<Policy.HoldRule> held(Policy policy, List<Definition> tools) {
        var names = new LinkedHashMap<Policy.HoldRule, List<String>>();
        tools.forEach(tool -> policy.holdRules(tool.tool(), tool.risk())
                .forEach(rule -> names.computeIfAbsent(rule, any -> new ArrayList<>())
                        .add(classified(tool.tool(), policy.risk(tool.tool(), tool.risk())))));
        return names.entrySet().stream()
                .map(entry -> entry.getKey().of(shortened(entry.getValue())))
                .toList();
    }

    /** {@code delete_study (Critical)}. */
    public static String classified(String tool, Risk risk) {
        return "%s (%s)".formatted(tool, risk.label());
    }

    private void name(NameUse use) {
        if (use.isGlob() ? tools.keySet().stream().noneMatch(use::matches) : !tools.containsKey(use.name())) {
            var what = use.isGlob()
                    ? "matches no tool of " + server
                    : "is no tool of " + server + Nearest.advice(use.name(), tools.keySet());
            warn(use.line(), "%s: %s %s".formatted(use.rule(), use.name(), what));
        }
    }

    /**
     * A rule for every tool, or for a class of them, is meant for some of them only: it is doubted where it fits none,
     * and where it denies calls of those it does not fit.
     */
    private void rulesForMany() {
        var outline = policy.outline();
        var reached = tools.values().stream()
                .filter(tool -> outline.looksAtArguments(tool.tool(), tool.risk()))
                .toList();
        outline.argumentsOfEveryTool().forEach(use -> ofMany(use, reached));
        for (var risk : Risk.values()) {
            var served = reached.stream()
                    .filter(tool -> outline.keyFor(tool.tool()).isEmpty())
                    .filter(tool -> policy.risk(tool.tool(), tool.risk()) == risk)
                    .toList();
            outline.argumentsOf(risk).forEach(use -> ofMany(use, served));
        }
    }

    private void ofMany(ArgumentUse use, List<Definition> served) {
        var schemas = new LinkedHashMap<String, ArgumentSchema>();
        served.forEach(tool -> schemas.put(tool.tool(), ArgumentSchema.at(tool.inputSchema(), use.steps())));
        var lacking = toolsWhere(schemas, schema -> schema.finding() == ArgumentSchema.Finding.UNKNOWN);
        if (lacking.size() < schemas.size()) {
            ofSome(use, lacking, schemas);
        } else if (!lacking.isEmpty()) {
            ofNone(use, schemas.values());
        }
    }

    /** Once for all of them: a rule for many may be met by many. */
    private void ofSome(ArgumentUse use, List<String> lacking, Map<String, ArgumentSchema> schemas) {
        var optional =
                toolsWhere(schemas, schema -> schema.finding() == ArgumentSchema.Finding.KNOWN && !schema.required());
        var which = Stream.of(
                        lacking.isEmpty() ? "" : "is no argument of " + shortened(lacking),
                        optional.isEmpty() ? "" : "may be left out of calls of " + shortened(optional))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" and "));
        if (isDeniedWithout(use) && !which.isEmpty()) {
            warn(use, "names %s, which %s; a call without it is denied".formatted(use.path(), which));
        }
    }

    private void ofNone(ArgumentUse use, Collection<ArgumentSchema> schemas) {
        var siblings = new TreeSet<String>();
        schemas.forEach(schema -> siblings.addAll(schema.siblings()));
        var missing = schemas.iterator().next().missing();
        var advice = siblings.isEmpty() ? "" : Nearest.advice(missing, siblings);
        var effect = without(use).map(text -> "; " + text).orElse("");
        warn(
                use,
                "names %s, but no tool of %s that it counts for has it%s%s"
                        .formatted(use.path(), server, effect, advice));
    }

    private static List<String> toolsWhere(Map<String, ArgumentSchema> schemas, Predicate<ArgumentSchema> is) {
        return schemas.entrySet().stream()
                .filter(entry -> is.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Under a glob each tool that the glob serves is looked at. */
    private void argument(ArgumentUse use) {
        served.getOrDefault(use.tool(), List.of())
                .forEach(tool -> argument(use, tool.tool(), ArgumentSchema.at(tool.inputSchema(), use.steps())));
    }

    private void argument(ArgumentUse use, String tool, ArgumentSchema schema) {
        if (schema.finding() == ArgumentSchema.Finding.UNKNOWN) {
            var advice = schema.siblings().isEmpty() ? "" : Nearest.advice(schema.missing(), sorted(schema));
            var effect = without(use).map(text -> "; " + text).orElse("");
            warn(use, "names %s, but %s has no %s%s%s".formatted(use.path(), tool, schema.missing(), effect, advice));
        } else if (schema.finding() == ArgumentSchema.Finding.KNOWN) {
            known(use, tool, schema);
        }
    }

    private void known(ArgumentUse use, String tool, ArgumentSchema schema) {
        boolean asksForType = use.purpose() != Purpose.REDACT;
        if (asksForType && !OperatorFit.fits(use.operator(), use.operand(), schema.types())) {
            var types = schema.types().stream().sorted().collect(Collectors.joining(" or "));
            var asked = use.operator().isEmpty() ? "adds" : "asks " + use.operator() + " of";
            warn(use, "%s %s, which is of type %s in %s and never fits".formatted(asked, use.path(), types, tool));
        }
        if (!schema.required()) {
            without(use)
                    .ifPresent(effect -> warn(
                            use, "names %s, which a call of %s may leave out; %s".formatted(use.path(), tool, effect)));
        }
    }

    private static boolean isDeniedWithout(ArgumentUse use) {
        return use.purpose() == Purpose.LIMITS
                || use.purpose() == Purpose.REQUIRE && !use.operator().equals("exists");
    }

    /** What a call without the argument meets; nothing where the policy asks for just that. */
    private static Optional<String> without(ArgumentUse use) {
        if (isDeniedWithout(use)) {
            return Optional.of("a call without it is denied");
        }
        if (use.purpose() == Purpose.REDACT || use.operator().equals("exists")) {
            return Optional.empty();
        }
        return Optional.of(
                switch (use.operator()) {
                    case "eq", "in" -> "a call without it does not meet this condition";
                    case "neq", "not_in" -> "a call without it counts as unequal and meets this condition";
                    default -> "a call without it cannot be judged and counts as meeting this condition";
                });
    }

    private List<String> unmentioned() {
        var silent = tools.values().stream()
                .filter(tool -> !policy.outline().mentions(tool.tool(), tool.risk()))
                .toList();
        if (silent.isEmpty()) {
            return List.of();
        }
        var critical = silent.stream()
                .filter(tool -> policy.risk(tool.tool(), tool.risk()) == Risk.CRITICAL)
                .map(Definition::tool)
                .toList();
        var said = "no rule mentions %d of the %d tools of %s, so they are %s by default%s"
                .formatted(
                        silent.size(),
                        tools.size(),
                        server,
                        policy.outline().allowsUnlisted() ? "allowed" : "denied",
                        critical.isEmpty() ? "" : "; Critical among them: " + shortened(critical));
        if (policy.outline().allowsUnlisted()) {
            warn(1, said);
            return List.of();
        }
        return List.of(said);
    }

    private static String shortened(List<String> names) {
        var more = names.size() > MOST_NAMES ? ", …" : "";
        return names.stream().limit(MOST_NAMES).collect(Collectors.joining(", ")) + more;
    }

    private static List<Fault> sorted(List<Fault> warnings) {
        return warnings.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Fault::line))
                .toList();
    }

    private static List<String> sorted(ArgumentSchema schema) {
        return schema.siblings().stream().sorted().toList();
    }

    private void warn(ArgumentUse use, String message) {
        warn(use.line(), use.rule() + " " + message);
    }

    private void warn(int line, String message) {
        found.add(new Fault(policy.file(), line, "", message));
    }
}

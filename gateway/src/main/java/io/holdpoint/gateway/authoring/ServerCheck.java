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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds a policy beside the tools a server offers. Nothing it finds is a fault: a server may change its tools. */
public final class ServerCheck {

    private static final int MOST_NAMES = 20;

    private final Policy policy;
    private final String server;
    private final Map<String, Definition> tools = new LinkedHashMap<>();
    private final List<Fault> found = new ArrayList<>();

    private ServerCheck(Policy policy, String server, List<Definition> tools) {
        this.policy = policy;
        this.server = server;
        tools.forEach(tool -> this.tools.put(tool.tool(), tool));
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

    private void name(NameUse use) {
        if (use.isGlob() ? tools.keySet().stream().noneMatch(use::matches) : !tools.containsKey(use.name())) {
            var what = use.isGlob()
                    ? "matches no tool of " + server
                    : "is no tool of " + server + Nearest.advice(use.name(), tools.keySet());
            warn(use.line(), "%s: %s %s".formatted(use.rule(), use.name(), what));
        }
    }

    /** A rule for every tool, or for a class of them, fits some of them only; it is doubted where it fits none. */
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
        var schemas = served.stream()
                .map(tool -> ArgumentSchema.at(tool.inputSchema(), use.steps()))
                .toList();
        if (schemas.isEmpty()
                || schemas.stream().anyMatch(schema -> schema.finding() != ArgumentSchema.Finding.UNKNOWN)) {
            return;
        }
        var siblings = new TreeSet<String>();
        schemas.forEach(schema -> siblings.addAll(schema.siblings()));
        var missing = schemas.get(0).missing();
        var advice = siblings.isEmpty() ? "" : Nearest.advice(missing, siblings);
        var effect = without(use).map(text -> "; " + text).orElse("");
        warn(
                use,
                "names %s, but no tool of %s that it counts for has it%s%s"
                        .formatted(use.path(), server, effect, advice));
    }

    /** Under a glob each tool that the glob serves is looked at. */
    private void argument(ArgumentUse use) {
        tools.values().stream()
                .filter(tool -> policy.outline()
                        .keyFor(tool.tool())
                        .filter(use.tool()::equals)
                        .isPresent())
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

    /** What a call without the argument meets; nothing where the policy asks for just that. */
    private static Optional<String> without(ArgumentUse use) {
        if (use.purpose() == Purpose.REDACT || use.operator().equals("exists")) {
            return Optional.empty();
        }
        if (use.purpose() == Purpose.REQUIRE || use.purpose() == Purpose.LIMITS) {
            return Optional.of("a call without it is denied");
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

package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.document.Pointer;
import io.holdpoint.gateway.document.Words;
import io.holdpoint.workflow.Risk;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a policy document into rules, and notes everything that is wrong with it. */
final class PolicyReader {

    private static final Map<String, Boolean> DEFAULTS =
            Words.of(new Boolean[] {true, false}, allows -> allows ? "allow" : "deny");

    private final Faults faults;
    private final RuleReader rules;

    PolicyReader(Faults faults, PolicyContext context) {
        this.faults = faults;
        this.rules = new RuleReader(faults, context);
    }

    Optional<Rules> read(Node document) {
        return Fields.of(document, faults).map(this::read);
    }

    private Rules read(Fields document) {
        document.require("version", "default");
        document.any("version").ifPresent(this::checkVersion);
        document.optionalText("$schema");
        document.optionalText("description");
        boolean allows = document.word("default", DEFAULTS).orElse(false);
        boolean listsAll = document.word("list", Map.of("all", true)).orElse(false);
        var hidden = hidden(document);
        var allTools = document.object("all_tools").map(this::allTools).orElse(List.of());
        var tools = tools(document);
        var byRisk = byRisk(document);
        document.noOthers();
        int defaultLine = document.any("default").map(Node::line).orElse(1);
        var all = new Rules(allows, defaultLine, listsAll, hidden, allTools, tools, byRisk);
        refuseCountingTwice(document, all);
        return all;
    }

    private void checkVersion(Node version) {
        if (!(version instanceof Node.Text text && text.value().equals("1"))) {
            faults.wrongValue(version, "use \"1\", in quotes");
        }
    }

    private List<HideEntry> hidden(Fields document) {
        var place = Place.DOCUMENT.member("hide");
        var all = document.any("hide").filter(PolicyReader::isAll);
        if (all.isPresent()) {
            return List.of(new HideEntry(place.rule(), all.get().line(), new Glob(Rules.ALL)));
        }
        var hidden = new ArrayList<HideEntry>();
        var seen = new HashSet<String>();
        var nodes = document.list("hide");
        for (int i = 0; i < nodes.size(); i++) {
            var node = nodes.get(i);
            var rule = place.element(i).rule();
            hiddenName(node, seen).ifPresent(name -> hidden.add(new HideEntry(rule, node.line(), new Glob(name))));
        }
        return hidden;
    }

    private static boolean isAll(Node hide) {
        return hide instanceof Node.Text text && text.value().equals(Rules.ALL);
    }

    private Optional<String> hiddenName(Node node, Set<String> seen) {
        if (!(node instanceof Node.Text name)) {
            faults.wrongKind(node, "a tool's name");
            return Optional.empty();
        }
        if (!isName(node, name.value())) {
            return Optional.empty();
        }
        if (!seen.add(name.value())) {
            faults.wrongValue(node, "it is there twice, remove one");
        }
        return Optional.of(name.value());
    }

    private List<LimitRule> allTools(Fields fields) {
        return rules.limitsOfAllTools(fields, Place.DOCUMENT.member("all_tools"));
    }

    private Map<String, ToolRule> tools(Fields document) {
        var tools = new LinkedHashMap<String, ToolRule>();
        document.objects("tools").forEach((name, fields) -> {
            isName(fields.self(), name);
            var place = Place.DOCUMENT.member("tools").member(name);
            tools.put(name, rules.rule(fields, place, name, name));
        });
        return tools;
    }

    private Map<Risk, ToolRule> byRisk(Fields document) {
        var byRisk = new EnumMap<Risk, ToolRule>(Risk.class);
        var classes = document.object("by_risk");
        classes.ifPresent(fields -> {
            RuleReader.RISKS.forEach((word, risk) ->
                    fields.object(word).ifPresent(rule -> byRisk.put(risk, ruleOfClass(rule, word))));
            fields.noOthers();
        });
        return byRisk;
    }

    private ToolRule ruleOfClass(Fields fields, String word) {
        if (fields.has("risk")) {
            faults.at(fields.any("risk").orElseThrow(), "would change the class that leads here; remove it");
        }
        var place = Place.DOCUMENT.member("by_risk").member(word);
        return rules.rule(fields, place, word, "(risk " + word + ")");
    }

    /** A name or glob that could be a tool's. */
    private boolean isName(Node node, String name) {
        boolean clean = !name.isBlank()
                && name.equals(name.strip())
                && name.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
        if (!clean) {
            faults.at(
                    node,
                    "is blank or has blanks around it or invisible characters in it; write the tool's exact name");
        } else if (name.contains("**")) {
            faults.at(node, "has ** in it; one * stands for any characters");
        }
        return clean;
    }

    /** A rule's limits, those of {@code *} and those of all tools are reserved together, so none may be the same. */
    private void refuseCountingTwice(Fields document, Rules all) {
        var everywhere = new HashMap<>(refuseEqual(document, all.allTools(), Map.of()));
        all.everyTool()
                .ifPresent(every ->
                        refuseEqual(document, every.limits(), everywhere).forEach(everywhere::putIfAbsent));
        Stream.concat(all.tools().values().stream(), all.byRisk().values().stream())
                .filter(rule -> !rule.name().equals(Rules.ALL))
                .forEach(rule -> refuseEqual(document, rule.limits(), everywhere));
    }

    /** Answers with where each way of counting stands first among the limits. */
    private Map<LimitRule.Counted, RuleId> refuseEqual(
            Fields document, List<LimitRule> limits, Map<LimitRule.Counted, RuleId> others) {
        var own = new HashMap<LimitRule.Counted, RuleId>();
        for (var limit : limits) {
            var before = own.putIfAbsent(limit.counted(), limit.rule());
            var other = others.get(limit.counted());
            var same = other == null ? before : other;
            if (same != null) {
                faults.at(
                        nodeOf(document, limit),
                        "has the counter, window and scope of " + same
                                + ", so each call would count twice; name a counter of its own");
            }
        }
        return own;
    }

    /** Follows the limit's pointer, so that the fault stands at its line. */
    private static Node nodeOf(Fields document, LimitRule limit) {
        Node node = document.self();
        for (var key : Pointer.steps(limit.rule().value())) {
            node = node instanceof Node.Arr list
                    ? list.elements().get(Integer.parseInt(key))
                    : Objects.requireNonNull(((Node.Obj) node).members().get(key), key);
        }
        return node;
    }
}

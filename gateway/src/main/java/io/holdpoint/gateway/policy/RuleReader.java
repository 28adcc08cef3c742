package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Words;
import io.holdpoint.gateway.policy.argument.ArgumentPath;
import io.holdpoint.workflow.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the rule of one tool. */
final class RuleReader {

    /** Risk classes by the word policies use. */
    static final Map<String, Risk> RISKS = Words.of(Risk.values(), Risk::label);

    private static final Map<String, ChannelArgs> CHANNEL_ARGS = Words.of(ChannelArgs.values(), ChannelArgs::label);

    private final Faults faults;
    private final ConditionReader conditions;
    private final LimitReader limits;
    private final ApprovalReader approvals;
    private final ShorthandReader shorthand;

    RuleReader(Faults faults, PolicyContext context) {
        this.faults = faults;
        this.conditions = new ConditionReader(faults);
        this.limits = new LimitReader(faults, conditions);
        this.approvals = new ApprovalReader(faults, context, conditions);
        this.shorthand = new ShorthandReader(faults, limits, approvals);
    }

    /**
     * Reads a rule.
     *
     * @param name its key in the document
     * @param counters what its counters are called by where they have no name
     */
    ToolRule rule(Fields fields, Place place, String name, String counters) {
        var requires = conditions.requires(fields, place);
        var denials = conditions.denials(fields, place);
        var limited = limits.limits(fields, place, counters);
        var holds = approvals.entries(fields, place);
        var redact = redact(fields);
        var risk = fields.word("risk", RISKS);
        var channelArgs = fields.word("channel_args", CHANNEL_ARGS);
        var brief = shorthand.read(fields, place, counters);
        fields.noOthers();
        return new ToolRule(
                place.rule(),
                fields.self().line(),
                name,
                requires,
                joined(brief.denials(), denials),
                joined(limited, brief.limits()),
                joined(holds, brief.holds()),
                redact,
                risk,
                channelArgs);
    }

    /** The limits that count for all tools. */
    List<LimitRule> limitsOfAllTools(Fields fields, Place place) {
        var limited = limits.limits(fields, place, "(all tools)");
        fields.noOthers();
        return limited;
    }

    private List<ArgumentPath> redact(Fields fields) {
        var paths = new ArrayList<ArgumentPath>();
        fields.list("redact").forEach(node -> conditions.path(node).ifPresent(paths::add));
        return paths;
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}

package io.holdpoint.gateway.policy;

import io.holdpoint.gateway.policy.argument.ArgumentPath;
import io.holdpoint.workflow.Risk;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that a policy says in one place about a tool, shorthand expanded.
 *
 * @param rule where it stands
 * @param line the same, counted from 1
 * @param name its key in the document: a name, a glob, {@code *} or a risk class
 */
record ToolRule(
        RuleId rule,
        int line,
        String name,
        List<Guard> requires,
        List<Guard> denials,
        List<LimitRule> limits,
        List<HoldEntry> holds,
        List<ArgumentPath> redact,
        Optional<Risk> risk,
        Optional<ChannelArgs> channelArgs) {

    ToolRule {
        Objects.requireNonNull(rule);
        Objects.requireNonNull(name);
        requires = List.copyOf(requires);
        denials = List.copyOf(denials);
        limits = List.copyOf(limits);
        holds = List.copyOf(holds);
        redact = List.copyOf(redact);
        Objects.requireNonNull(risk);
        Objects.requireNonNull(channelArgs);
    }
}

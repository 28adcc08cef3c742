package io.holdpoint.gateway.authoring.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a policy would have said about the calls of a period (spec 03, {@code policy simulate}). Decisions are
 * {@code allow}, {@code deny}, {@code limit} and {@code hold}.
 *
 * @param file the policy's name
 * @param policy its SHA-256
 * @param calls how many calls were looked at
 * @param same how many it would have decided alike
 * @param changed how many it would have decided otherwise
 * @param notJudged how many could not be judged
 * @param readUntil up to when the log was read; {@code until}, if nothing stopped it
 * @param logBegins the time of the log's oldest entry
 * @param matrix what was and what would be, with how many calls
 * @param tools the changes by tool and rule, the most frequent first
 * @param unjudged why calls could not be judged, by tool
 * @param examples some calls of each change
 * @param notes what to know when reading this
 */
public record Simulated(
        String file,
        String policy,
        Instant since,
        Instant until,
        Optional<String> grant,
        Optional<String> server,
        long calls,
        long same,
        long changed,
        long notJudged,
        Instant readUntil,
        Optional<Instant> logBegins,
        List<Cell> matrix,
        List<ToolChange> tools,
        List<Unjudged> unjudged,
        List<Example> examples,
        List<String> notes) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public Simulated {
        Objects.requireNonNull(file);
        if (!SHA256.matcher(policy).matches()) {
            throw new IllegalArgumentException("policy is no SHA-256");
        }
        Objects.requireNonNull(since);
        Objects.requireNonNull(until);
        Objects.requireNonNull(grant);
        Objects.requireNonNull(server);
        Objects.requireNonNull(readUntil);
        Objects.requireNonNull(logBegins);
        matrix = List.copyOf(matrix);
        tools = List.copyOf(tools);
        unjudged = List.copyOf(unjudged);
        examples = List.copyOf(examples);
        notes = List.copyOf(notes);
    }

    /** How many calls were decided one way and would be decided the other, which may be the same. */
    public record Cell(String was, String wouldBe, long calls) {

        public Cell {
            Objects.requireNonNull(was);
            Objects.requireNonNull(wouldBe);
        }
    }

    /**
     * A change of one tool's calls.
     *
     * @param rule what would decide, as a JSON pointer into the new policy
     */
    public record ToolChange(String server, String tool, String was, String wouldBe, String rule, long calls) {

        public ToolChange {
            Objects.requireNonNull(server);
            Objects.requireNonNull(tool);
            Objects.requireNonNull(was);
            Objects.requireNonNull(wouldBe);
            Objects.requireNonNull(rule);
        }
    }

    /** Calls that could not be judged, and why. */
    public record Unjudged(String server, String tool, String why, long calls) {

        public Unjudged {
            Objects.requireNonNull(server);
            Objects.requireNonNull(tool);
            Objects.requireNonNull(why);
        }
    }

    /**
     * A call that would have been decided otherwise.
     *
     * @param wasRule what decided, as a JSON pointer into the policy of that time
     * @param rule what would decide
     */
    public record Example(
            String call,
            Instant time,
            String grant,
            String server,
            String tool,
            String was,
            String wasRule,
            String wouldBe,
            String rule) {

        public Example {
            Objects.requireNonNull(call);
            Objects.requireNonNull(time);
            Objects.requireNonNull(grant);
            Objects.requireNonNull(server);
            Objects.requireNonNull(tool);
            Objects.requireNonNull(was);
            Objects.requireNonNull(wasRule);
            Objects.requireNonNull(wouldBe);
            Objects.requireNonNull(rule);
        }
    }
}

package io.holdpoint.gateway.mcp;

import io.holdpoint.workflow.approval.ApprovalId;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What an agent gets instead of a tool's result (spec 03, What the agent gets when refused).
 *
 * @param rule what decided, as the policy names it
 * @param message what happened and why; the advice what to do is added
 * @param retryAfter when the same call may pass, where that is known
 * @param approval the approval it is about, where there is one
 */
public record Refusal(
        Kind kind, String rule, String message, Optional<Duration> retryAfter, Optional<ApprovalId> approval) {

    /** Why there is no result. */
    public enum Kind {
        DENY("Do not repeat this call unchanged; change it, do without it or ask the user."),
        LIMIT("Do not repeat this call before that."),
        REJECTED("Do not repeat this call unchanged; take the reason into account or ask the user."),
        EXPIRED("The call was not run. Repeat it only if it is still needed: people will be asked again."),
        CANCELLED("The call was not run. Repeat it only if it is still needed: people will be asked again."),
        VOIDED("The call was not run. Repeat it if it is still needed: it will be judged anew."),
        PENDING("Its result is not there yet."),
        UNKNOWN("Nobody knows whether the call took effect. Find out first; do not just repeat it.");

        private final String advice;

        Kind(String advice) {
            this.advice = advice;
        }

        /** As it stands in {@code _meta}. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Refusal {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(rule);
        Objects.requireNonNull(message);
        Objects.requireNonNull(retryAfter);
        Objects.requireNonNull(approval);
    }

    /** A refusal that no approval is behind. */
    public static Refusal of(Kind kind, String rule, String message) {
        return new Refusal(kind, rule, message, Optional.empty(), Optional.empty());
    }

    /** A used-up limit. */
    public static Refusal limit(String rule, String message, Duration retryAfter) {
        return limit(rule, message, Optional.of(retryAfter));
    }

    /** A limit that is used up, or, without a time to wait for, asked for more than it ever has. */
    public static Refusal limit(String rule, String message, Optional<Duration> retryAfter) {
        return new Refusal(Kind.LIMIT, rule, message, retryAfter, Optional.empty());
    }

    /** What became of an approval. */
    public static Refusal about(ApprovalId approval, Kind kind, String rule, String message) {
        return new Refusal(kind, rule, message, Optional.empty(), Optional.of(approval));
    }

    /** The text for the model: what, why, what to do and when. */
    String text() {
        var text = new StringBuilder(message.strip());
        if (!text.isEmpty() && !".!?…".contains(text.substring(text.length() - 1))) {
            text.append('.');
        }
        retryAfter.ifPresent(
                wait -> text.append(" It may pass in ").append(inWords(wait)).append('.'));
        text.append(' ').append(advice());
        approval.filter(id -> kind == Kind.PENDING).ifPresent(id -> text.append(howToWait(id)));
        return text.toString().strip();
    }

    private String advice() {
        return kind == Kind.LIMIT && retryAfter.isEmpty() ? Kind.DENY.advice : kind.advice;
    }

    private static String howToWait(ApprovalId id) {
        return " To wait for it, call %s with approval_id \"%s\", or repeat the same call later."
                .formatted(ApprovalAwait.NAME, id);
    }

    /** Rounded up, so that an agent which waits so long does not come too early. */
    private static String inWords(Duration wait) {
        var seconds = (millis(wait) + 999) / 1000;
        if (seconds < 120) {
            return seconds + " s";
        }
        var minutes = (seconds + 59) / 60;
        return minutes < 120 ? minutes + " min" : (minutes + 59) / 60 + " h";
    }

    private static long millis(Duration wait) {
        return Math.max(0, wait.toMillis());
    }

    /** The tool result as JSON, for {@link JsonRpc#result}. */
    public byte[] result(Revision revision) {
        var json = new JsonBytes().raw(revision.isModern() ? "{\"resultType\":\"complete\"," : "{");
        json.raw("\"content\":[{\"type\":\"text\",\"text\":").text(text());
        json.raw("}],\"isError\":true,\"_meta\":{\"io.holdpoint/decision\":");
        decision(json);
        return json.raw("}}").toBytes();
    }

    private void decision(JsonBytes json) {
        json.raw("{\"decision\":").text(kind.wire());
        json.raw(",\"rule\":").text(rule);
        json.raw(",\"message\":").text(message);
        retryAfter.ifPresent(wait -> json.raw(",\"retryAfterMs\":").raw(millis(wait)));
        approval.ifPresent(id -> json.raw(",\"approvalId\":").text(id.value()));
        json.raw("}");
    }
}

package io.holdpoint.bpmn.flow;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The names a flow and the gateway agree on (spec 06, What a flow may use). A drawing uses these and no others. */
public final class FlowContract {

    /** The namespace of our own attributes on service tasks. */
    public static final String NAMESPACE = "https://holdpoint.io/bpmn";

    /** The rule's approvers: a list of people and groups, for {@code camunda:candidateGroups}. */
    public static final String APPROVERS = "approvers";

    /** The deadline, for the expiry's {@code timeDate}. */
    public static final String EXPIRES_AT = "expiresAt";

    /** Half way between question and deadline, for a reminder's {@code timeDate}. */
    public static final String REMIND_AT = "remindAt";

    /** The call: {@code call.server} and the other {@link #CALL_FIELDS}. */
    public static final String CALL = "call";

    /** The held call's arguments: {@code args.x.y}. */
    public static final String ARGS = "args";

    /** The rule's parameters of the flow: {@code with.x}. */
    public static final String WITH = "with";

    /** What people said so far, counted as people: {@code reviews.approved} and the other {@link #REVIEWS_FIELDS}. */
    public static final String REVIEWS = "reviews";

    public static final List<String> CALL_FIELDS =
            List.of("server", "tool", "grant", "owner", "risk", "category", "rule");

    public static final List<String> REVIEWS_FIELDS = List.of("approved", "rejected", "people");

    /** What a finished review offers under its element id: {@code ID.verdict}, {@code ID.approved}, {@code ID.rejected}. */
    public static final List<String> REVIEW_FIELDS = List.of("verdict", "approved", "rejected");

    /** {@code ID.verdict} of an approving review; also the word approving end events begin with. */
    public static final String APPROVED = "approved";

    /** {@code ID.verdict} of a rejecting review; also the word rejecting end events begin with. */
    public static final String REJECTED = "rejected";

    /** The word end events begin with that are reached when nobody answered in time. */
    public static final String EXPIRED = "expired";

    /** The variables a flow may name; besides them the element ids of its reviews. */
    public static final Set<String> VARIABLES = Set.of(APPROVERS, EXPIRES_AT, REMIND_AT, CALL, ARGS, WITH, REVIEWS);

    public static final String NOTIFY = "notify";
    public static final String REMIND = "remind";
    public static final String INFORM = "inform";
    public static final String RESOLVE_APPROVERS = "resolveApprovers";
    public static final String EXTEND = "extend";

    /** What a service task may call, as {@code camunda:delegateExpression="${name}"}. */
    public static final Set<String> SERVICE_TASKS = Set.of(NOTIFY, REMIND, INFORM, RESOLVE_APPROVERS, EXTEND);

    private FlowContract() {}

    /**
     * Reads an outcome off an end event: its id is or begins with the outcome's word, such as {@code rejected_by_security}.
     *
     * @return {@link #APPROVED}, {@link #REJECTED} or {@link #EXPIRED}; empty for any other end, which never approves
     */
    public static Optional<String> outcomeOf(String endId) {
        return List.of(APPROVED, REJECTED, EXPIRED).stream()
                .filter(endId::startsWith)
                .findFirst();
    }
}

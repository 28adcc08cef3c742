package io.holdpoint.workflow.approval;

import io.holdpoint.bpmn.flow.FlowContract;
import io.holdpoint.workflow.approval.ApprovalRow.OpenTask;
import io.holdpoint.workflow.audit.Actor;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Takes down what flows report. Whatever a drawing says, nothing is approved that no approver approved. The row's lock
 * comes first here too: a timer that took anything else first would deadlock with a review.
 */
final class FlowProgress implements FlowEvents {

    private final ApprovalRows rows;
    private final Outcomes outcomes;
    private final ApplicationEventPublisher events;

    FlowProgress(ApprovalRows rows, Outcomes outcomes, ApplicationEventPublisher events) {
        this.rows = rows;
        this.outcomes = outcomes;
        this.events = events;
    }

    @Override
    public void reviewOpened(ApprovalId id, String taskId, String element) {
        rows.ensureLocked(id);
        rows.addTask(id, new OpenTask(taskId, element));
    }

    @Override
    public void reviewClosed(ApprovalId id, String taskId) {
        rows.ensureLocked(id);
        rows.removeTask(id, taskId);
    }

    @Override
    public void told(FlowMessage message) {
        rows.ensureLocked(message.id());
        events.publishEvent(message);
    }

    @Override
    public FlowFacts facts(ApprovalId id) {
        return FlowFacts.of(known(rows.find(id), id).approval());
    }

    @Override
    public void ended(ApprovalId id, List<String> ends) {
        var approval = known(rows.lock(id), id).approval();
        if (approval.state() != ApprovalState.PENDING) {
            return;
        }
        switch (drawn(ends)) {
            case APPROVED -> approvedIfReviewed(approval);
            case EXPIRED -> reached(approval, Outcome.EXPIRED, Optional.empty(), Optional.empty());
            default -> rejected(approval, ends);
        }
    }

    /** What the drawing makes of it: the worst of its ends. */
    private static Outcome drawn(List<String> ends) {
        var words = ends.stream().map(FlowContract::outcomeOf).toList();
        if (words.isEmpty()
                || words.contains(Optional.<String>empty())
                || words.contains(Optional.of(FlowContract.REJECTED))) {
            return Outcome.REJECTED;
        }
        return words.contains(Optional.of(FlowContract.EXPIRED)) ? Outcome.EXPIRED : Outcome.APPROVED;
    }

    private void approvedIfReviewed(Approval approval) {
        var approving = reviews(
                approval,
                review -> review.verdict() == Review.Verdict.APPROVE
                        && approval.approvers().contains(review.reviewer()));
        if (approving.size() < approval.terms().approvalsNeeded()) {
            var why = "the flow ended as approved with %d of %d approving reviews"
                    .formatted(approving.size(), approval.terms().approvalsNeeded());
            reached(approval, Outcome.REJECTED, Optional.empty(), Optional.of(why));
            return;
        }
        reached(approval, Outcome.APPROVED, last(approving), Optional.empty());
    }

    private void rejected(Approval approval, List<String> ends) {
        var rejecting = last(reviews(approval, review -> review.verdict() == Review.Verdict.REJECT));
        var why = rejecting.isPresent()
                ? Optional.<String>empty()
                : Optional.of("the flow ended at %s without an approval".formatted(ends));
        reached(approval, Outcome.REJECTED, rejecting, why);
    }

    private void reached(Approval approval, Outcome outcome, Optional<Review> deciding, Optional<String> why) {
        var reason = deciding.flatMap(Review::reason).or(() -> why);
        outcomes.reached(
                approval, outcome, Actor.flow(approval.terms().flow()), deciding.map(Review::reviewer), reason);
    }

    private static List<Review> reviews(Approval approval, Predicate<Review> which) {
        return approval.reviews().stream().filter(which).toList();
    }

    private static Optional<Review> last(List<Review> reviews) {
        return reviews.isEmpty() ? Optional.empty() : Optional.of(reviews.get(reviews.size() - 1));
    }

    private static ApprovalRow known(Optional<ApprovalRow> row, ApprovalId id) {
        return row.orElseThrow(() -> new IllegalStateException("a flow runs for %s, which is not there".formatted(id)));
    }
}

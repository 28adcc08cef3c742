package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.audit.Actor;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.PersonId;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Who may review what, and when (spec 05, Reviewers). Each rule that does not hold is told to the person who clicked. */
final class ReviewRules {

    private static final int SHORTEST_DIGEST = 8;

    private ReviewRules() {}

    /** The people who may review a call under these terms, in the order of the rule. */
    static Set<PersonId> approvers(ApprovalTerms terms, String owner, People people) {
        var approvers = new LinkedHashSet<>(people.resolve(terms.approvers()));
        if (!terms.allowOwner()) {
            approvers.remove(new PersonId(owner));
        }
        return approvers;
    }

    /** @throws ReviewRefused if the review is not acceptable */
    static void check(Approval approval, ReviewSubmission review, People people, Instant now) {
        checkOpen(approval, people, now);
        checkReviewer(approval, review.reviewer(), people);
        checkReason(approval, review);
        checkDigest(approval, review);
        checkAssurance(approval, review);
    }

    static void checkOpen(Approval approval, People people, Instant now) {
        if (approval.state() != ApprovalState.PENDING) {
            throw new ReviewRefused.AlreadyResolved(Ending.of(approval, people), approval);
        }
        if (!now.isBefore(approval.expiresAt())) {
            throw new ReviewRefused.Expired("This expired at %s.".formatted(Ending.at(approval.expiresAt())));
        }
    }

    /** @throws ReviewRefused if this is nobody who may see hidden values */
    static void checkMaySeeAll(Approval approval, Actor by, People people) {
        if (by.kind() != Actor.Kind.PERSON) {
            throw new ReviewRefused.NotAReviewer("Hidden values are shown to people only.");
        }
        checkAsked(approval, new PersonId(by.id()), people);
        if (by.assurance().filter(came -> came.reaches(Assurance.LOGIN)).isEmpty()) {
            throw new ReviewRefused.NotSureEnough(
                    "Hidden values are shown only to who signed in with %s or more; sign in on the console."
                            .formatted(Assurance.LOGIN.label()));
        }
    }

    private static void checkReviewer(Approval approval, PersonId reviewer, People people) {
        checkAsked(approval, reviewer, people);
        for (var earlier : approval.reviews()) {
            if (earlier.reviewer().equals(reviewer)) {
                throw new ReviewRefused.AlreadyReviewed("You gave your review at %s through %s; a person has one."
                        .formatted(Ending.at(earlier.at()), earlier.channel()));
            }
        }
    }

    private static void checkAsked(Approval approval, PersonId reviewer, People people) {
        if (!approval.terms().allowOwner()
                && reviewer.value().equals(approval.call().owner())) {
            throw new ReviewRefused.NotAReviewer("You own the grant %s; somebody else has to decide on its calls."
                    .formatted(approval.call().grant()));
        }
        var now = approvers(approval.terms(), approval.call().owner(), people);
        if (!now.contains(reviewer) || !approval.approvers().contains(reviewer)) {
            throw new ReviewRefused.NotAReviewer("You are not among the approvers of this; they are %s."
                    .formatted(String.join(", ", approval.terms().approvers())));
        }
    }

    private static void checkReason(Approval approval, ReviewSubmission review) {
        if (approval.terms().reasonRequired()
                && review.reason().filter(reason -> !reason.isBlank()).isEmpty()) {
            throw new ReviewRefused.ReasonMissing("The rule %s wants a reason; give one."
                    .formatted(approval.call().rule()));
        }
    }

    private static void checkDigest(Approval approval, ReviewSubmission review) {
        var seen = review.digest().map(digest -> digest.toLowerCase(Locale.ROOT));
        if (seen.isEmpty()) {
            return;
        }
        if (seen.get().length() < SHORTEST_DIGEST || !approval.digest().startsWith(seen.get())) {
            throw new ReviewRefused.OtherDigest(
                    "You saw another version of this call; it is %s now. Look at it again and decide then."
                            .formatted(approval.shortDigest()));
        }
    }

    private static void checkAssurance(Approval approval, ReviewSubmission review) {
        var least = approval.terms().minAssurance();
        if (review.verdict() == Review.Verdict.APPROVE && !review.assurance().reaches(least)) {
            throw new ReviewRefused.NotSureEnough(
                    "Approving this needs %s or more and you came with %s. Approve it on the console; rejecting is possible here."
                            .formatted(least.label(), review.assurance().label()));
        }
    }
}

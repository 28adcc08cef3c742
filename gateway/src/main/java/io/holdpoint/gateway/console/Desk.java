package io.holdpoint.gateway.console;

import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalId;
import io.holdpoint.workflow.approval.ApprovalPage;
import io.holdpoint.workflow.approval.ApprovalQuery;
import io.holdpoint.workflow.approval.Approvals;
import io.holdpoint.workflow.approval.Review;
import io.holdpoint.workflow.approval.ReviewSubmission;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.audit.AuditPage;
import io.holdpoint.workflow.audit.AuditQuery;
import io.holdpoint.workflow.people.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** What the API and the pages do for a visitor, with the visitor's rights; the one place they are asked. */
@Component
class Desk {

    private final Approvals approvals;
    private final AuditLog log;

    Desk(Approvals approvals, AuditLog log) {
        this.approvals = approvals;
        this.log = log;
    }

    /** Finds an approval the visitor may know of; any other does not exist for them. */
    Approval find(Visitor visitor, String id) {
        return Optional.of(id)
                .filter(ApprovalId::isOne)
                .flatMap(text -> approvals.find(new ApprovalId(text)))
                .filter(visitor::sees)
                .orElseThrow(Refused::notFound);
    }

    /** Lists approvals the visitor may know of, whatever else is asked. */
    ApprovalPage list(Visitor visitor, ApprovalQuery query) {
        if (!visitor.seesAll() && !visitor.is(Role.REVIEWER)) {
            throw Refused.notFound();
        }
        return withCursor(
                query.cursor(), () -> approvals.list(visitor.seesAll() ? query : onlyAskedOf(visitor, query)));
    }

    private static ApprovalQuery onlyAskedOf(Visitor visitor, ApprovalQuery query) {
        var person = Optional.of(visitor.person().id());
        return new ApprovalQuery(
                query.state(), query.server(), query.tool(), query.grant(), person, query.limit(), query.cursor());
    }

    Approval review(
            Visitor visitor, String id, Review.Verdict verdict, Optional<String> reason, Optional<String> digest) {
        var approval = find(visitor, id);
        return approvals.review(
                approval.id(),
                new ReviewSubmission(
                        visitor.person().id(), verdict, reason, digest, visitor.channel(), visitor.assurance()));
    }

    /** Finds an approval for an operator to cancel. */
    Approval findToCancel(Visitor visitor, String id) {
        var approval = find(visitor, id);
        if (!visitor.is(Role.OPERATOR)) {
            throw Refused.notAllowed("Only an operator cancels an approval.", "If you are asked, reject it instead.");
        }
        return approval;
    }

    Approval cancel(Visitor visitor, String id, String reason) {
        return approvals.cancel(findToCancel(visitor, id).id(), visitor.actor(), reason);
    }

    /** Finds an approval whose unknown execution the visitor may settle. */
    Approval findToSettle(Visitor visitor, String id) {
        var approval = find(visitor, id);
        if (!visitor.maySettle(approval)) {
            throw Refused.notAllowed(
                    "What became of a call is settled by a reviewer who was asked or by an operator, never by the"
                            + " owner of its grant.",
                    "Tell one of them what you found out.");
        }
        return approval;
    }

    Approval settle(Visitor visitor, String id, boolean happened, String note) {
        return approvals.settle(findToSettle(visitor, id).id(), visitor.actor(), happened, note);
    }

    /** The arguments with hidden values in clear, for one look; that is in the log. */
    String reveal(Visitor visitor, String id) {
        return approvals
                .reveal(find(visitor, id).id(), visitor.actor())
                .map(json -> new String(json, StandardCharsets.UTF_8))
                .orElseThrow(Refused::notFound);
    }

    Surroundings surroundings(Approval approval) {
        return new Surroundings(
                approvals.sentAlong(approval.id()).map(SentAlongText::of).orElse(SentAlongText.NOTHING),
                approvals.flowPosition(approval.id()),
                approvals.equalThatRan(approval.id()),
                approvals.unsettledEquals(approval.id()));
    }

    /** The log's entries about an approval, oldest first. */
    List<String> entries(Approval approval) {
        var newestFirst = log.read(AuditQuery.ofSubject(approval.id().value())).entries();
        var entries = new ArrayList<>(newestFirst);
        Collections.reverse(entries);
        return entries;
    }

    /** Reads the log: all of it for an auditor, an approval's entries for whoever may see the approval. */
    AuditPage read(Visitor visitor, AuditQuery query) {
        if (!visitor.readsLog()) {
            find(visitor, query.subject().orElseThrow(Refused::notFound));
        }
        return withCursor(query.cursor(), () -> log.read(query));
    }

    private static <T> T withCursor(Optional<String> cursor, Supplier<T> page) {
        try {
            return page.get();
        } catch (IllegalArgumentException e) {
            if (cursor.isPresent()) {
                throw Refused.badParameter("cursor is none of this list's; use nextCursor of the page before.");
            }
            throw e;
        }
    }
}

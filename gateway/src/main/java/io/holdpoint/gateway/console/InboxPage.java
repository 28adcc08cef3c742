package io.holdpoint.gateway.console;

import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalQuery;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What waits for a decision, and what became of the rest. */
@Controller
class InboxPage {

    private static final int MOST_PENDING = 200;
    private static final int RECENT = 50;

    private static final Comparator<Approval> SOONEST_FIRST = Comparator.comparing(Approval::expiresAt);

    private final Desk desk;
    private final Supplier<People> people;
    private final Clock clock;

    InboxPage(Desk desk, Supplier<People> people, Clock clock) {
        this.desk = desk;
        this.people = people;
        this.clock = clock;
    }

    @GetMapping("/")
    String show(@AuthenticationPrincipal Visitor visitor, HttpServletRequest request, Model model) {
        var cursor = Query.of(request, "cursor").text("cursor");
        model.addAttribute("banner", Banner.of(visitor));
        model.addAttribute("older", cursor.isPresent());
        var listed = visitor.seesAll() || visitor.is(Role.REVIEWER);
        model.addAttribute("listed", listed);
        if (listed) {
            addPending(visitor, cursor, model);
            addRecent(visitor, cursor, model);
        }
        return "inbox";
    }

    private void addPending(Visitor visitor, Optional<String> cursor, Model model) {
        if (cursor.isPresent()) {
            return;
        }
        var page = desk.list(visitor, query(Optional.of(ApprovalState.PENDING), MOST_PENDING, cursor));
        var rows = rows(page.items().stream().sorted(SOONEST_FIRST), visitor);
        model.addAttribute("yours", rows.stream().filter(InboxRow::yours).toList());
        model.addAttribute("others", rows.stream().filter(row -> !row.yours()).toList());
        model.addAttribute("morePending", page.nextCursor().isPresent());
        model.addAttribute("mostPending", MOST_PENDING);
    }

    private void addRecent(Visitor visitor, Optional<String> cursor, Model model) {
        var page = desk.list(visitor, query(Optional.empty(), RECENT, cursor));
        var ended = page.items().stream().filter(approval -> approval.state() != ApprovalState.PENDING);
        model.addAttribute("recent", rows(ended, visitor));
        model.addAttribute("nextCursor", page.nextCursor().orElse(""));
    }

    private static ApprovalQuery query(Optional<ApprovalState> state, int limit, Optional<String> cursor) {
        return new ApprovalQuery(
                state, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), limit, cursor);
    }

    private List<InboxRow> rows(Stream<Approval> approvals, Visitor visitor) {
        var names = new Names(people.get());
        var now = clock.instant();
        return approvals
                .map(approval -> InboxRow.of(approval, visitor, names, now))
                .toList();
    }
}

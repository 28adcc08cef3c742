package io.holdpoint.gateway.console;

import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.Review.Verdict;
import io.holdpoint.workflow.approval.ReviewRefused;
import io.holdpoint.workflow.people.People;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One approval: everything to decide it by, the decision, and what came of it. */
@Controller
class CardPage {

    static final List<String> PRESETS = List.of("Not now", "Wrong target", "Too broad");

    private final Desk desk;
    private final Supplier<People> people;
    private final Clock clock;

    CardPage(Desk desk, Supplier<People> people, Clock clock) {
        this.desk = desk;
        this.people = people;
        this.clock = clock;
    }

    @GetMapping("/approvals/{id}")
    ModelAndView show(@AuthenticationPrincipal Visitor visitor, @PathVariable String id) {
        return page(visitor, desk.find(visitor, id));
    }

    /** The digest has to come along: an approval without it would be about whatever stands there now. */
    @PostMapping("/approvals/{id}/approve")
    ModelAndView approve(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String id,
            @RequestParam String digest,
            @RequestParam(defaultValue = "") String reason) {
        return decide(visitor, id, Verdict.APPROVE, digest, said(reason));
    }

    @PostMapping("/approvals/{id}/reject")
    ModelAndView reject(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String id,
            @RequestParam String digest,
            @RequestParam(defaultValue = "") String preset,
            @RequestParam(defaultValue = "") String reason) {
        var chosen = Optional.of(preset).filter(PRESETS::contains);
        var words = said(reason);
        var whole = chosen.map(choice -> words.map(text -> choice + ": " + text).orElse(choice));
        return decide(visitor, id, Verdict.REJECT, digest, whole.or(() -> words));
    }

    @PostMapping("/approvals/{id}/cancel")
    ModelAndView cancel(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String reason) {
        var words = said(reason).orElse("Cancelled by an operator.");
        return afterwards(visitor, id, () -> desk.cancel(visitor, id, words));
    }

    @PostMapping("/approvals/{id}/settle")
    ModelAndView settle(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String id,
            @RequestParam boolean happened,
            @RequestParam String note) {
        var words = said(note).orElseThrow(() -> Refused.badParameter("note is empty; say how you found out."));
        return afterwards(visitor, id, () -> desk.settle(visitor, id, happened, words));
    }

    /** Shows hidden values in this answer only: the page, opened again, hides them again. */
    @PostMapping("/approvals/{id}/reveal")
    ModelAndView reveal(@AuthenticationPrincipal Visitor visitor, @PathVariable String id) {
        try {
            var arguments = desk.reveal(visitor, id);
            var page = page(visitor, desk.find(visitor, id));
            page.addObject("revealed", VisibleText.ofLines(JsonLines.of(arguments)));
            return page;
        } catch (ReviewRefused refused) {
            return refusal(visitor, id, refused);
        }
    }

    private ModelAndView decide(Visitor visitor, String id, Verdict verdict, String digest, Optional<String> reason) {
        if (digest.isBlank()) {
            throw Refused.badParameter("digest is empty; open the approval's page and decide there.");
        }
        return afterwards(visitor, id, () -> desk.review(visitor, id, verdict, reason, Optional.of(digest)));
    }

    /** Shows the page after a change, or the page as it is now with why nothing changed. */
    private ModelAndView afterwards(Visitor visitor, String id, Runnable change) {
        try {
            change.run();
            return new ModelAndView("redirect:/approvals/" + id);
        } catch (ReviewRefused refused) {
            return refusal(visitor, id, refused);
        }
    }

    private ModelAndView refusal(Visitor visitor, String id, ReviewRefused refused) {
        var problem = ProblemAdvice.problem(refused);
        var page = page(visitor, desk.find(visitor, id));
        page.addObject("problem", problem);
        page.addObject("problemDetail", VisibleText.ofLines(problem.detail()));
        page.setStatus(HttpStatusCode.valueOf(problem.status()));
        return page;
    }

    private ModelAndView page(Visitor visitor, Approval approval) {
        var names = new Names(people.get());
        var now = clock.instant();
        var page = new ModelAndView("card");
        page.addObject("banner", Banner.of(visitor));
        page.addObject("card", Card.of(approval, desk.surroundings(approval), visitor, names, now));
        page.addObject("presets", PRESETS);
        page.addObject("timeline", timeline(approval, names, now));
        return page;
    }

    private List<LogRow> timeline(Approval approval, Names names, Instant now) {
        return desk.entries(approval).stream()
                .map(entry -> LogRow.of(entry, names, now))
                .toList();
    }

    private static Optional<String> said(String text) {
        var words = text.strip();
        if (words.length() > Body.LONGEST_TEXT) {
            throw Refused.badParameter(
                    "The text has %d characters; use at most %d.".formatted(words.length(), Body.LONGEST_TEXT));
        }
        return Optional.of(words).filter(said -> !said.isEmpty());
    }
}

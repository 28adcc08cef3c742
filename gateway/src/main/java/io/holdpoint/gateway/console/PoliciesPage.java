package io.holdpoint.gateway.console;

import io.holdpoint.gateway.console.VisibleText.Piece;
import java.time.Clock;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Policies for people: what is in force, what was, and what the files say that is refused. */
@Controller
class PoliciesPage {

    private static final int HASH_SHOWN = 12;

    private final PolicyShelf shelf;
    private final Clock clock;

    PoliciesPage(PolicyShelf shelf, Clock clock) {
        this.shelf = shelf;
        this.clock = clock;
    }

    @GetMapping("/policies")
    String list(@AuthenticationPrincipal Visitor visitor, Model model) {
        visitor.mustSeeConfiguration();
        var now = clock.instant();
        var look = shelf.lastLook();
        model.addAttribute("banner", Banner.of(visitor));
        model.addAttribute("since", Moment.of(look.inForceSince(), now));
        model.addAttribute("lookedAt", Moment.of(look.lookedAt(), now));
        model.addAttribute("faults", look.faults().stream().map(VisibleText::of).toList());
        model.addAttribute("afterRestart", look.afterRestart());
        model.addAttribute(
                "rows",
                shelf.entries().stream()
                        .map(entry -> new Row(
                                VisibleText.of(entry.file()),
                                entry.sha256(),
                                entry.sha256().substring(0, HASH_SHOWN),
                                Moment.of(entry.since(), now),
                                String.join(", ", entry.grants())))
                        .toList());
        return "policies";
    }

    @GetMapping("/policies/{sha256}")
    String text(@AuthenticationPrincipal Visitor visitor, @PathVariable String sha256, Model model) {
        visitor.mustSeeConfiguration();
        var text = shelf.text(sha256).orElseThrow(Refused::notFound);
        model.addAttribute("banner", Banner.of(visitor));
        model.addAttribute("sha256", sha256);
        model.addAttribute("text", VisibleText.ofLines(text));
        return "policy";
    }

    /**
     * A version on the page.
     *
     * @param inForceFor the grants under it; empty where it is not in force
     */
    record Row(List<Piece> file, String sha256, String shortHash, Moment since, String inForceFor) {}
}

package io.holdpoint.gateway.console.access;

import io.holdpoint.gateway.console.Problem;
import io.holdpoint.gateway.console.Refused;
import io.holdpoint.gateway.console.VisibleText;
import io.holdpoint.gateway.console.Visitor;
import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.people.People;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Signs people in by link. Opening the link changes nothing: mail scanners and previews open links too. */
@Controller
class SignInPage {

    private final SignInLinks links;
    private final Supplier<People> people;
    private final AuditLog log;
    private final TransactionTemplate transaction;
    private final BrowserSessions sessions;
    private final Clock clock;

    SignInPage(
            SignInLinks links,
            Supplier<People> people,
            AuditLog log,
            PlatformTransactionManager transactions,
            BrowserSessions sessions,
            Clock clock) {
        this.links = links;
        this.people = people;
        this.log = log;
        this.transaction = new TransactionTemplate(transactions);
        this.sessions = sessions;
        this.clock = clock;
    }

    @GetMapping("/sign-in/{token}")
    String show(@PathVariable String token, Model model) {
        var person = links.look(token).flatMap(people.get()::find).orElseThrow(SignInPage::used);
        model.addAttribute("token", token);
        model.addAttribute("name", VisibleText.of(person.name()));
        return "sign-in";
    }

    @PostMapping("/sign-in/{token}")
    String signIn(@PathVariable String token, HttpServletRequest request, HttpServletResponse response) {
        var link = links.take(token).orElseThrow(SignInPage::used);
        var person = people.get().find(link.person()).orElseThrow(SignInPage::used);
        var visitor = new Visitor(person, Visitor.CONSOLE, link.assurance(), clock.instant());
        record(link, visitor);
        sessions.begin(visitor, request, response);
        return "redirect:/";
    }

    @GetMapping("/signed-out")
    String signedOut() {
        return "signed-out";
    }

    /** Nobody signs in unrecorded; if the log cannot be written, the link stays good for another try. */
    private void record(SignInLinks.Link link, Visitor visitor) {
        var recorded = false;
        try {
            var entry = new AuditEntry.SignedIn(visitor.actor(), "link", link.maker());
            transaction.executeWithoutResult(status -> log.append(entry));
            recorded = true;
        } finally {
            if (!recorded) {
                links.giveBack(link);
            }
        }
    }

    private static Refused used() {
        return new Refused(Problem.LINK_USED);
    }
}

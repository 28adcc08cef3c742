package io.holdpoint.gateway.console.access;

import io.holdpoint.gateway.console.Visitor;
import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.Person;
import io.holdpoint.workflow.people.PersonId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/**
 * Signs people in by password. An unknown name and a wrong password get the same answer after the same time, and both
 * stand in the log.
 */
@Controller
class PasswordPage {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_PASSWORD = 1_000;

    private static final String WRONG = "This name and password do not belong together. Check both and try again.";

    private static final String BUSY = "Many people sign in at the moment. Try again in a few seconds.";

    private final Supplier<People> people;
    private final Supplier<Passwords> passwords;
    private final SignInThrottle throttle;
    private final PasswordWorkers workers;
    private final UncheckedTries unchecked;
    private final AuditLog log;
    private final TransactionTemplate transaction;
    private final BrowserSessions sessions;
    private final Clock clock;

    PasswordPage(
            Supplier<People> people,
            Supplier<Passwords> passwords,
            SignInThrottle throttle,
            PasswordWorkers workers,
            UncheckedTries unchecked,
            AuditLog log,
            PlatformTransactionManager transactions,
            BrowserSessions sessions,
            Clock clock) {
        this.people = people;
        this.passwords = passwords;
        this.throttle = throttle;
        this.workers = workers;
        this.unchecked = unchecked;
        this.log = log;
        this.transaction = new TransactionTemplate(transactions);
        this.sessions = sessions;
        this.clock = clock;
    }

    @GetMapping("/sign-in")
    ModelAndView show(
            @AuthenticationPrincipal @Nullable Visitor visitor,
            @RequestParam(name = "to", defaultValue = LocalPath.INBOX) String to) {
        return visitor == null ? form("", to, "", HttpStatus.OK) : redirect(to);
    }

    @PostMapping("/sign-in")
    ModelAndView signIn(
            @RequestParam(name = "name", defaultValue = "") String name,
            @RequestParam(name = "password", defaultValue = "") String password,
            @RequestParam(name = "to", defaultValue = LocalPath.INBOX) String to,
            HttpServletRequest request,
            HttpServletResponse response)
            throws InterruptedException {
        var typed = cut(name.strip());
        var person = find(typed);
        var tried = new SignInThrottle.Tried(person.map(Person::id), typed, request.getRemoteAddr());
        if (!workers.take(tried.network())) {
            unchecked.count(tried.person());
            return busy(typed, to, response);
        }
        var checked = checkAndFree(tried, password);
        if (checked.pause().isPresent()) {
            unchecked.count(tried.person());
            return later(typed, to, checked.pause().get(), response);
        }
        var hash = checked.hash();
        if (person.isEmpty() || hash.isEmpty()) {
            return refuse(tried, to, response);
        }
        throttle.succeeded(tried);
        var visitor = new Visitor(person.get(), Visitor.CONSOLE, Assurance.LOGIN, clock.instant());
        record(new AuditEntry.SignedIn(visitor.actor(), "password"));
        sessions.begin(visitor, hash.get(), request, response);
        return redirect(to);
    }

    /** Only here the network's failures matter: who knows the password gets in, whoever else guesses beside them. */
    private ModelAndView refuse(SignInThrottle.Tried tried, String to, HttpServletResponse response) {
        record(new AuditEntry.SignInRefused(tried.person(), tried.address()));
        return throttle.failed(tried)
                .map(wait -> later(tried.name(), to, wait, response))
                .orElseGet(() -> form(tried.name(), to, WRONG, HttpStatus.UNAUTHORIZED));
    }

    /** Whose id or mail address this is; one address of two people is nobody's. */
    private Optional<Person> find(String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        var all = people.get();
        return all.find(new PersonId(name)).or(() -> byEmail(all, name));
    }

    private static Optional<Person> byEmail(People people, String email) {
        var found = people.all().stream()
                .filter(person -> person.email().filter(email::equalsIgnoreCase).isPresent())
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /**
     * What became of a password.
     *
     * @param pause how long to wait, where it was not looked at
     * @param hash the hash it belongs to; empty if it is not this person's
     */
    private record Checked(Optional<Duration> pause, Optional<PasswordHash> hash) {}

    private Checked checkAndFree(SignInThrottle.Tried tried, String password) {
        try {
            var wait = throttle.take(tried);
            return new Checked(wait, wait.isPresent() ? Optional.empty() : match(tried.person(), password));
        } finally {
            workers.free(tried.network());
        }
    }

    private Optional<PasswordHash> match(Optional<PersonId> person, String password) {
        var now = passwords.get();
        var possible = password.length() <= LONGEST_PASSWORD ? password : "";
        return now.match(person, possible) ? person.flatMap(now::of) : Optional.empty();
    }

    /** Nobody signs in unrecorded, and no wrong password is; {@link UncheckedTries} tells of what was not looked at. */
    private void record(AuditEntry entry) {
        transaction.executeWithoutResult(status -> log.append(entry));
    }

    private ModelAndView busy(String name, String to, HttpServletResponse response) {
        response.setHeader("Retry-After", String.valueOf(PasswordWorkers.PATIENCE.toSeconds()));
        return form(name, to, BUSY, HttpStatus.SERVICE_UNAVAILABLE);
    }

    private ModelAndView later(String name, String to, Duration wait, HttpServletResponse response) {
        var seconds = wait.plusMillis(999).toSeconds();
        response.setHeader("Retry-After", String.valueOf(seconds));
        var why = "Too many tries. Try again in %d s.".formatted(seconds);
        return form(name, to, why, HttpStatus.TOO_MANY_REQUESTS);
    }

    private ModelAndView form(String name, String to, String why, HttpStatus status) {
        var model = Map.of(
                "name",
                name,
                "to",
                LocalPath.orInbox(to),
                "why",
                why,
                "possible",
                !passwords.get().isEmpty());
        return new ModelAndView("password", model, status);
    }

    private static ModelAndView redirect(String to) {
        var view = new RedirectView(LocalPath.orInbox(to), true);
        view.setExpandUriTemplateVariables(false);
        return new ModelAndView(view);
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}

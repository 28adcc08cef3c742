package io.holdpoint.gateway.console.access;

import io.holdpoint.gateway.console.Banner;
import io.holdpoint.gateway.console.Refused;
import io.holdpoint.gateway.console.VisibleText;
import io.holdpoint.gateway.console.VisibleText.Piece;
import io.holdpoint.gateway.console.Visitor;
import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.Person;
import io.holdpoint.workflow.people.PersonId;
import io.holdpoint.workflow.people.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Who is configured, and one-time links by which an admin lets others in. */
@Controller
class PeoplePage {

    static final Duration LINK_GOOD_FOR = Duration.ofMinutes(15);

    private final Supplier<People> people;
    private final Supplier<Passwords> passwords;
    private final SignInLinks links;
    private final ConsoleSettings settings;
    private final AuditLog log;
    private final TransactionTemplate transaction;

    PeoplePage(
            Supplier<People> people,
            Supplier<Passwords> passwords,
            SignInLinks links,
            ConsoleSettings settings,
            AuditLog log,
            PlatformTransactionManager transactions) {
        this.people = people;
        this.passwords = passwords;
        this.links = links;
        this.settings = settings;
        this.log = log;
        this.transaction = new TransactionTemplate(transactions);
    }

    @GetMapping("/people")
    String show(@AuthenticationPrincipal Visitor visitor, Model model) {
        if (!visitor.seesPeople()) {
            throw Refused.notFound();
        }
        model.addAttribute("banner", Banner.of(visitor));
        model.addAttribute("rows", rows(visitor));
        model.addAttribute("admin", visitor.is(Role.ADMIN));
        model.addAttribute("link", "");
        return "people";
    }

    /** Shows the link in the answer itself: it is not kept anywhere, so it is seen once. */
    @PostMapping("/people/{id}/sign-in-link")
    String makeLink(
            @AuthenticationPrincipal Visitor visitor,
            @PathVariable String id,
            HttpServletRequest request,
            Model model) {
        if (!visitor.is(Role.ADMIN)) {
            throw Refused.notFound();
        }
        var person = people.get().find(new PersonId(id)).orElseThrow(Refused::notFound);
        if (person.id().equals(visitor.person().id())) {
            throw Refused.notAllowed("A sign-in link is for somebody else.", "You are signed in already.");
        }
        transaction.executeWithoutResult(
                status -> log.append(new AuditEntry.SignInLinkMade(visitor.actor(), person.id())));
        show(visitor, model);
        model.addAttribute(
                "link",
                console(request) + links.issue(person.id(), visitor.person().id(), LINK_GOOD_FOR));
        model.addAttribute("linkFor", VisibleText.of(person.name()));
        model.addAttribute("minutes", LINK_GOOD_FOR.toMinutes());
        return "people";
    }

    /** The name in the request's address is one of ours; {@link HostFilter} has seen to it. */
    private String console(HttpServletRequest request) {
        return settings.publicUrl()
                .map(URI::toString)
                .orElseGet(() -> ServletUriComponentsBuilder.fromContextPath(request)
                        .build()
                        .toUriString())
                .replaceAll("/$", "");
    }

    private List<Row> rows(Visitor visitor) {
        return people.get().all().stream()
                .sorted(Comparator.comparing(person -> person.id().value()))
                .map(person -> row(person, visitor))
                .toList();
    }

    private Row row(Person person, Visitor visitor) {
        return new Row(
                person.id().value(),
                VisibleText.of(person.name()),
                VisibleText.of(
                        String.join(", ", person.groups().stream().sorted().toList())),
                person.roles().stream()
                        .sorted()
                        .map(role -> role.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")),
                ways(person),
                !person.id().equals(visitor.person().id()));
    }

    private String ways(Person person) {
        var password = passwords.get().has(person.id()) ? "password" : "one-time link only";
        var token = person.tokenSha256().isPresent() ? "API token" : "";
        return Stream.of(password, token).filter(way -> !way.isEmpty()).collect(Collectors.joining(", "));
    }

    /**
     * Somebody on the page.
     *
     * @param ways how they can sign in
     * @param another whether it is somebody else than who looks
     */
    record Row(String id, List<Piece> name, List<Piece> groups, String roles, String ways, boolean another) {}
}

package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.console.access.PasswordHash;
import io.holdpoint.gateway.console.access.Passwords;
import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Nearest;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.document.Words;
import io.holdpoint.workflow.people.Person;
import io.holdpoint.workflow.people.PersonId;
import io.holdpoint.workflow.people.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code people:}. */
final class PeopleReader {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+");

    private final Reading reading;
    private final Tokens tokens;
    private final Map<PersonId, PasswordHash> passwords = new LinkedHashMap<>();
    private final Set<PersonId> withSecret = new HashSet<>();

    PeopleReader(Reading reading, Tokens tokens) {
        this.reading = reading;
        this.tokens = tokens;
    }

    /** Everybody, in the file's order. */
    List<Person> read(Fields holdpoint) {
        List<Person> people = new ArrayList<>();
        holdpoint.objects("people").forEach((id, fields) -> {
            reading.checkName(fields.self(), id);
            people.add(read(id, fields));
        });
        return people;
    }

    /** The passwords of those who were read. */
    Passwords passwords() {
        return new Passwords(passwords);
    }

    /** Who has a token or a password, those included whose is faulty: that is a fault of its own. */
    Set<PersonId> withSecret() {
        return withSecret;
    }

    private Person read(String id, Fields fields) {
        reading.notBuilt(fields, "slack", "notify", "channel", "away", "delegate");
        if (Stream.of("token", "token-sha256", "password-hash").anyMatch(fields::has)) {
            withSecret.add(new PersonId(id));
        }
        passwordHash(fields).ifPresent(hash -> passwords.put(new PersonId(id), hash));
        var person = new Person(
                new PersonId(id),
                fields.optionalText("name").orElse(id),
                email(fields),
                Set.copyOf(fields.texts("groups")),
                roles(fields),
                tokens.read(fields));
        fields.noOthers();
        return person;
    }

    /** Never shows what stands there: with it, a password can be guessed at leisure. */
    private Optional<PasswordHash> passwordHash(Fields fields) {
        var text = fields.optionalText("password-hash");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var node = fields.any("password-hash").orElseThrow();
        var hash = PasswordHash.parse(text.get());
        if (hash.isEmpty()) {
            reading.faults()
                    .at(
                            node,
                            "is not a bcrypt hash, the only kind that is taken; use {bcrypt}$2…, or $2a$, $2b$ or $2y$,"
                                    + " as `holdpoint password` prints");
        }
        return hash.filter(known -> hasFairCost(node, known));
    }

    private boolean hasFairCost(Node node, PasswordHash hash) {
        if (hash.cost() >= PasswordHash.LOWEST_COST && hash.cost() <= PasswordHash.HIGHEST_COST) {
            return true;
        }
        reading.faults()
                .at(
                        node,
                        "has cost %d; use %d to %d, as `holdpoint password` does"
                                .formatted(hash.cost(), PasswordHash.LOWEST_COST, PasswordHash.HIGHEST_COST));
        return false;
    }

    private Optional<String> email(Fields fields) {
        var email = fields.optionalText("email");
        if (email.isPresent() && !EMAIL.matcher(email.get()).matches()) {
            reading.faults().wrongValue(fields.any("email").orElseThrow(), "use one address such as ana@example.org");
            return Optional.empty();
        }
        return email;
    }

    private Set<Role> roles(Fields fields) {
        var allowed = Words.of(Role.values(), role -> role.name().toLowerCase(Locale.ROOT));
        var roles = EnumSet.noneOf(Role.class);
        for (var node : fields.list("roles")) {
            var role = node instanceof Node.Text text
                    ? Optional.ofNullable(allowed.get(text.value()))
                    : Optional.<Role>empty();
            role.ifPresentOrElse(
                    roles::add, () -> reading.faults().wrongValue(node, "use " + Nearest.listed(allowed.keySet())));
        }
        return roles;
    }
}

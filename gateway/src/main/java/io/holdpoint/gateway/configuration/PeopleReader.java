package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Nearest;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.workflow.people.Person;
import io.holdpoint.workflow.people.PersonId;
import io.holdpoint.workflow.people.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code people:}. */
final class PeopleReader {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+");

    private final Reading reading;
    private final Tokens tokens;

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

    private Person read(String id, Fields fields) {
        reading.notBuilt(fields, "slack", "notify", "channel", "away", "delegate", "password-hash");
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

    private Optional<String> email(Fields fields) {
        var email = fields.optionalText("email");
        if (email.isPresent() && !EMAIL.matcher(email.get()).matches()) {
            reading.faults().wrongValue(fields.any("email").orElseThrow(), "use one address such as ana@example.org");
            return Optional.empty();
        }
        return email;
    }

    private Set<Role> roles(Fields fields) {
        var allowed = words();
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

    private static Map<String, Role> words() {
        var words = new LinkedHashMap<String, Role>();
        for (var role : Role.values()) {
            words.put(role.name().toLowerCase(Locale.ROOT), role);
        }
        return words;
    }
}

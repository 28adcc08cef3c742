package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Nearest;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.PersonId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code grants:}. */
final class GrantsReader {

    private static final int MOST_PENDING = 100_000;

    private final Reading reading;
    private final Tokens tokens;
    private final Map<String, Server> servers;
    private final Set<String> serverNames;
    private final People people;
    private final PolicyFiles policies;

    /** @param serverNames all that {@code servers:} names, those with faults included: one fault is enough for each */
    GrantsReader(
            Reading reading,
            Tokens tokens,
            Map<String, Server> servers,
            Set<String> serverNames,
            People people,
            PolicyFiles policies) {
        this.reading = reading;
        this.tokens = tokens;
        this.servers = servers;
        this.serverNames = serverNames;
        this.people = people;
        this.policies = policies;
    }

    List<Grant> read(Fields holdpoint) {
        List<Grant> grants = new ArrayList<>();
        holdpoint.objects("grants").forEach((id, fields) -> {
            reading.checkName(fields.self(), id);
            read(id, fields).ifPresent(grants::add);
        });
        return grants;
    }

    private Optional<Grant> read(String id, Fields fields) {
        var owner = owner(fields);
        var token = token(fields);
        var access = access(fields);
        shadow(fields, access);
        var expires = expires(fields);
        var holdFor = fields.duration("hold-for", Duration.ofSeconds(1), Duration.ofDays(1));
        var maxPending = fields.integer("max-pending", 1, MOST_PENDING);
        fields.noOthers();
        if (owner.isEmpty() || token.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Grant(id, owner.get(), token.get(), access, expires, holdFor, maxPending));
    }

    private Optional<PersonId> owner(Fields fields) {
        var name = fields.text("owner");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        var known = people.find(new PersonId(name));
        if (known.isEmpty()) {
            var ids = people.all().stream()
                    .map(person -> person.id().value())
                    .sorted()
                    .toList();
            var node = fields.any("owner").orElseThrow();
            reading.faults().wrongValue(node, "no person is called that" + Nearest.advice(name, ids));
        }
        return known.map(person -> person.id());
    }

    private Optional<String> token(Fields fields) {
        if (!fields.has("token") && !fields.has("token-sha256")) {
            reading.faults().at(fields.self(), "has no token; add token-sha256, or token: \"${NAME}\"");
        }
        return tokens.read(fields);
    }

    private Map<String, Grant.Access> access(Fields fields) {
        var several = fields.any("servers");
        var one = fields.any("server");
        var policy = fields.any("policy");
        if (several.isPresent() && (one.isPresent() || policy.isPresent())) {
            reading.faults().at(several.get(), "stands beside server and policy; use one way or the other");
        }
        if (several.isEmpty() && one.isEmpty()) {
            reading.faults().at(fields.self(), "has no servers; add servers: { name: policy-file }");
        }
        return several.isPresent() ? several(fields) : single(fields);
    }

    private Map<String, Grant.Access> several(Fields fields) {
        var access = new LinkedHashMap<String, Grant.Access>();
        fields.object("servers").ifPresent(named -> {
            if (named.self().members().isEmpty()) {
                reading.faults().at(named.self(), "names no server; add name: policy-file");
            }
            named.self().members().forEach((name, policy) -> add(access, policy, name, Optional.of(policy)));
        });
        return access;
    }

    private Map<String, Grant.Access> single(Fields fields) {
        var access = new LinkedHashMap<String, Grant.Access>();
        var policy = fields.any("policy");
        fields.optionalText("server")
                .ifPresent(name -> add(access, fields.any("server").orElseThrow(), name, policy));
        return access;
    }

    private void add(Map<String, Grant.Access> access, Node where, String name, Optional<Node> policyName) {
        if (!serverNames.contains(name)) {
            reading.faults()
                    .at(where, "names no server of ours: %s%s".formatted(name, Nearest.advice(name, serverNames)));
        }
        var policy = policy(where, policyName);
        if (servers.containsKey(name)) {
            access.put(name, new Grant.Access(servers.get(name), policy));
        }
    }

    /** One file for every server of the grant, or {@code server: file}. */
    private void shadow(Fields fields, Map<String, Grant.Access> access) {
        var shadow = fields.any("shadow");
        if (shadow.isEmpty()) {
            return;
        }
        if (shadow.get() instanceof Node.Obj named && !named.members().isEmpty()) {
            named.members().forEach((server, file) -> shadow(access, server, file));
        } else if (isName(shadow.get())) {
            policies.read((Node.Text) shadow.get())
                    .ifPresent(policy -> access.replaceAll((name, one) -> one.shadowedBy(policy)));
        } else {
            reading.faults()
                    .wrongKind(shadow.get(), "a policy's file name for all servers of the grant, or server: file");
        }
    }

    private void shadow(Map<String, Grant.Access> access, String server, Node file) {
        if (!isName(file)) {
            reading.faults().wrongKind(file, "a policy's file name");
            return;
        }
        var policy = policies.read((Node.Text) file);
        if (!access.containsKey(server)) {
            reading.faults().at(file, "names no server of this grant" + Nearest.advice(server, access.keySet()));
        } else {
            policy.ifPresent(shadow -> access.computeIfPresent(server, (name, one) -> one.shadowedBy(shadow)));
        }
    }

    private static boolean isName(Node node) {
        return node instanceof Node.Text text && !text.value().isBlank();
    }

    private Optional<Policy> policy(Node where, Optional<Node> name) {
        if (name.isEmpty() || name.get() instanceof Node.Null) {
            reading.warn(where, "has no policy, so every call there is denied");
            return Optional.empty();
        }
        if (isName(name.get())) {
            return policies.read((Node.Text) name.get());
        }
        reading.faults().wrongKind(name.get(), "a policy's file name");
        return Optional.empty();
    }

    /** An instant, or a date: its beginning in UTC, because the earlier end is the safer one. */
    private Optional<Instant> expires(Fields fields) {
        var text = fields.optionalText("expires");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var instant = instant(text.get());
        if (instant.isEmpty()) {
            var node = fields.any("expires").orElseThrow();
            reading.faults().wrongValue(node, "use a date such as 2027-01-31, or 2027-01-31T18:00:00Z");
        }
        return instant;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(
                    text.indexOf('T') < 0
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}

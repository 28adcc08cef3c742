package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Nearest;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.document.Words;
import io.holdpoint.gateway.enforcement.HoldSettings;
import io.holdpoint.gateway.policy.ApprovalDefaults;
import io.holdpoint.gateway.policy.PolicyContext;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.People;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code approvals:} and {@code cluster:}: how calls are held, and what rules leave to the installation. */
final class ApprovalsReader {

    static final Duration RETAIN_ARGUMENTS = Duration.ofDays(30);

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration TEN_YEARS = Duration.ofDays(3650);
    private static final int MOST_PENDING = 100_000;

    private final Reading reading;
    private final Set<String> flows;

    ApprovalsReader(Reading reading, Set<String> flows) {
        this.reading = reading;
        this.flows = flows;
    }

    /** What {@code approvals:} says, in the parts the rooms need. */
    record Approvals(HoldSettings holds, Duration retainArguments, PolicyContext context) {}

    Approvals read(Node.Obj holdpoint, Optional<Fields> approvals, Optional<Fields> cluster, People people) {
        var fields = approvals.orElseGet(() -> empty(holdpoint));
        reading.notBuilt(fields, "break-glass");
        var read = new Approvals(
                holds(fields, cluster.orElseGet(() -> empty(holdpoint))),
                fields.duration("retain-arguments", HOUR, TEN_YEARS).orElse(RETAIN_ARGUMENTS),
                context(fields, people));
        fields.noOthers();
        cluster.ifPresent(Fields::noOthers);
        return read;
    }

    private Fields empty(Node.Obj beside) {
        return new Fields(new Node.Obj(beside.where(), Map.of()), reading.faults());
    }

    private HoldSettings holds(Fields fields, Fields cluster) {
        var normal = HoldSettings.defaults();
        return new HoldSettings(
                fields.duration("hold-for", SECOND, DAY).orElse(normal.holdFor()),
                holdForClients(fields, normal),
                fields.duration("keep-result", SECOND, MONTH).orElse(normal.keepResult()),
                fields.integer("max-pending", 1, MOST_PENDING).orElse(normal.maxPending()),
                fields.integer("max-pending-per-grant", 1, MOST_PENDING).orElse(normal.maxPendingPerGrant()),
                cluster.duration("lease", Duration.ofSeconds(3), Duration.ofMinutes(10))
                        .orElse(normal.lease()));
    }

    /** The shipped ones stay unless the configuration gives the same client another time. */
    private Map<String, Duration> holdForClients(Fields fields, HoldSettings normal) {
        var clients = new HashMap<>(normal.holdForClients());
        fields.object("hold-for-clients")
                .ifPresent(named -> named.self()
                        .members()
                        .keySet()
                        .forEach(client -> named.duration(client, SECOND, DAY)
                                .ifPresent(duration -> clients.put(client, duration))));
        return clients;
    }

    private PolicyContext context(Fields fields, People people) {
        var standard = ApprovalDefaults.standard();
        var defaults = new ApprovalDefaults(
                flow(fields, standard),
                approvers(fields, people),
                fields.duration("expires-after", SECOND, MONTH).orElse(standard.expiresAfter()),
                fields.duration("approved-for", SECOND, MONTH).orElse(standard.approvedFor()),
                allowOwner(fields, standard),
                minAssurance(fields, standard));
        return new PolicyContext(defaults, Optional.of(flows), Optional.of(people.names()));
    }

    private String flow(Fields fields, ApprovalDefaults standard) {
        var flow = fields.optionalText("flow");
        if (flow.isPresent() && !flows.contains(flow.get())) {
            var advice = "is not a flow" + Nearest.advice(flow.get(), flows);
            reading.faults().at(fields.any("flow").orElseThrow(), advice);
        }
        return flow.orElse(standard.flow());
    }

    private List<String> approvers(Fields fields, People people) {
        var approvers = fields.texts("approvers");
        for (var node : fields.list("approvers")) {
            if (node instanceof Node.Text text && !text.value().isBlank() && !people.knows(text.value())) {
                reading.faults().wrongValue(node, "no person or group is called that; name one that people: has");
            }
        }
        return approvers;
    }

    private boolean allowOwner(Fields fields, ApprovalDefaults standard) {
        var allowed = fields.bool("allow-owner", standard.allowOwner());
        if (allowed) {
            reading.warn(
                    fields.any("allow-owner").orElseThrow(),
                    "is on: owners approve their own calls; for working alone");
        }
        return allowed;
    }

    private Map<Risk, Assurance> minAssurance(Fields fields, ApprovalDefaults standard) {
        var least = new EnumMap<>(standard.minAssurance());
        fields.object("min-assurance").ifPresent(classes -> {
            for (var risk : Risk.values()) {
                classes.word(risk.label(), Words.of(Assurance.values(), Assurance::label))
                        .ifPresent(assurance -> least.put(risk, assurance));
            }
            classes.noOthers();
        });
        return least;
    }
}

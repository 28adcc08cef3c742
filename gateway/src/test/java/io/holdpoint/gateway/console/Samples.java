package io.holdpoint.gateway.console;

import io.holdpoint.gateway.policy.PolicyContext;
import io.holdpoint.gateway.policy.SmallInstallation;
import io.holdpoint.workflow.CallId;
import io.holdpoint.workflow.CallSummary;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.Sha256;
import io.holdpoint.workflow.approval.Approval;
import io.holdpoint.workflow.approval.ApprovalId;
import io.holdpoint.workflow.approval.ApprovalState;
import io.holdpoint.workflow.approval.ApprovalTerms;
import io.holdpoint.workflow.approval.Execution;
import io.holdpoint.workflow.approval.Review;
import io.holdpoint.workflow.approval.Settlement;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.Person;
import io.holdpoint.workflow.people.PersonId;
import io.holdpoint.workflow.people.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** People and approvals to test with. Everybody's API token is their id followed by {@code -token}. */
public final class Samples {

    public static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    public static final ApprovalId ID = new ApprovalId("apr_0123456789abcdefghjkmnpqrs");
    public static final ApprovalId OTHER_ID = new ApprovalId("apr_zzzzzzzzzzzzzzzzzzzzzzzzzz");
    static final String DIGEST = "9f2c41d0".repeat(8);

    static final PolicyContext CONTEXT = SmallInstallation.approvedBy("leads");

    public static final Person ANA = person("ana", "Ana Diaz", Role.REVIEWER, Role.ADMIN);
    public static final Person BO = person("bo", "Bo Lind", Role.REVIEWER);
    public static final Person STRANGER = person("sam", "Sam Stone", Role.REVIEWER);
    public static final Person AUDITOR = person("ada", "Ada Audit", Role.AUDITOR);
    public static final Person OPERATOR = person("omar", "Omar Ops", Role.OPERATOR);
    public static final Person ADMIN = person("alex", "Alex Admin", Role.ADMIN);
    public static final Person NOBODY = person("nel", "Nel Nobody");
    public static final Person OWNER = person("olga", "Olga Owner", Role.REVIEWER, Role.OPERATOR);

    public static final People EVERYBODY =
            new People(List.of(ANA, BO, STRANGER, AUDITOR, OPERATOR, ADMIN, NOBODY, OWNER));

    private Samples() {}

    public static Person person(String id, String name, Role... roles) {
        return new Person(
                new PersonId(id),
                name,
                Optional.empty(),
                Set.of(),
                Set.of(roles),
                Optional.of(Sha256.hex(id + "-token")));
    }

    public static Person named(String id) {
        return EVERYBODY.find(new PersonId(id)).orElseThrow();
    }

    public static Sample anApproval() {
        return new Sample();
    }

    /** A pending approval that Ana and Bo are asked for, until something else is said. */
    public static final class Sample {

        private ApprovalId id = ID;
        private ApprovalState state = ApprovalState.PENDING;
        private String text = "";
        private String arguments = "{\"study\":\"1.2.840\",\"includePhi\":true}";
        private String owner = "olga";
        private List<Person> approvers = List.of(ANA, BO);
        private Optional<Person> decidedBy = Optional.empty();
        private Optional<String> decidedReason = Optional.empty();
        private final List<Review> reviews = new ArrayList<>();
        private Optional<Execution> execution = Optional.empty();
        private Optional<Instant> argumentsDeletedAt = Optional.empty();
        private boolean reasonRequired;
        private boolean allowOwner;
        private Assurance minAssurance = Assurance.LINK;
        private Duration expiresAfter = Duration.ofHours(1);

        Sample id(ApprovalId other) {
            id = other;
            return this;
        }

        Sample state(ApprovalState other) {
            state = other;
            return this;
        }

        Sample arguments(String json) {
            arguments = json;
            return this;
        }

        /** Puts this into every field an agent, a server, a policy's author or a reviewer can choose. */
        Sample everywhere(String hostile) {
            text = hostile;
            return arguments("{\"note\":\"" + hostile.replace("\"", "\\\"") + "\"}")
                    .reviewed(BO, Review.Verdict.APPROVE, hostile)
                    .failed(hostile);
        }

        Sample owner(Person person) {
            owner = person.id().value();
            return this;
        }

        Sample asking(Person... people) {
            approvers = List.of(people);
            return this;
        }

        Sample decided(ApprovalState outcome, Person by, String reason) {
            decidedBy = Optional.of(by);
            decidedReason = Optional.of(reason);
            return state(outcome);
        }

        Sample reviewed(Person by, Review.Verdict verdict, String reason) {
            reviews.add(new Review(
                    by.id(), verdict, Optional.of(reason), "console", Assurance.LOGIN, NOON.plusSeconds(60)));
            return this;
        }

        Sample failed(String error) {
            execution = Optional.of(new Execution(
                    ApprovalState.FAILED,
                    NOON.plusSeconds(120),
                    Optional.of(NOON.plusSeconds(125)),
                    Optional.of(error)));
            return this;
        }

        /** Forwarded, with nobody knowing what became of it. */
        Sample unknown() {
            return executed(new Execution(
                    ApprovalState.UNKNOWN,
                    NOON.plusSeconds(120),
                    Optional.of(NOON.plusSeconds(125)),
                    Optional.of("cut after 200 bytes")));
        }

        Sample settled(Person by, boolean happened, String note) {
            return executed(new Execution(
                    ApprovalState.UNKNOWN,
                    NOON.plusSeconds(120),
                    Optional.of(NOON.plusSeconds(125)),
                    Optional.empty(),
                    Optional.of(new Settlement(by.id(), NOON.plusSeconds(240), happened, note))));
        }

        Sample succeeded() {
            return executed(new Execution(
                    ApprovalState.SUCCEEDED,
                    NOON.plusSeconds(120),
                    Optional.of(NOON.plusSeconds(125)),
                    Optional.empty()));
        }

        private Sample executed(Execution other) {
            execution = Optional.of(other);
            return state(other.state());
        }

        Sample argumentsDeleted() {
            argumentsDeletedAt = Optional.of(NOON.plusSeconds(200));
            return arguments("");
        }

        Sample reasonRequired() {
            reasonRequired = true;
            return this;
        }

        Sample allowOwner() {
            allowOwner = true;
            return this;
        }

        Sample minAssurance(Assurance least) {
            minAssurance = least;
            return this;
        }

        Sample expiresAfter(Duration time) {
            expiresAfter = time;
            return this;
        }

        Approval build() {
            var open = state == ApprovalState.PENDING;
            return new Approval(
                    id,
                    state,
                    call(),
                    terms(),
                    DIGEST,
                    "d".repeat(64),
                    3,
                    text.isEmpty() ? "Exporting two studies for the Q4 review." : text,
                    approvers.stream().map(Person::id).toList(),
                    NOON,
                    NOON.plus(expiresAfter),
                    open ? Optional.empty() : Optional.of(NOON.plusSeconds(90)),
                    decidedBy.map(Person::id),
                    decidedReason,
                    Optional.empty(),
                    false,
                    reviews,
                    execution,
                    argumentsDeletedAt);
        }

        private CallSummary call() {
            return new CallSummary(
                    new CallId("call-1"),
                    or("imaging"),
                    or("start_dicom_export_job"),
                    or("radiology-agent"),
                    owner,
                    or("/tools/start_dicom_export_job/require_approval"),
                    "b".repeat(64),
                    Risk.HIGH,
                    or("Export"),
                    arguments);
        }

        private ApprovalTerms terms() {
            return new ApprovalTerms(
                    or("single-approver"),
                    Map.of(),
                    List.of("radiology-leads"),
                    expiresAfter,
                    Duration.ofMinutes(10),
                    Optional.of(or("Exports leave the hospital.")),
                    reasonRequired,
                    allowOwner,
                    false,
                    minAssurance,
                    "c".repeat(64));
        }

        private String or(String usual) {
            return text.isEmpty() ? usual : text;
        }
    }
}

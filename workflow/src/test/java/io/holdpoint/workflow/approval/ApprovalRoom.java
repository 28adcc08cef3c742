package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.CallId;
import io.holdpoint.workflow.CallSummary;
import io.holdpoint.workflow.Risk;
import io.holdpoint.workflow.approval.camunda.CamundaConfiguration;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.database.TestDatabases;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.Person;
import io.holdpoint.workflow.people.PersonId;
import io.holdpoint.workflow.people.Role;
import io.holdpoint.workflow.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.ResolvableType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The whole room on a real database with the real engine, people who come and go, and a clock moved by hand. */
public final class ApprovalRoom implements AutoCloseable {

    static final PersonId ANA = new PersonId("ana");
    static final PersonId BO = new PersonId("bo");
    static final PersonId CY = new PersonId("cy");
    static final PersonId OWNER = new PersonId("olga");
    static final PersonId OPERATOR = new PersonId("otto");

    private static final byte[] KEY = new byte[Vault.KEY_BYTES];
    private static final Map<TestDatabases, ApprovalRoom> SHARED = new EnumMap<>(TestDatabases.class);

    final MovedClock clock = MovedClock.ONE;
    final RecordedAudit audit = new RecordedAudit();
    final List<ApprovalChanged> changes = new CopyOnWriteArrayList<>();
    final List<FlowMessage> messages = new CopyOnWriteArrayList<>();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private volatile People people = everybody();

    private ApprovalRoom(DataSource dataSource) {
        register(DataSource.class, dataSource);
        register(PlatformTransactionManager.class, new JdbcTransactionManager(dataSource));
        register(AuditLog.class, audit);
        register(Clock.class, clock);
        register(Vault.class, new Vault(KEY));
        register(ApprovalSettings.class, new ApprovalSettings(Duration.ofHours(1), Duration.ofDays(30)));
        var supplier = new RootBeanDefinition();
        supplier.setTargetType(ResolvableType.forClassWithGenerics(Supplier.class, People.class));
        supplier.setInstanceSupplier(() -> (Supplier<People>) () -> people);
        context.registerBeanDefinition("people", supplier);
        register(Ears.class, new Ears(this));
        context.register(ApprovalConfiguration.class, CamundaConfiguration.class);
        context.refresh();
    }

    /** Hears what the room tells others. */
    static final class Ears {

        private final ApprovalRoom room;

        Ears(ApprovalRoom room) {
            this.room = room;
        }

        @EventListener
        void on(ApprovalChanged change) {
            room.changes.add(change);
        }

        @EventListener
        void on(FlowMessage message) {
            room.messages.add(message);
        }
    }

    /** One room for all tests on this kind of database: the engine takes seconds to start. */
    public static synchronized ApprovalRoom on(TestDatabases kind) {
        var room =
                SHARED.computeIfAbsent(kind, one -> new ApprovalRoom(one.fresh().dataSource()));
        room.people = everybody();
        return room;
    }

    static ApprovalRoom over(DataSource dataSource) {
        return new ApprovalRoom(dataSource);
    }

    private <T> void register(Class<T> type, T bean) {
        context.registerBean(type, () -> bean);
    }

    Approvals approvals() {
        return context.getBean(Approvals.class);
    }

    Executions executions() {
        return context.getBean(Executions.class);
    }

    ApprovalRows rows() {
        return context.getBean(ApprovalRows.class);
    }

    FlowEngine flows() {
        return context.getBean(FlowEngine.class);
    }

    public ProcessEngine engine() {
        return context.getBean(ProcessEngine.class);
    }

    JdbcTemplate jdbc() {
        return new JdbcTemplate(context.getBean(DataSource.class));
    }

    /** Opens an approval and tells where its flow runs. */
    public String openInstance() {
        return jdbc().queryForObject(
                        "select process_instance from approval where id = ?",
                        String.class,
                        open().id().value());
    }

    public boolean hasIndex(String name) {
        var found = jdbc().queryForObject(
                        "select count(*) from information_schema.indexes where lower(index_name) = ?",
                        Integer.class,
                        name);
        return found == 1;
    }

    <T> T inTransaction(Supplier<T> work) {
        return new TransactionTemplate(context.getBean(PlatformTransactionManager.class)).execute(status -> work.get());
    }

    Approval open(ApprovalRequest request) {
        return inTransaction(() -> approvals().open(request));
    }

    Approval open() {
        return open(request());
    }

    /** An approval that {@code ANA} approved. */
    Approval approved() {
        return approvals().review(open().id(), approve(ANA));
    }

    Approval now(Approval approval) {
        return approvals().find(approval.id()).orElseThrow();
    }

    void setPeople(Person... all) {
        people = new People(List.of(all));
    }

    static ReviewSubmission approve(PersonId person) {
        return submission(person, Review.Verdict.APPROVE, Optional.empty());
    }

    static ReviewSubmission reject(PersonId person, String reason) {
        return submission(person, Review.Verdict.REJECT, Optional.of(reason));
    }

    private static ReviewSubmission submission(PersonId person, Review.Verdict verdict, Optional<String> reason) {
        return new ReviewSubmission(person, verdict, reason, Optional.empty(), "api", Assurance.LOGIN);
    }

    static Person reviewer(PersonId id, String name, String... groups) {
        return new Person(id, name, Optional.empty(), Set.of(groups), Set.of(Role.REVIEWER), Optional.empty());
    }

    static People everybody() {
        return new People(List.of(
                reviewer(ANA, "Ana Ruiz", "leads"),
                reviewer(BO, "Bo Lind", "leads"),
                reviewer(CY, "Cy Poe", "others"),
                reviewer(OWNER, "Olga Own", "leads"),
                new Person(OPERATOR, "Otto Op", Optional.empty(), Set.of(), Set.of(Role.OPERATOR), Optional.empty())));
    }

    static ApprovalTerms terms() {
        return new ApprovalTerms(
                "single-approval",
                Map.of(),
                List.of("leads"),
                Duration.ofHours(1),
                Duration.ofMinutes(15),
                Optional.of("Large exports leave the hospital"),
                false,
                false,
                true,
                Assurance.LINK,
                "ab".repeat(32));
    }

    static ApprovalTerms reasonRequired() {
        var terms = terms();
        return new ApprovalTerms(
                terms.flow(),
                terms.with(),
                terms.approvers(),
                terms.expiresAfter(),
                terms.approvedFor(),
                terms.reason(),
                true,
                false,
                true,
                Assurance.SLACK,
                terms.hash());
    }

    static ApprovalTerms approversAre(String... approvers) {
        return of(terms().flow(), Arrays.asList(approvers));
    }

    static ApprovalTerms flowIs(String flow) {
        return of(flow, terms().approvers());
    }

    private static ApprovalTerms of(String flow, List<String> approvers) {
        var terms = terms();
        return new ApprovalTerms(
                flow,
                terms.with(),
                approvers,
                terms.expiresAfter(),
                terms.approvedFor(),
                terms.reason(),
                terms.reasonRequired(),
                terms.allowOwner(),
                terms.allowEdit(),
                terms.minAssurance(),
                terms.hash());
    }

    static ApprovalRequest request() {
        return request(terms());
    }

    static ApprovalRequest request(ApprovalTerms terms) {
        return request(terms, UUID.randomUUID().toString());
    }

    static ApprovalRequest request(ApprovalTerms terms, String sameness) {
        var call = new CallSummary(
                new CallId(UUID.randomUUID().toString()),
                "pacs",
                "start_dicom_export_job",
                "radiology-agent",
                OWNER.value(),
                "/tools/start_dicom_export_job/require_approval/0",
                "cd".repeat(32),
                Risk.HIGH,
                "Execute",
                "{\"count\":200}");
        return new ApprovalRequest(call, terms, message(), "ef".repeat(32), sameness, "please");
    }

    static HeldMessage message() {
        return message(UnaryOperator.identity());
    }

    static HeldMessage message(UnaryOperator<String> change) {
        var arguments = change.apply("{\"count\":200}");
        var before = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"arguments\":";
        var body = (before + arguments + "}}").getBytes(StandardCharsets.UTF_8);
        return new HeldMessage(
                body,
                before.length(),
                before.length() + arguments.length(),
                "{\"a\":1}".getBytes(StandardCharsets.UTF_8),
                Map.of("mcp-param-region", "eu", "accept", "application/json"));
    }

    @Override
    public void close() {
        context.close();
    }
}

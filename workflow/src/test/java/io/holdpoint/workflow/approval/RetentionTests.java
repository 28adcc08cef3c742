package io.holdpoint.workflow.approval;

import static io.holdpoint.workflow.approval.ApprovalRoom.ANA;
import static io.holdpoint.workflow.approval.ApprovalRoom.BO;
import static io.holdpoint.workflow.approval.ApprovalRoom.approve;
import static io.holdpoint.workflow.approval.ApprovalRoom.reject;
import static io.holdpoint.workflow.approval.ApprovalRoom.request;
import static io.holdpoint.workflow.approval.ApprovalRoom.terms;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.approval.Executions.Finish;
import io.holdpoint.workflow.audit.Actor;
import io.holdpoint.workflow.database.TestDatabases;
import io.holdpoint.workflow.people.Assurance;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is kept of arguments, and for how long (spec 05, What an approval is bound to). */
@ParameterizedClass
@EnumSource
class RetentionTests {

    private static final Duration RETAINED = Duration.ofDays(30);
    private static final byte[] ANSWER = "{\"result\":{}}".getBytes(StandardCharsets.UTF_8);

    private final TestDatabases database;
    private final ApprovalRoom room;

    RetentionTests(TestDatabases database) {
        this.database = database;
        room = ApprovalRoom.on(database);
    }

    @Test
    void nothingTellsTheArgumentsOnceTheirTimeIsOver() {
        var rejected = rejected();
        deleteAfter(RETAINED);
        assertThat(count("held_message where approval_id = ?", rejected)).isZero();
        assertThat(count(
                        "approval where id = ? and arguments is null and attach_key is null and sameness_key is null",
                        rejected))
                .isOne();
    }

    @Test
    void whatIsDeletedSaysSinceWhen() {
        var rejected = rejected();
        deleteAfter(RETAINED);
        var after = room.now(rejected);
        assertThat(after.argumentsDeletedAt()).contains(room.clock.instant());
        assertThat(after.call().arguments()).isEmpty();
    }

    @Test
    void everythingElseOfItStays() {
        var rejected = rejected();
        deleteAfter(RETAINED);
        assertThat(room.now(rejected))
                .usingRecursiveComparison()
                .ignoringFields("argumentsDeletedAt", "call.arguments")
                .isEqualTo(rejected);
    }

    @Test
    void beforeTheirTimeIsOverArgumentsAreKept() {
        var rejected = rejected();
        deleteAfter(RETAINED.minusSeconds(1));
        assertThat(room.now(rejected)).isEqualTo(rejected);
        assertThat(room.executions().message(rejected.id())).isPresent();
    }

    @Test
    void theTimeBeginsWithTheEndOfTheExecution() {
        var approval = room.approvals()
                .review(room.open(request(runsFor(Duration.ofDays(60)))).id(), approve(ANA));
        room.clock.forward(Duration.ofDays(1));
        finish(approval, ApprovalState.SUCCEEDED);
        deleteAfter(RETAINED.minusHours(2));
        assertThat(room.executions().answer(approval.id())).contains(ANSWER);
    }

    @Test
    void theAnswerGoesWithTheArguments() {
        var approval = room.approved();
        finish(approval, ApprovalState.SUCCEEDED);
        deleteAfter(RETAINED);
        assertThat(room.executions().answer(approval.id())).isEmpty();
    }

    @Test
    void anAnswerKeptForDeliveryKeepsTheArgumentsToo() {
        var approval = room.approved();
        finish(approval, ApprovalState.SUCCEEDED);
        room.jdbc()
                .update(
                        "update approval set keep_until = ? where id = ?",
                        OffsetDateTime.ofInstant(
                                room.clock.instant().plus(RETAINED).plusSeconds(1), ZoneOffset.UTC),
                        approval.id().value());
        deleteAfter(RETAINED);
        assertThat(room.executions().answer(approval.id())).contains(ANSWER);
    }

    @Test
    void whatCanStillRunKeepsItsArgumentsHoweverOldItIs() {
        var pending = room.open();
        var approved = room.approved();
        var running = room.approved();
        room.executions().begin(running.id(), "node-1");
        deleteAfter(RETAINED.plusDays(400));
        assertThat(List.of(pending, approved, running))
                .allSatisfy(
                        one -> assertThat(room.executions().message(one.id())).isPresent());
    }

    @Test
    void manyAreDeletedInBatches() {
        for (var i = 0; i < 201; i++) {
            rejected();
        }
        var later = room.clock.instant().plus(RETAINED);
        assertThat(room.executions().deleteOldArguments(later)).isTrue();
        deleteAfter(RETAINED);
        assertThat(room.executions().deleteOldArguments(later)).isFalse();
    }

    /** What ever was approved is no reason to read through it once a minute. */
    @Test
    void oldArgumentsAreFoundByAnIndex() {
        var plan = room.inTransaction(() -> {
            if (database == TestDatabases.POSTGRESQL) { // reads a table of few rows through otherwise
                room.jdbc().execute("set local enable_seqscan = off");
            }
            return JdbcClient.create(room.jdbc())
                    .sql("explain " + ApprovalStates.WITH_OLD_ARGUMENTS)
                    .param("endedBy", OffsetDateTime.now(ZoneOffset.UTC))
                    .param("now", OffsetDateTime.now(ZoneOffset.UTC))
                    .param("most", 1)
                    .query(String.class)
                    .list();
        });
        assertThat(plan).anySatisfy(line -> assertThat(line).containsIgnoringCase("approval_arguments"));
    }

    @Test
    void aListShowsWhatIsLeft() {
        rejected();
        deleteAfter(RETAINED);
        var query = new ApprovalQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                500,
                Optional.empty());
        assertThat(room.approvals().list(query).items())
                .anySatisfy(one -> assertThat(one.argumentsDeletedAt()).isPresent());
    }

    @Test
    void anEqualCallIsANewOneAfterwards() {
        var sameness = UUID.randomUUID().toString();
        var approval =
                room.approvals().review(room.open(request(terms(), sameness)).id(), approve(ANA));
        finish(approval, ApprovalState.SUCCEEDED);
        deleteAfter(RETAINED);
        var equal = room.open(request(terms(), sameness));
        assertThat(room.approvals().equalThatRan(equal.id())).isEmpty();
    }

    @Test
    void anUnsettledUnknownStillWarnsAfterItsArgumentsAreDeleted() {
        var sameness = UUID.randomUUID().toString();
        var unknown = unknown(sameness);
        deleteAfter(RETAINED);
        var equal = room.open(request(terms(), sameness));
        assertThat(room.approvals().unsettledEquals(equal.id()))
                .extracting(Approval::id)
                .containsExactly(unknown.id());
    }

    @Test
    void whatIsSettledAfterItsArgumentsAreDeletedIsNotFoundByThemAnyMore() {
        var unknown = unknown(UUID.randomUUID().toString());
        deleteAfter(RETAINED);
        room.approvals().settle(unknown.id(), Actor.person(BO, "console", Assurance.LOGIN), true, "found it");
        assertThat(count("approval where id = ? and sameness_key is null", unknown))
                .isOne();
    }

    private Approval rejected() {
        return room.approvals().review(room.open().id(), reject(ANA, "no"));
    }

    private Approval unknown(String sameness) {
        var approval =
                room.approvals().review(room.open(request(terms(), sameness)).id(), approve(ANA));
        finish(approval, ApprovalState.UNKNOWN);
        return approval;
    }

    private void finish(Approval approval, ApprovalState state) {
        assertThat(room.executions().begin(approval.id(), "node-1")).isPresent();
        room.executions().finish(approval.id(), new Finish(state, Optional.of(ANSWER), Optional.empty(), false));
    }

    /** What this does to others' ended approvals in the shared room, their tests have seen before. */
    private void deleteAfter(Duration time) {
        Instant then = room.clock.instant().plus(time);
        while (room.executions().deleteOldArguments(then)) {
            assertThat(then).isAfter(room.clock.instant());
        }
    }

    private int count(String from, Approval approval) {
        return room.jdbc()
                .queryForObject(
                        "select count(*) from " + from,
                        Integer.class,
                        approval.id().value());
    }

    private static ApprovalTerms runsFor(Duration approvedFor) {
        var terms = terms();
        return new ApprovalTerms(
                terms.flow(),
                terms.with(),
                terms.approvers(),
                terms.expiresAfter(),
                approvedFor,
                terms.reason(),
                terms.reasonRequired(),
                terms.allowOwner(),
                terms.allowEdit(),
                terms.minAssurance(),
                terms.hash());
    }
}

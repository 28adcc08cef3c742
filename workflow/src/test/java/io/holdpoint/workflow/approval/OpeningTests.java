package io.holdpoint.workflow.approval;

import static io.holdpoint.workflow.approval.ApprovalRoom.ANA;
import static io.holdpoint.workflow.approval.ApprovalRoom.BO;
import static io.holdpoint.workflow.approval.ApprovalRoom.OWNER;
import static io.holdpoint.workflow.approval.ApprovalRoom.approversAre;
import static io.holdpoint.workflow.approval.ApprovalRoom.flowIs;
import static io.holdpoint.workflow.approval.ApprovalRoom.request;
import static io.holdpoint.workflow.approval.ApprovalRoom.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.database.TestDatabases;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.IllegalTransactionStateException;

@ParameterizedClass
@EnumSource
class OpeningTests {

    private final ApprovalRoom room;

    OpeningTests(TestDatabases database) {
        room = ApprovalRoom.on(database);
    }

    @Test
    void anOpenedApprovalIsReadBackAsItWasReturned() {
        var opened = room.open();
        assertThat(room.now(opened)).isEqualTo(opened);
    }

    @Test
    void itIsPendingUntilItsDeadline() {
        var opened = room.open();
        assertThat(opened.state()).isEqualTo(ApprovalState.PENDING);
        assertThat(opened.expiresAt()).isEqualTo(room.clock.instant().plus(Duration.ofHours(1)));
    }

    @Test
    void everyApproverButTheOwnerIsAsked() {
        assertThat(room.open().approvers()).containsExactlyInAnyOrder(ANA, BO);
    }

    @Test
    void theAuditLogGetsTheArgumentBytesAsReceived() {
        var id = room.open().id();
        var held = room.audit.of(id, AuditEntry.CallHeld.class).get(0);
        assertThat(new String(held.arguments(), StandardCharsets.UTF_8)).isEqualTo("{\"count\":200}");
    }

    @Test
    void whatGoesAlongWithTheArgumentsCanBeShown() {
        var request = request();
        var body = request.message().body();
        var meta = "{\"tenant\":\"north\"}".getBytes(StandardCharsets.UTF_8);
        var headers = Map.of("mcp-param-region", "eu", "traceparent", "00-1");
        var message = new HeldMessage(body, 0, body.length, meta, headers);
        var id = room.open(new ApprovalRequest(
                        request.call(), request.terms(), message, request.definition(), UUID.randomUUID() + "", ""))
                .id();
        var along = room.approvals().sentAlong(id).orElseThrow();
        assertThat(along.meta()).isEqualTo(meta);
        assertThat(along.params()).containsOnly(Map.entry("mcp-param-region", "eu"));
    }

    @Test
    void equalCallsHaveDifferentDigests() {
        var request = request();
        assertThat(room.open(request(terms())).digest())
                .isNotEqualTo(room.open(new ApprovalRequest(
                                request.call(), request.terms(), request.message(), request.definition(), "other", ""))
                        .digest());
    }

    @Test
    void whereNobodyCouldApproveTheRuleAndItsApproversAreNamed() {
        assertThatThrownBy(() -> room.open(request(approversAre("nobodies", OWNER.value()))))
                .isInstanceOf(NotOpened.class)
                .hasMessageContaining("/tools/start_dicom_export_job/require_approval/0")
                .hasMessageContaining("nobodies, olga");
    }

    @Test
    void aFlowThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> room.open(request(flowIs("two-persons"))))
                .isInstanceOf(NotOpened.class)
                .hasMessageContaining("two-persons");
    }

    @Test
    void aRefusedQuestionLeavesTheCallersTransactionUsable() {
        var refused = room.inTransaction(() -> {
            assertThatThrownBy(() -> room.approvals().open(request(flowIs("none"))))
                    .isInstanceOf(NotOpened.class);
            return room.approvals().open(request());
        });
        assertThat(room.now(refused).state()).isEqualTo(ApprovalState.PENDING);
    }

    @Test
    void itIsOpenedInTheCallersTransactionOnly() {
        assertThatThrownBy(() -> room.approvals().open(request())).isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void anOpeningThatIsRolledBackLeavesNothing() {
        var sameness = UUID.randomUUID().toString();
        var opened = new ArrayList<ApprovalId>();
        assertThatThrownBy(() -> room.inTransaction(() -> {
            opened.add(room.approvals().open(request(terms(), sameness)).id());
            throw new IllegalStateException("the caller changed its mind");
        }));
        assertThat(room.approvals().find(opened.get(0))).isEmpty();
        assertThat(count("ACT_RU_EXECUTION where BUSINESS_KEY_ = '%s'".formatted(opened.get(0))))
                .isZero();
    }

    @Test
    void anEqualCallIsNotAskedAboutTwice() {
        var request = request();
        room.open(request);
        assertThatThrownBy(() -> room.open(request)).isInstanceOf(Approvals.AlreadyOpen.class);
    }

    @Test
    void ofEqualCallsAtTheSameMomentOneIsOpened() {
        var request = request();
        var opened = new ArrayList<Approval>();
        Race.of(8, thread -> {
            try {
                var approval = room.open(request);
                synchronized (opened) {
                    opened.add(approval);
                }
            } catch (Approvals.AlreadyOpen e) {
                assertThat(e).hasMessageContaining(request.sameness());
            }
        });
        assertThat(opened).hasSize(1);
    }

    @Test
    void anArgumentIsNowhereInTheEnginesTables() {
        var id = room.open().id();
        assertThat(count("ACT_RU_VARIABLE where PROC_INST_ID_ in"
                        + " (select process_instance from approval where id = '%s')".formatted(id)))
                .isZero();
    }

    @Test
    void theMessageIsStoredSealed() {
        var id = room.open().id();
        var stored = room.jdbc()
                .queryForObject("select message from held_message where approval_id = ?", byte[].class, id.value());
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("count");
    }

    @Test
    void pendingOnesAreCountedForAGrantAndForAll() {
        var before = room.executions().pending(Optional.of("radiology-agent"));
        room.open();
        assertThat(room.executions().pending(Optional.of("radiology-agent"))).isEqualTo(before + 1);
        assertThat(room.executions().pending(Optional.of("another"))).isZero();
        assertThat(room.executions().pending(Optional.empty())).isGreaterThan(before);
    }

    @Test
    void theListIsNewestFirstPageByPage() {
        var opened = new ArrayList<ApprovalId>();
        for (var number = 0; number < 3; number++) {
            room.clock.forward(Duration.ofMillis(1));
            opened.add(0, room.open().id());
        }
        var first = room.approvals().list(query(2, Optional.empty()));
        var second = room.approvals().list(query(2, first.nextCursor()));
        var listed = new ArrayList<>(first.items());
        listed.addAll(second.items());
        assertThat(listed.subList(0, 3)).extracting(Approval::id).containsExactlyElementsOf(opened);
    }

    @Test
    void theListCanBeOfWhatAPersonIsAsked() {
        var id = room.open(request(approversAre("cy"))).id();
        var mine = new ApprovalQuery(
                Optional.of(ApprovalState.PENDING),
                Optional.of("pacs"),
                Optional.of("start_dicom_export_job"),
                Optional.of("radiology-agent"),
                Optional.of(ApprovalRoom.CY),
                50,
                Optional.empty());
        assertThat(room.approvals().list(mine).items()).extracting(Approval::id).contains(id);
        assertThat(room.approvals().list(mine).items())
                .allMatch(approval -> approval.approvers().contains(ApprovalRoom.CY));
    }

    @Test
    void aCursorThatIsNoneIsRefused() {
        assertThatThrownBy(() -> room.approvals().list(query(2, Optional.of("bm9uZQ"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nextCursor");
    }

    private static ApprovalQuery query(int limit, Optional<String> cursor) {
        return new ApprovalQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit,
                cursor);
    }

    private int count(String from) {
        return room.jdbc().queryForObject("select count(*) from " + from, Integer.class);
    }
}

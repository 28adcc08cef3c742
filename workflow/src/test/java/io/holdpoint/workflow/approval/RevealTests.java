package io.holdpoint.workflow.approval;

import static io.holdpoint.workflow.approval.ApprovalRoom.ANA;
import static io.holdpoint.workflow.approval.ApprovalRoom.OPERATOR;
import static io.holdpoint.workflow.approval.ApprovalRoom.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdpoint.workflow.audit.Actor;
import io.holdpoint.workflow.audit.AuditEntry;
import io.holdpoint.workflow.database.TestDatabases;
import io.holdpoint.workflow.people.Assurance;
import io.holdpoint.workflow.people.PersonId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RevealTests {

    private final ApprovalRoom room = ApprovalRoom.on(TestDatabases.H2);

    @Test
    void aReviewerSeesTheArgumentsAsTheAgentSentThem() {
        assertThat(room.approvals().reveal(room.open().id(), by(ANA, Assurance.LOGIN)))
                .get()
                .isEqualTo("{\"count\":200}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyLookIsRecorded() {
        var id = room.open().id();
        room.approvals().reveal(id, by(ANA, Assurance.LOGIN));
        assertThat(room.audit.of(id, AuditEntry.ArgumentsRevealed.class))
                .singleElement()
                .extracting(AuditEntry.ArgumentsRevealed::actor)
                .isEqualTo(by(ANA, Assurance.LOGIN));
    }

    @ParameterizedTest
    @EnumSource(names = {"LINK", "SLACK"})
    void whoCameByLessThanALoginSeesNothing(Assurance assurance) {
        var id = room.open().id();
        assertThatThrownBy(() -> room.approvals().reveal(id, by(ANA, assurance)))
                .isInstanceOf(ReviewRefused.NotSureEnough.class)
                .hasMessageContaining("login");
        assertThat(room.audit.of(id, AuditEntry.ArgumentsRevealed.class)).isEmpty();
    }

    @Test
    void whoIsNotAskedSeesNothing() {
        var id = room.open().id();
        assertThatThrownBy(() -> room.approvals().reveal(id, by(OPERATOR, Assurance.LOGIN)))
                .isInstanceOf(ReviewRefused.NotAReviewer.class);
    }

    @Test
    void theOwnerSeesNothing() {
        var id = room.open().id();
        assertThatThrownBy(() -> room.approvals().reveal(id, by(OWNER, Assurance.LOGIN)))
                .isInstanceOf(ReviewRefused.NotAReviewer.class);
    }

    private static Actor by(PersonId person, Assurance assurance) {
        return Actor.person(person, "console", assurance);
    }
}

package io.holdpoint.workflow.approval;

import static io.holdpoint.workflow.approval.ApprovalRoom.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ApprovalTermsTests {

    static Stream<Object> noNumbersOfPeople() {
        return Stream.of("2", true, 0, -1, 1001, 1L << 32, new BigDecimal("2.5"), 2.0, List.of(2));
    }

    @ParameterizedTest
    @MethodSource("noNumbersOfPeople")
    void aNumberOfPeopleIsAWholeNumberOrThereAreNoTerms(Object approvals) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(Map.of("approvals", approvals)))
                .withMessageStartingWith("with.approvals is " + approvals);
    }

    @Test
    void withoutANumberOnePersonIsEnough() {
        assertThat(with(Map.of()).approvalsNeeded()).isOne();
    }

    @Test
    void theNumberSurvivesItsWayThroughTheDatabase() {
        var stored = ApprovalJson.ofTerms(with(Map.of("approvals", 3L)));
        assertThat(ApprovalJson.terms(stored).approvalsNeeded()).isEqualTo(3);
    }

    private static ApprovalTerms with(Map<String, Object> parameters) {
        var terms = terms();
        return new ApprovalTerms(
                terms.flow(),
                parameters,
                terms.approvers(),
                terms.expiresAfter(),
                terms.approvedFor(),
                terms.reason(),
                terms.reasonRequired(),
                terms.allowOwner(),
                terms.allowEdit(),
                terms.minAssurance(),
                terms.hash());
    }
}

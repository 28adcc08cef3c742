package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.audit.ShadowDecision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShadowTests {

    @ParameterizedTest
    @CsvSource({"pay, false, allow", "delete_all, false, fault", "delete_all, true, allow"})
    void aShadowThatAsksForAClassNobodyKnowsSaysFault(String tool, boolean riskKnown, String word) {
        var shadow = OneCall.access(
                "{\"version\":\"1\",\"default\":\"allow\",\"tools\":{\"pay\":{}},\"by_risk\":{\"Critical\":{\"action\":\"deny\"}}}");
        var access = OneCall.GRANT
                .servers()
                .get("imaging")
                .shadowedBy(shadow.policy().orElseThrow());
        try (var one = new OneCall(tool)) {
            var call = Shadow.beside(one.call().under(OneCall.grantWith(access)), riskKnown);
            assertThat(call.shadow().map(Shadow::uncounted).map(ShadowDecision::decision))
                    .hasValue(word);
        }
    }
}

package io.holdpoint.workflow.audit;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditQueryTests {

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 501})
    void aPageOfAnotherSizeIsRefused(int limit) {
        var none = Optional.<String>empty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuditQuery(
                        none, none, none, none, none, none, none, Optional.empty(), Optional.empty(), limit, none))
                .withMessage("limit is %d; it is 1 to 500", limit);
    }
}

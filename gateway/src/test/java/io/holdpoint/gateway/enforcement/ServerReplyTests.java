package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.approval.ApprovalState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerReplyTests {

    private final List<ServerReply.Ending> endings = new ArrayList<>();
    private final ServerReply reply = new ServerReply(new byte[] {'1'}, event -> {}, endings::add);

    @Test
    void aFaultWhileACallIsSentLeavesItUnknownAndNotToBeSentAgain() {
        reply.broken("a fault");
        assertThat(endings).singleElement().satisfies(ending -> {
            assertThat(ending.state()).isEqualTo(ApprovalState.UNKNOWN);
            assertThat(ending.nothingSent()).isFalse();
        });
    }

    @Test
    void anExecutionEndsOnceWhateverComesAfterwards() {
        reply.failed(true, "refused");
        reply.broken("a fault");
        assertThat(endings)
                .singleElement()
                .satisfies(ending -> assertThat(ending.nothingSent()).isTrue());
    }
}

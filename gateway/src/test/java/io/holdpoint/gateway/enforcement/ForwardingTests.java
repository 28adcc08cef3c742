package io.holdpoint.gateway.enforcement;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

import io.holdpoint.gateway.limit.Limits;
import io.holdpoint.gateway.mcp.SessionSeal;
import io.holdpoint.gateway.upstream.ServerAnswer;
import io.holdpoint.gateway.upstream.Upstream;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class ForwardingTests {

    private final Upstream upstream = mock();
    private final Revocations revocations = mock();
    private final Forwarding forwarding = new Forwarding(
            upstream,
            new SessionSeal(new byte[32]),
            mock(Limits.class),
            mock(TransactionTemplate.class),
            revocations,
            Runnable::run);

    @Test
    void aStreamIsWatchedOnce() {
        given(upstream.send(any(), any(), any(), any(), any())).willAnswer(sending -> {
            sending.getArgument(4, ServerAnswer.class)
                    .head(200, new DefaultHttpHeaders().set("Content-Type", "text/event-stream"));
            return mock(Upstream.Sent.class);
        });
        try (var one = new OneCall("x")) {
            var call = one.call();
            var request = new AgentRequest(call.exchange(), call.grant(), call.access(), "", "", call.requestId());
            forwarding.stream(request);
            then(revocations).should().watch(any(), any());
        }
    }
}

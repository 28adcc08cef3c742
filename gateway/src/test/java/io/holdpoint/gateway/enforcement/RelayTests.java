package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.gateway.mcp.SessionSeal;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayTests {

    @ParameterizedTest
    @CsvSource({"text/event-stream, 1", "application/json, 0"})
    void anAnswerThatIsAStreamSaysSo(String type, int told) {
        var streams = new ArrayList<String>();
        try (var one = new OneCall("x")) {
            var relay = new Relay(request(one), new SessionSeal(new byte[32]));
            relay.whenStream(() -> streams.add(type));
            relay.head(200, new DefaultHttpHeaders().set("Content-Type", type));
        }
        assertThat(streams).hasSize(told);
    }

    private static AgentRequest request(OneCall one) {
        var call = one.call();
        return new AgentRequest(call.exchange(), call.grant(), call.access(), "", "", call.requestId());
    }
}

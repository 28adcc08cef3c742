package io.holdpoint.gateway.enforcement;

import java.time.Duration;
import java.util.Locale;

/** How long a connection is held (spec 04, the ladder): waiting only, never authority. */
final class HoldTime {

    private final HoldSettings settings;

    HoldTime(HoldSettings settings) {
        this.settings = settings;
    }

    Duration of(ToolCall call) {
        return call.grant().holdFor().orElseGet(() -> byClient(call.clientName()));
    }

    private Duration byClient(String clientName) {
        var own = settings.holdForClients().get(clientName.toLowerCase(Locale.ROOT));
        return own != null && own.compareTo(settings.holdFor()) > 0 ? own : settings.holdFor();
    }
}

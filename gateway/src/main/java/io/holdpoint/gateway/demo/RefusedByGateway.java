package io.holdpoint.gateway.demo;

import java.io.IOException;

/** The gateway answered with a protocol error: the same request would be refused again. */
final class RefusedByGateway extends IOException {

    RefusedByGateway(String why) {
        super("the gateway refused the request: " + why);
    }
}

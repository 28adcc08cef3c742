package io.holdpoint.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;

/** Who listens to a server's answer. Called on the event loop that sent the request; {@code end} or {@code failed} comes last, once. */
public interface ServerAnswer {

    void head(int status, HttpHeaders headers);

    /** A piece of the body. Released after the call: retain or copy what is kept. */
    void body(ByteBuf piece);

    void end();

    /**
     * There will be no (more) answer.
     *
     * @param nothingSent whether it is certain that no byte of the request reached the server
     * @param what went wrong, for people; without secrets
     */
    void failed(boolean nothingSent, String what);
}

package io.holdpoint.gateway.mcp;

import java.util.Objects;

/** A message that is refused and never forwarded, with the answer the protocol has for it. */
public final class Unacceptable extends RuntimeException {

    private final int status;
    private final int code;
    private final transient byte[] id;
    private final String data;

    /**
     * @param status the HTTP status
     * @param code the JSON-RPC error code
     * @param id the request's id as JSON, {@code null} in four letters where it is not known
     * @param data the error's {@code data} as JSON, empty for none
     */
    public Unacceptable(int status, int code, String message, byte[] id, String data) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.id = id.clone();
        this.data = Objects.requireNonNull(data);
    }

    public int status() {
        return status;
    }

    public int code() {
        return code;
    }

    public byte[] id() {
        return id.clone();
    }

    public String data() {
        return data;
    }
}

package io.holdpoint.gateway.mcp;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Objects;
import tools.jackson.core.json.JsonFactory;

/**
 * A message a server sent; its bytes stay as they came. Texts are empty and spans {@linkplain Span#ABSENT absent} where
 * it has no such member.
 *
 * @param body the whole message
 * @param method of a request or notification
 * @param id the id's JSON; absent where it is null
 * @param isError {@code result.isError} is {@code true}: the tool says it failed
 * @param resultType {@code result.resultType} (2026-07-28)
 */
public record Answer(
        Message.Kind kind,
        byte[] body,
        String method,
        Span id,
        Span params,
        Span result,
        Span error,
        boolean isError,
        String resultType) {

    private static final JsonFactory FACTORY = StrictJson.factory(1);

    public Answer {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(body);
        Objects.requireNonNull(method);
        Objects.requireNonNull(resultType);
    }

    /**
     * Whether it is the response to the request with an id. Servers may write an id in other letters: strings count by
     * their text, numbers by their value.
     *
     * @param requested the request's id as JSON
     */
    public boolean answers(byte[] requested) {
        return kind == Message.Kind.RESPONSE && id.isPresent() && isSame(id.of(body), requested);
    }

    private static boolean isSame(byte[] one, byte[] other) {
        if (Arrays.equals(one, other)) {
            return true;
        }
        try {
            return value(one).equals(value(other));
        } catch (UnreadableAnswer outOfRange) {
            return false;
        }
    }

    private static Object value(byte[] id) {
        try (var cursor = new Cursor(FACTORY, id)) {
            cursor.next();
            return cursor.isText() ? cursor.text() : integer(cursor.number());
        }
    }

    /** Only as many digits as an id has: {@code 1e999999999} is not written out. */
    private static BigDecimal integer(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
}

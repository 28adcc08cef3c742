package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.vault.Vault;
import java.nio.BufferUnderflowException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The messages that run and the answers that came back: table {@code held_message}, sealed for their approval alone. */
final class HeldMessages {

    private final JdbcClient jdbc;
    private final Vault vault;

    HeldMessages(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    /** A message with the nonce its digest was made with. */
    record Stored(HeldMessage message, byte[] nonce) {}

    void add(ApprovalId id, Stored stored) {
        jdbc.sql("insert into held_message (approval_id, message, nonce) values (?, ?, ?)")
                .param(id.value())
                .param(vault.seal(messageOf(id), encoded(stored.message())))
                .param(vault.seal(nonceOf(id), stored.nonce()))
                .update();
    }

    /**
     * @return empty if it was deleted
     * @throws io.holdpoint.workflow.vault.NotOpenable if it is not what was stored for this approval
     */
    Optional<Stored> find(ApprovalId id) {
        return jdbc.sql("select message, nonce from held_message where approval_id = ?")
                .param(id.value())
                .query((row, number) -> new Stored(
                        decoded(vault.open(messageOf(id), row.getBytes(1))), vault.open(nonceOf(id), row.getBytes(2))))
                .optional();
    }

    void keepAnswer(ApprovalId id, byte[] answer) {
        jdbc.sql("update held_message set answer = ? where approval_id = ?")
                .param(vault.seal(answerOf(id), answer))
                .param(id.value())
                .update();
    }

    Optional<byte[]> answer(ApprovalId id) {
        return jdbc.sql("select answer from held_message where approval_id = ? and answer is not null")
                .param(id.value())
                .query((row, number) -> vault.open(answerOf(id), row.getBytes(1)))
                .optional();
    }

    /** Deletes message, nonce and answer of each. */
    void delete(List<ApprovalId> ids) {
        jdbc.sql("delete from held_message where approval_id in (:ids)")
                .param("ids", ids.stream().map(ApprovalId::value).toList())
                .update();
    }

    static byte[] encoded(HeldMessage message) {
        var fields = new LengthPrefixed.Writer()
                .put(message.body())
                .put(message.argumentsFrom())
                .put(message.argumentsTo())
                .put(message.meta())
                .put(message.headers().size());
        message.headers().forEach((name, value) -> fields.put(name).put(value));
        return fields.toBytes();
    }

    /** @throws BufferUnderflowException if the bytes are no message */
    static HeldMessage decoded(byte[] bytes) {
        var fields = new LengthPrefixed.Reader(bytes);
        var body = fields.bytes();
        var from = fields.number();
        var to = fields.number();
        var meta = fields.bytes();
        var headers = new LinkedHashMap<String, String>();
        for (var left = fields.number(); left > 0; left--) {
            headers.put(fields.text(), fields.text());
        }
        return new HeldMessage(body, from, to, meta, headers);
    }

    private static String messageOf(ApprovalId id) {
        return "message " + id;
    }

    private static String nonceOf(ApprovalId id) {
        return "nonce " + id;
    }

    private static String answerOf(ApprovalId id) {
        return "answer " + id;
    }
}

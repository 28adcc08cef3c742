package io.holdpoint.workflow.approval;

import io.holdpoint.workflow.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A new approval as column names and values. */
final class RowWriting {

    private final Vault vault;

    RowWriting(Vault vault) {
        this.vault = vault;
    }

    Map<String, @Nullable Object> of(Approval approval) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("id", approval.id().value());
        row.put("state", approval.state().name());
        putCall(row, approval);
        row.put("agent_says", approval.agentSays());
        row.put("terms", ApprovalJson.ofTerms(approval.terms()));
        row.put("definition", approval.definition());
        row.put("flow_version", approval.flowVersion());
        row.put("approvers", ApprovalJson.ofPeople(approval.approvers()));
        row.put("digest", approval.digest());
        row.put("told_pending", approval.toldPending());
        row.put("requested_at", approval.requestedAt().atOffset(ZoneOffset.UTC));
        row.put("expires_at", approval.expiresAt().atOffset(ZoneOffset.UTC));
        return row;
    }

    static String insert(String table, Map<String, ?> row) {
        var columns = String.join(", ", row.keySet());
        return "insert into " + table + " (" + columns + ") values (:" + columns.replace(", ", ", :") + ")";
    }

    private void putCall(Map<String, @Nullable Object> row, Approval approval) {
        var call = approval.call();
        row.put("call_id", call.id().value());
        row.put("server", call.server());
        row.put("tool", call.tool());
        row.put("grant_id", call.grant());
        row.put("owner", call.owner());
        row.put("rule", call.rule());
        row.put("policy", call.policy());
        row.put("risk", call.risk().name());
        row.put("category", call.category());
        var shown = call.arguments().getBytes(StandardCharsets.UTF_8);
        row.put("arguments", vault.seal(RowReading.shownOf(approval.id().value()), shown));
    }
}

package io.holdpoint.gateway.console;

import io.holdpoint.gateway.catalog.ToolInventory.KeptTool;
import io.holdpoint.gateway.grant.Grant;
import io.holdpoint.gateway.policy.Policy;
import io.holdpoint.gateway.policy.ToolStanding;
import java.util.Optional;

/**
 * What a grant may do with a tool.
 *
 * @param policy the file's name; empty where the grant has none for this server
 * @param shadow the file of the policy that is tried beside it
 */
record GrantStanding(String grant, Optional<String> policy, Optional<String> shadow, ToolStanding standing) {

    static GrantStanding of(Grant grant, Grant.Access access, KeptTool tool) {
        return new GrantStanding(
                grant.id(),
                access.policy().map(Policy::file),
                access.shadow().map(Policy::file),
                access.policy()
                        .map(policy -> policy.standing(tool.tool(), tool.risk()))
                        .orElseGet(() -> ToolStanding.withoutPolicy(tool.risk())));
    }
}

package io.holdpoint.gateway.demo;

import java.net.URI;
import java.util.Map;

/**
 * What the demo says when it is ready.
 *
 * @param gateway the MCP endpoint for agents
 * @param token what the demo's agent presents
 * @param signIn by person's name, a link that signs them in once
 */
public record Welcome(URI gateway, String token, Map<String, URI> signIn) {

    /** The text, several lines, for a terminal. */
    public String text() {
        return """

            Holdpoint's demo is ready. It has an imaging server, one agent and two people who may approve.

              Sign in, once per link (each in a browser window of its own):
            %s
              What happens next:
                1. Sign in as one of them and leave the inbox open.
                2. In a second terminal: ./holdpoint demo --agent
                3. A read passes, the 11th export in a minute is limited, a delete waits for your click.

              Or hold a call by hand:
            %s
              Or connect your own agent to %s
                Claude Code  %s
                Cursor       ~/.cursor/mcp.json   %s
                VS Code      .vscode/mcp.json     %s

              Stop it with Ctrl-C. Its state is in ./data/demo; delete that to begin anew.
            """.formatted(links(), curl(), gateway, claudeCode(), cursor(), vsCode());
    }

    private String links() {
        var lines = new StringBuilder();
        signIn.forEach((name, link) -> lines.append("    %-9s %s%n".formatted(name, link)));
        return lines.toString();
    }

    /** MCP 2026-07-28: one request says everything, so one command is enough. */
    private String curl() {
        return """
                curl -N %s \\
                  -H 'Authorization: Bearer %s' \\
                  -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' \\
                  -H 'MCP-Protocol-Version: 2026-07-28' -H 'Mcp-Method: tools/call' -H 'Mcp-Name: delete_study' \\
                  -d '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"delete_study","arguments":{"study":"MR-2002"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"progressToken":1}}}'
            """.formatted(gateway, token);
    }

    private String claudeCode() {
        return "claude mcp add --transport http imaging %s --header \"Authorization: Bearer %s\""
                .formatted(gateway, token);
    }

    private String cursor() {
        return "{\"mcpServers\":{\"imaging\":{\"url\":\"%s\",\"headers\":{\"Authorization\":\"Bearer %s\"}}}}"
                .formatted(gateway, token);
    }

    private String vsCode() {
        return "{\"servers\":{\"imaging\":{\"type\":\"http\",\"url\":\"%s\",\"headers\":{\"Authorization\":\"Bearer %s\"}}}}"
                .formatted(gateway, token);
    }
}

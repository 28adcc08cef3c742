// An MCP server on the SDK for TypeScript 2.x that speaks 2026-07-28 only; `/runs` says how often each tool ran.
// Environment: PORT.
import { createServer } from "node:http";
import { toNodeHandler } from "@modelcontextprotocol/node";
import { acceptedContent, createMcpHandler, fromJsonSchema, inputRequired, McpServer } from "@modelcontextprotocol/server";

const runs = {};
const STUDY = fromJsonSchema({ type: "object", properties: { study: { type: "string" } }, required: ["study"] });
const NOTHING = fromJsonSchema({ type: "object", properties: {} });
const NAME = { type: "object", properties: { name: { type: "string" } }, required: ["name"] };

const said = (text) => ({ content: [{ type: "text", text }] });

function ran(tool) {
    runs[tool] = (runs[tool] ?? 0) + 1;
}

function server() {
    const mcp = new McpServer(
        { name: "modern-server", version: "1.0.0" },
        { cacheHints: { "tools/list": { ttlMs: 3_600_000, cacheScope: "public" } } },
    );
    mcp.registerTool("read", { description: "Read a study", inputSchema: STUDY }, async ({ study }) => {
        ran("read");
        return said(`read ${study}`);
    });
    mcp.registerTool("delete", { description: "Delete a study", inputSchema: STUDY }, async ({ study }) => {
        ran("delete");
        return { ...said(`deleted ${study}`), _meta: { "org.example/trace": "kept" } };
    });
    mcp.registerTool("meta", { description: "Say what came in _meta", inputSchema: NOTHING }, async (_args, ctx) => {
        ran("meta");
        return said(JSON.stringify(ctx.mcpReq._meta ?? {}));
    });
    mcp.registerTool("steps", { description: "Tell progress", inputSchema: NOTHING }, async (_args, ctx) => {
        ran("steps");
        const progressToken = ctx.mcpReq._meta?.progressToken;
        for (let progress = 1; progress <= 3 && progressToken !== undefined; progress++) {
            await ctx.mcpReq.notify({ method: "notifications/progress", params: { progressToken, progress, total: 3 } });
        }
        return said("three steps");
    });
    const greet = async (_args, ctx) => {
        const given = acceptedContent(ctx.mcpReq.inputResponses, "who");
        if (!given) {
            return inputRequired({
                inputRequests: { who: inputRequired.elicit({ message: "Who is it?", requestedSchema: NAME }) },
                requestState: "state-of-the-server:é/+=",
            });
        }
        ran("greet");
        return said(`hello ${given.name}, ${ctx.mcpReq.requestState()}`);
    };
    mcp.registerTool("greet", { description: "Greet somebody", inputSchema: NOTHING }, greet);
    mcp.registerTool("greet-held", { description: "Greet somebody", inputSchema: NOTHING }, greet);
    mcp.registerTool("hidden", { description: "Not for this agent", inputSchema: NOTHING }, async () => said("seen"));
    mcp.registerResource("note", "test://note", { mimeType: "text/plain" }, async (uri) => ({
        contents: [{ uri: uri.href, text: "a note" }],
    }));
    mcp.registerPrompt("ask", { description: "Ask" }, async () => ({
        messages: [{ role: "user", content: { type: "text", text: "a question" } }],
    }));
    return mcp;
}

const mcp = toNodeHandler(createMcpHandler(server, { legacy: "reject" }));

createServer((request, response) => {
    if (request.url === "/runs") {
        response.setHeader("Content-Type", "application/json").end(JSON.stringify(runs));
    } else {
        mcp(request, response);
    }
}).listen(Number(process.env.PORT), "127.0.0.1", () => console.log("listening on port " + process.env.PORT));

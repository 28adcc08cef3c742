// An agent on the MCP SDK for TypeScript 2.x: 2026-07-28 where the server speaks it, else `initialize`.
//   node modern-client.mjs tour
//   node modern-client.mjs call TOOL ARGUMENTS [META]
//   node modern-client.mjs era
// Environment: MCP_URL, MCP_TOKEN.
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { tell, telling } from "./told.mjs";

async function connected() {
    const client = new Client(
        { name: "modern-client", version: "1.0.0" },
        { capabilities: { elicitation: { form: {} } }, versionNegotiation: { mode: "auto" } },
    );
    client.setRequestHandler("elicitation/create", async (request) => {
        tell("elicited", { message: request.params.message });
        return { action: "accept", content: { name: "Ana" } };
    });
    const transport = new StreamableHTTPClientTransport(new URL(process.env.MCP_URL), {
        requestInit: { headers: { Authorization: `Bearer ${process.env.MCP_TOKEN}` } },
    });
    await client.connect(transport);
    return client;
}

const text = (result) => result.content?.[0]?.text ?? "";

function call(client, name, args, meta) {
    const onprogress = (progress) => tell("progress", progress);
    const params = { name, arguments: args, ...(meta ? { _meta: meta } : {}) };
    return client.callTool(params, { onprogress });
}

async function tour() {
    const client = await connected();
    const list = await client.listTools();
    const read = await client.callTool({ name: "read", arguments: { study: "CT-1" } });
    const steps = [];
    await client.callTool({ name: "steps", arguments: {} }, { onprogress: (progress) => steps.push(progress.progress) });
    const resource = await client.readResource({ uri: "test://note" });
    const prompt = await client.getPrompt({ name: "ask" });
    const told = {
        era: client.getProtocolEra(),
        server: client.getServerVersion()?.name ?? "",
        discovered: client.getDiscoverResult(),
        tools: list.tools.map((tool) => tool.name),
        cacheScope: list.cacheScope,
        ttlMs: list.ttlMs,
        read: text(read),
        steps,
        resource: resource.contents[0].text,
        prompt: prompt.messages[0].content.text,
    };
    await client.close();
    return told;
}

async function callOnce(tool, args, meta) {
    const client = await connected();
    const result = await call(client, tool, JSON.parse(args), meta && JSON.parse(meta));
    await client.close();
    return { result };
}

async function era() {
    const client = await connected();
    const tools = (await client.listTools()).tools.map((tool) => tool.name);
    const echo = text(await client.callTool({ name: "echo", arguments: { message: "hello" } }));
    const told = { era: client.getProtocolEra(), revision: client.getNegotiatedProtocolVersion(), tools, echo };
    await client.close();
    return told;
}

const tasks = { tour, call: callOnce, era };
const [task, ...args] = process.argv.slice(2);
await telling(() => tasks[task](...args));

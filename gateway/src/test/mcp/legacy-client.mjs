// An agent on the MCP SDK for TypeScript 1.x, as most agents are: `initialize`, a session, and server-sent events.
//   node legacy-client.mjs tour
//   node legacy-client.mjs call TOOL ARGUMENTS [TIMEOUT_MS]
//   node legacy-client.mjs come-back TOOL ARGUMENTS
//   node legacy-client.mjs wait TOOL ARGUMENTS
//   node legacy-client.mjs revision VERSION
// Environment: MCP_URL, MCP_TOKEN.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { CreateMessageRequestSchema, ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { tell, telling } from "./told.mjs";

const CAPABILITIES = { sampling: {}, elicitation: { form: {} }, roots: { listChanged: true } };

/** Every request and what was answered: method, status and type, as they were on the wire. */
const wire = [];

async function watched(url, init) {
    const response = await fetch(url, init);
    wire.push({ method: init?.method ?? "GET", status: response.status, type: response.headers.get("content-type") ?? "" });
    return response;
}

async function connected() {
    const client = new Client({ name: "legacy-client", version: "1.0.0" }, { capabilities: CAPABILITIES });
    client.setRequestHandler(ElicitRequestSchema, async (request) => {
        tell("elicited", { message: request.params.message });
        return { action: "accept", content: { name: "Ana", check: true, integer: 7 } };
    });
    client.setRequestHandler(CreateMessageRequestSchema, async (request) => {
        tell("sampled", { system: request.params.systemPrompt });
        return { model: "none", role: "assistant", content: { type: "text", text: "a sampled answer" } };
    });
    const transport = new StreamableHTTPClientTransport(new URL(process.env.MCP_URL), {
        requestInit: { headers: { Authorization: `Bearer ${process.env.MCP_TOKEN}` } },
        fetch: watched,
    });
    await client.connect(transport);
    return { client, transport };
}

const text = (result) => result.content?.[0]?.text ?? "";

/** Calls a tool and tells each progress notification. */
function call(client, name, args, options = {}) {
    const onprogress = (progress) => tell("progress", progress);
    return client.callTool({ name, arguments: args }, undefined, { onprogress, ...options });
}

async function tour() {
    const { client, transport } = await connected();
    const tools = (await client.listTools()).tools.map((tool) => tool.name);
    const echo = text(await client.callTool({ name: "echo", arguments: { message: "hello" } }));
    const steps = [];
    const long = await client.callTool(
        { name: "trigger-long-running-operation", arguments: { duration: 0.4, steps: 4 } },
        undefined,
        { onprogress: (progress) => steps.push(progress.progress) },
    );
    const resources = (await client.listResources()).resources;
    const read = await client.readResource({ uri: resources[0].uri });
    const templates = (await client.listResourceTemplates()).resourceTemplates.length;
    const prompts = (await client.listPrompts()).prompts.map((prompt) => prompt.name);
    const prompt = await client.getPrompt({ name: "args-prompt", arguments: { city: "Oslo" } });
    const completion = await client.complete({
        ref: { type: "ref/prompt", name: "completable-prompt" },
        argument: { name: "department", value: "S" },
    });
    const structured = await client.callTool({ name: "get-structured-content", arguments: { location: "Chicago" } });
    const elicited = await client.callTool({ name: "trigger-elicitation-request", arguments: {} });
    const sampled = await client.callTool({ name: "trigger-sampling-request", arguments: { prompt: "say", maxTokens: 5 } });
    await client.setLoggingLevel("debug");
    await client.ping();
    const session = transport.sessionId;
    await transport.terminateSession();
    await client.close();
    return {
        server: client.getServerVersion().name,
        tools,
        echo,
        steps,
        long: text(long),
        resources: resources.length,
        read: read.contents[0].uri === resources[0].uri && (read.contents[0].text ?? read.contents[0].blob ?? "").length > 0,
        templates,
        prompts,
        prompt: prompt.messages[0].content.text,
        completion: completion.completion.values,
        structured: structured.structuredContent ?? null,
        elicited: elicited.content.map((part) => part.text).join("\n"),
        sampled: text(sampled),
        session: Boolean(session),
        wire,
    };
}

async function callOnce(tool, args, timeout) {
    const { client } = await connected();
    const result = await call(client, tool, JSON.parse(args), timeout ? { timeout: Number(timeout) } : {});
    await client.close();
    return { result };
}

/** Loses patience after two seconds, then makes the same call again, as a model does that is told of a time-out. */
async function comeBack(tool, args) {
    const { client } = await connected();
    try {
        await call(client, tool, JSON.parse(args), { timeout: 2000 });
    } catch (error) {
        tell("timed-out", { code: error.code });
    }
    const result = await call(client, tool, JSON.parse(args));
    await client.close();
    return { result };
}

/** Is told that a call is pending and then waits with the gateway's own tool. */
async function wait(tool, args) {
    const { client } = await connected();
    const pending = await call(client, tool, JSON.parse(args));
    tell("pending", { result: pending });
    const id = pending._meta["io.holdpoint/decision"].approvalId;
    const result = await call(client, "approval_await", { approval_id: id, wait_seconds: 30 });
    await client.close();
    return { result };
}

/** The SDK speaks the newest revision it shares with the server; an older client is one that asks for an older one. */
async function revision(version) {
    const headers = {
        Authorization: `Bearer ${process.env.MCP_TOKEN}`,
        "Content-Type": "application/json",
        Accept: "application/json, text/event-stream",
    };
    const transport = new StreamableHTTPClientTransport(new URL(process.env.MCP_URL), {
        requestInit: { headers },
        fetch: (url, init) => watched(url, asking(version, init)),
    });
    const client = new Client({ name: "old-client", version: "1.0.0" }, { capabilities: {} });
    await client.connect(transport);
    const spoken = transport.protocolVersion;
    const tools = (await client.listTools()).tools.map((tool) => tool.name);
    const echo = text(await client.callTool({ name: "echo", arguments: { message: version } }));
    await transport.terminateSession();
    await client.close();
    return { spoken, tools, echo };
}

function asking(version, init) {
    if (typeof init?.body !== "string" || !init.body.includes('"initialize"')) {
        return init;
    }
    const message = JSON.parse(init.body);
    message.params.protocolVersion = version;
    return { ...init, body: JSON.stringify(message) };
}

const tasks = { tour, call: callOnce, "come-back": comeBack, wait, revision };
const [task, ...args] = process.argv.slice(2);
await telling(() => tasks[task](...args));

// What a script tells the test that started it: one JSON object a line.

export function tell(what, value = {}) {
    process.stdout.write(JSON.stringify({ told: what, ...value }) + "\n");
}

/** Runs a script's only task; whatever goes wrong in it is told, never swallowed. */
export async function telling(task) {
    try {
        tell("done", await task());
        process.exit(0);
    } catch (error) {
        tell("failed", { name: error?.name ?? "", code: error?.code ?? null, message: String(error?.message ?? error) });
        process.exit(1);
    }
}

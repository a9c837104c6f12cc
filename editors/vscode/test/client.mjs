// A client on vscode-languageserver-protocol, the library that VS Code's client is
// made of: node test/client.mjs SERVER DIRECTORY. It prints what it sees as a line of JSON a step.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import protocol from "vscode-languageserver-protocol/node";

const [server, dir, ...args] = process.argv.slice(2);
const child = spawn(server, ["lsp", "--stdio", ...args], { cwd: "/", stdio: ["pipe", "pipe", "inherit"] });
const exited = new Promise((resolve) => child.on("exit", resolve));
const connection = protocol.createMessageConnection(
  new protocol.StreamMessageReader(child.stdout),
  new protocol.StreamMessageWriter(child.stdin),
);

const tell = (step, value) => console.log(JSON.stringify({ step, value }));
const uri = (name) => pathToFileURL(join(dir, name)).toString();
const found = new Map();
let wake = () => {};
const watchers = [];
const progress = [];

connection.onNotification(protocol.PublishDiagnosticsNotification.type, (p) => {
  found.set(p.uri, p);
  wake();
});
connection.onRequest(protocol.RegistrationRequest.type, (p) => {
  for (const r of p.registrations) {
    watchers.push(r.method);
  }
});
connection.onRequest(protocol.WorkDoneProgressCreateRequest.type, () => {});
connection.onNotification("$/progress", (p) => progress.push(p.value.kind));
connection.onNotification(protocol.ShowMessageNotification.type, () => {});
connection.onNotification(protocol.LogMessageNotification.type, () => {});
let edit;
connection.onRequest(protocol.ApplyWorkspaceEditRequest.type, (p) => {
  edit = p.edit;
  // The client saves what it changes, but for the open document.
  for (const change of edit.documentChanges.filter((c) => c.textDocument.version === null)) {
    const name = fileURLToPath(change.textDocument.uri);
    const lines = readFileSync(name, "utf8").split("\n");
    for (const e of change.edits.toReversed()) { // of whole lines
      lines.splice(e.range.start.line, e.range.end.line - e.range.start.line, ...e.newText.split("\n").slice(0, -1));
    }
    writeFileSync(name, lines.join("\n"));
  }
  return { applied: true };
});
connection.listen();

async function until(what, holds) {
  const deadline = setTimeout(() => {
    tell("failed", what);
    process.exit(1);
  }, 60_000);
  while (!holds()) {
    await new Promise((resolve) => (wake = resolve));
  }
  clearTimeout(deadline);
}

const messages = (name) => (found.get(uri(name))?.diagnostics ?? []).map((d) => `${d.code}: ${d.message}`);

const initialized = await connection.sendRequest(protocol.InitializeRequest.type, {
  processId: process.pid,
  rootUri: null,
  workspaceFolders: [{ uri: pathToFileURL(dir).toString(), name: "shop" }],
  capabilities: {
    general: { positionEncodings: ["utf-16"] },
    window: { workDoneProgress: true },
    workspace: {
      applyEdit: true,
      workspaceFolders: true,
      workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] },
      didChangeWatchedFiles: { dynamicRegistration: true },
    },
    textDocument: {
      publishDiagnostics: { relatedInformation: true, versionSupport: true },
      codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
    },
  },
});
tell("initialize", initialized.capabilities.positionEncoding);
await connection.sendNotification(protocol.InitializedNotification.type, {});

const file = "internal/checkout/checkout.go";
const text = readFileSync(join(dir, file), "utf8");
await connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
  textDocument: { uri: uri(file), languageId: "go", version: 1, text },
});
await until("diagnostics on open", () => messages(file).some((m) => m.includes("gift-wraping")));
tell("open", messages(file));

// Behind a character of two UTF-16 units.
const changed = text.replace('"gift-wraping"', '/* 😀 */ "gift-wrap-2"');
await connection.sendNotification(protocol.DidChangeTextDocumentNotification.type, {
  textDocument: { uri: uri(file), version: 2 },
  contentChanges: [{ text: changed }],
});
await until("diagnostics on change", () => messages(file).some((m) => m.includes("gift-wrap-2")));
const d = found.get(uri(file)).diagnostics.find((d) => d.message.includes("gift-wrap-2"));
const line = changed.split("\n")[d.range.start.line];
tell("change", line.slice(d.range.start.character, d.range.end.character));

const position = { line: d.range.start.line, character: d.range.start.character + 1 };
const items = await connection.sendRequest(protocol.CompletionRequest.type, { textDocument: { uri: uri(file) }, position });
tell("completion", items.items.map((i) => i.label).sort());

const at = (needle) => {
  const before = changed.slice(0, changed.indexOf(needle)).split("\n");
  return { line: before.length - 1, character: before.at(-1).length };
};
const hover = await connection.sendRequest(protocol.HoverRequest.type, { textDocument: { uri: uri(file) }, position: at("flags.FreeShipping") });
tell("hover", hover.contents.value.split("\n")[0]);

const actions = await connection.sendRequest(protocol.CodeActionRequest.type, {
  textDocument: { uri: uri(file) },
  range: { start: at("flags.FreeShipping"), end: at("flags.FreeShipping") },
  context: { diagnostics: [] },
});
tell("actions", actions.map((a) => a.title));
for (const [step, action] of [["retire", actions.at(0)], ["retire all", actions.at(-1)]]) {
  const result = await connection.sendRequest(protocol.ExecuteCommandRequest.type, action.command);
  tell(step, { kind: action.kind, applied: result.applied, files: edit.documentChanges.map((c) => c.textDocument.uri.split("/").at(-1)).sort() });
}

// A request that is cancelled is answered as such.
const source = new protocol.CancellationTokenSource();
const slow = connection.sendRequest(
  protocol.ExecuteCommandRequest.type,
  actions.find((a) => a.command).command,
  source.token,
);
source.cancel();
tell("cancel", await slow.then(() => "answered", (err) => err.code));

tell("watchers", watchers);
tell("progress", progress.includes("begin") && progress.includes("end"));
await connection.sendRequest(protocol.ShutdownRequest.type);
await connection.sendNotification(protocol.ExitNotification.type);
tell("exit", await exited);
connection.dispose();

// Runs `flaglint lsp` for Go files and registries; everything else is the server's.
"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

/** @type {LanguageClient | undefined} */
let client;

/** @param {vscode.ExtensionContext} context */
async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("flaglint.restart", async () => {
      await stop();
      await start();
    }),
    vscode.workspace.onDidChangeConfiguration(async (e) => {
      if (e.affectsConfiguration("flaglint.path") || e.affectsConfiguration("flaglint.args")) {
        await stop();
        await start();
      }
    }),
  );
  await start();
}

async function start() {
  const settings = vscode.workspace.getConfiguration("flaglint");
  const command = settings.get("path", "flaglint");
  client = new LanguageClient(
    "flaglint",
    "flaglint",
    { command, args: ["lsp", ...settings.get("args", [])] },
    {
      documentSelector: [
        { scheme: "file", language: "go" },
        // Registries are known by the configuration, not by their names.
        { scheme: "file", pattern: "**/*.{yaml,yml,json,toml,csv}" },
      ],
    },
  );
  try {
    await client.start();
  } catch (err) {
    client = undefined;
    const install = "How to install it";
    const chosen = await vscode.window.showErrorMessage(`flaglint: ${command} does not run: ${err}`, install);
    if (chosen === install) {
      await vscode.env.openExternal(vscode.Uri.parse("https://github.com/flaghygiene/flaglint#use-it-on-your-code"));
    }
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running) {
    await running.stop();
  }
}

module.exports = { activate, deactivate: stop };

// Connects to the test named by WHY401_PROBE (port:token) and answers its requests, one JSON object a line.
// Text for the editor comes this way and stays in memory: a canary must never touch the disk by our own doing.
const net = require('node:net');
const path = require('node:path');
const v8 = require('node:v8');
const vm = require('node:vm');
const vscode = require('vscode');

/** @type {Map<string, string>} path → text of the documents the test serves */
const documents = new Map();

/** Bytes, garbage collected. */
function heapUsed() {
  v8.setFlagsFromString('--expose_gc');
  const collect = vm.runInNewContext('gc');
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

const requests = {
  /** State of an extension, without activating it. */
  extension: ({ id }) => {
    const extension = vscode.extensions.getExtension(id);
    return { installed: extension !== undefined, active: extension?.isActive ?? false };
  },
  /** Bytes on the heap that loading an extension's main file anew takes. VS Code itself may have loaded it as it started. */
  heapOfMain: ({ id }) => {
    const { extensionPath, packageJSON } = vscode.extensions.getExtension(id);
    const file = require.resolve(path.join(extensionPath, packageJSON.main));
    const loaded = require.cache[file];
    delete require.cache[file];
    const before = heapUsed();
    const again = require(file);
    const bytes = heapUsed() - before;
    if (again && loaded) require.cache[file] = loaded;
    return bytes;
  },
  commands: () => vscode.commands.getCommands(true),
  executeCommand: async ({ command, args }) => {
    await vscode.commands.executeCommand(command, ...args);
  },
  getConfiguration: ({ key }) => vscode.workspace.getConfiguration().get(key),
  updateConfiguration: async ({ key, value, target }) => {
    const { Global, Workspace } = vscode.ConfigurationTarget;
    await vscode.workspace.getConfiguration().update(key, value, target === 'workspace' ? Workspace : Global);
  },
  openFile: async ({ path }) => {
    await vscode.window.showTextDocument(vscode.Uri.file(path), { preview: false });
  },
  openDocument: async ({ name, text, language }) => {
    const uri = vscode.Uri.from({ scheme: 'canary', path: `/${name}` });
    documents.set(uri.path, text);
    const document = await vscode.workspace.openTextDocument(uri);
    if (language) await vscode.languages.setTextDocumentLanguage(document, language);
    await vscode.window.showTextDocument(document, { preview: false });
  },
  /** Selects the nth occurrence of a text in the active editor and scrolls to it. */
  select: ({ text, occurrence }) => {
    const editor = vscode.window.activeTextEditor;
    const content = editor.document.getText();
    let start = -1;
    for (let found = 0; found < occurrence; found++) start = content.indexOf(text, start + 1);
    if (start < 0) throw new Error('the text is not in the active editor');
    const range = new vscode.Range(editor.document.positionAt(start), editor.document.positionAt(start + text.length));
    editor.selection = new vscode.Selection(range.start, range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
  },
  selectedRange: () => {
    const selection = vscode.window.activeTextEditor?.selection;
    if (!selection || selection.isEmpty) return undefined;
    return [selection.start.line, selection.start.character, selection.end.line, selection.end.character];
  },
  selectRange: ({ range }) => {
    vscode.window.activeTextEditor.selection = new vscode.Selection(...range);
  },
  activeDocument: () => {
    const document = vscode.window.activeTextEditor?.document;
    return document && { uri: document.uri.toString(), languageId: document.languageId, text: document.getText() };
  },
  tabs: () =>
    vscode.window.tabGroups.all.flatMap(({ tabs }) =>
      tabs.map(({ label, isActive, input }) => ({ label, isActive, viewType: input?.viewType })),
    ),
  readClipboard: () => vscode.env.clipboard.readText(),
  writeClipboard: ({ text }) => vscode.env.clipboard.writeText(text),
  diagnostics: () =>
    vscode.languages
      .getDiagnostics()
      .flatMap(([uri, all]) =>
        all.map(({ message, severity, source, code }) => ({ uri: uri.toString(), message, severity, source, code })),
      ),
  /** Milliseconds that a message of an otherwise idle page takes to an extension and back, `count` times. */
  roundTrips: async ({ count }) => {
    const { createWebviewPanel } = vscode.window;
    const panel = createWebviewPanel('echo', 'Echo', vscode.ViewColumn.One, { enableScripts: true });
    try {
      return await new Promise((resolve) => {
        panel.webview.onDidReceiveMessage((message) => {
          if (message.times) resolve(message.times);
          else void panel.webview.postMessage(message);
        });
        panel.webview.html = `<script>(${sendAndReceive})(${Number(count)})</script>`;
      });
    } finally {
      panel.dispose();
    }
  },
  /** As another extension does: an account's name and whether a token came, or the error. The token stays here. */
  getSession: async ({ provider, scopes, options }) => {
    try {
      const session = await vscode.authentication.getSession(provider, scopes, options);
      return session ? { account: session.account.label, hasToken: /^eyJ/.test(session.accessToken) } : {};
    } catch (error) {
      return { error: String(error?.message ?? error) };
    }
  },
  isTrusted: () => vscode.workspace.isTrusted,
  /** Names of the files in `dist/` that this host has loaded of an extension. */
  loadedBundles: ({ id }) => {
    const dist = path.join(vscode.extensions.getExtension(id).extensionPath, 'dist');
    return Object.keys(require.cache)
      .filter((file) => path.dirname(file) === dist)
      .map((file) => path.basename(file));
  },
  invokeTool: async ({ name, input }) => {
    try {
      const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
      return { text: content.map(({ value }) => value).join('') };
    } catch (error) {
      return { error: String(error?.message ?? error) };
    }
  },
  /** TCP ports that this host listens on. */
  listeningPorts: () =>
    process
      ._getActiveHandles()
      .filter((handle) => handle instanceof net.Server && handle.listening)
      .map((server) => server.address()?.port)
      .filter((port) => port !== undefined),
};

/** Runs in the page. */
function sendAndReceive(count) {
  const host = globalThis.acquireVsCodeApi();
  const times = [];
  let sentAt = 0;
  const send = () => {
    sentAt = performance.now();
    host.postMessage({});
  };
  addEventListener('message', () => {
    times.push(performance.now() - sentAt);
    if (times.length < count) send();
    else host.postMessage({ times });
  });
  send();
}

function activate(context) {
  const [port, token] = (process.env.WHY401_PROBE ?? '').split(':');
  if (!port || !token) return;
  const provider = { provideTextDocumentContent: ({ path }) => documents.get(path) };
  context.subscriptions.push(vscode.workspace.registerTextDocumentContentProvider('canary', provider));
  const socket = net.connect(Number(port), '127.0.0.1', () => socket.write(`${JSON.stringify({ token })}\n`));
  socket.on('error', () => socket.destroy());
  socket.setEncoding('utf8');
  let unread = '';
  socket.on('data', (chunk) => {
    const lines = (unread + chunk).split('\n');
    unread = lines.pop();
    for (const line of lines) answer(socket, JSON.parse(line));
  });
  context.subscriptions.push({ dispose: () => socket.destroy() });
}

async function answer(socket, { id, request, parameters }) {
  try {
    const result = await requests[request](parameters);
    socket.write(`${JSON.stringify({ id, result })}\n`);
  } catch (error) {
    socket.write(`${JSON.stringify({ id, error: String(error?.message ?? error) })}\n`);
  }
}

module.exports = { activate };

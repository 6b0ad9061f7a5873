// Stands in for the provider `microsoft`: gives the token of WHY401_STUB_TOKEN to whoever asks, and names in the account
// what it was asked for. With WHY401_STUB_TOKEN empty, the user backs out.
const vscode = require('vscode');

const sessions = [];
const changed = new vscode.EventEmitter();

const provider = {
  onDidChangeSessions: changed.event,
  getSessions: async (scopes) => sessions.filter((session) => !scopes || session.scopes.join() === scopes.join()),
  createSession: async (scopes) => {
    const accessToken = process.env.WHY401_STUB_TOKEN;
    if (!accessToken) throw new Error('Cancelled');
    const account = { id: 'megan', label: `megan asked for ${scopes.join(' ')}` };
    const session = { id: String(sessions.length), accessToken, account, scopes };
    sessions.push(session);
    changed.fire({ added: [session], removed: [], changed: [] });
    return session;
  },
  removeSession: async () => undefined,
};

module.exports = {
  activate(context) {
    const options = { supportsMultipleAccounts: true };
    context.subscriptions.push(
      vscode.authentication.registerAuthenticationProvider('microsoft', 'Microsoft', provider, options),
    );
  },
};

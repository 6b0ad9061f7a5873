import { APPS } from './entra-tenant.ts';

/** The tokens of the tour, freshly signed. */
export interface PracticeTokens {
  good: string;
  expired: string;
  v1: string;
  graph: string;
  id: string;
  otherTenant: string;
  multiTenant: string;
}

/** Keys of the practice APIs: new ones in every run, and they open nothing else. */
export interface PracticeKeys {
  subscriptionKey: string;
  functionKey: string;
}

/** The tour: each step names one thing to do and what to see. Plain Markdown, read in the editor beside the panel. */
export function tourText(tokens: PracticeTokens, keys: PracticeKeys, labOrigin: string): string {
  return `# Why401: a tour with practice tokens

These tokens were signed a moment ago by a practice tenant on this computer (${labOrigin}). They open nothing, and
except where the fault is the point they are valid for 24 hours. Nothing in this tour leaves your computer.

Tip: a triple click on a token selects it all. It is enough, too, to put the cursor into it and press F1.


## 1. Decode a token

Select the token, press F1 and run **Why401: Decode Token**.

\`\`\`text
${tokens.good}
\`\`\`

You should see, beside the editor: an access token, version 2.0, on behalf of Megan Bowen, with the scope
\`Orders.Read\` and a countdown to its expiry. Its audience is the id of the practice Orders API,
\`${APPS.ordersApi.id}\`. The signature says "not checked": decoding asks nobody.


## 2. Validate it

Select the same token again, right-click it and choose **Validate Token**. If you are asked for the API, take
\`orders-dev\`: it stands in \`.vscode/settings.json\` of this folder.

Since this folder, and not you, names the authority, Why401 asks once whether you trust it; agree, it is the practice
tenant.

You should see one line per check, from structure to allowed clients, and all of them passed.


## 3. Read a failure

Validate this one the same way.

\`\`\`text
${tokens.expired}
\`\`\`

You should see that **expiry** failed, when the token expired and what to do: get a new one. All other checks still ran,
so you know that nothing else is wrong.


## 4. The wrong version

The most common real mismatch: an API that accepts v2 tokens is sent a v1 token.

\`\`\`text
${tokens.v1}
\`\`\`

You should see that **version** failed, and **issuer** and **audience** with it: v1 and v2 tokens write both differently.
The fix is in the API's registration, not in the client: \`requestedAccessTokenVersion\` in its manifest decides which
version its tokens have.


## 5. A token for Microsoft Graph

A client that asks only for \`openid profile User.Read\` gets this one, and sends it to the wrong API.

\`\`\`text
${tokens.graph}
\`\`\`

You should see that it is meant for Microsoft Graph and not for your API, and which scope to ask for instead. Other tools
say "invalid signature" here; in truth only Graph can check it.


## 6. An ID token

It tells the client who signed in. It is not a key to any API.

\`\`\`text
${tokens.id}
\`\`\`

You should see that **kind** failed, and **audience** with it: the token is for the client itself. Send the access token
instead.


## 7. The other tenant

The same API, the same scope, somebody from Fabrikam.

\`\`\`text
${tokens.otherTenant}
\`\`\`

You should see that **tenant** and **issuer** failed: \`orders-dev\` is for Contoso only.


## 8. An API for several tenants

The Invoices API takes people of both tenants. Validate this one against \`invoices-multitenant\`:

\`\`\`text
${tokens.multiTenant}
\`\`\`

You should see it pass: Fabrikam is one of its \`allowedTenants\`. Take Fabrikam's id out of \`.vscode/settings.json\`,
validate again, and see it refused.


## 9. Send a call, and be told why

Open **Why401** in the activity bar and choose *orders-functions → List orders*. Press **Send** without entering a key.

You should see a 401 and, under it, the path of gates: App Service authentication passed, **Functions key** refused, your
code not reached. Press **Enter Key…**, give this one, and send again:

\`\`\`key
${keys.functionKey}
\`\`\`


## 10. Sign in, and call through the gateway

Choose *orders-dev → List orders*: an API Management in front of the same functions. Enter its subscription key:

\`\`\`key
${keys.subscriptionKey}
\`\`\`

Press **Send**. Why401 asks where the token may go; agree. Your browser opens the practice tenant's sign-in page and warns
about its certificate, since only this tour knows who made it: go on ("Advanced", then "Proceed"), and choose an account.

You should see a 200. Now choose *Pasted token* instead, paste the v1 token of step 4, and send: validate-jwt refuses, and
the pair "token says | profile accepts" shows why.


## 11. Explain what somebody else met

Select this, press F1 and run **Why401: Explain…**. Nothing is sent, and no profile is needed.

\`\`\`http
HTTP/1.1 401 Unauthorized
WWW-Authenticate: AzureApiManagementKey realm="https://contoso.azure-api.net/orders",name="x-api-key",type="header"
Content-Type: application/json

{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }
\`\`\`


## Your own API

Press F1 and run **Why401: Add API**. Then paste a token of your own, or just have it on the clipboard.
`;
}

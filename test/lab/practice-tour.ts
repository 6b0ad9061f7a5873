import { APPS, FABRIKAM } from './entra-tenant.ts';

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
  /** Of the nightly job, and of the Orders API where it calls another one. */
  jobSecret: string;
  apiSecret: string;
}

/**
 * The tour: each step names one thing to do and what to see, and the token comes last, since it fills the screen. Plain
 * Markdown, read in a narrow editor beside the panel: a paragraph is one line, for the editor to wrap.
 */
export function tourText(tokens: PracticeTokens, keys: PracticeKeys, labOrigin: string): string {
  return `# Why401: a tour with practice tokens

These tokens were signed a moment ago by a practice tenant on this computer (${labOrigin}). They open nothing, and except where the fault is the point they are valid for 24 hours. Nothing in this tour leaves your computer.

Tip: a triple click on a token selects it all. It is enough, too, to put the cursor into it and press F1, or to click **Decode** or **Validate** above it.


## 1. Decode a token

Select the token below, press F1 and run **Why401: Decode Token**.

You should see, beside the editor: an access token, version 2.0, on behalf of Megan Bowen, with the scope \`Orders.Read\` and a countdown to its expiry. Its audience (the API it is for) is the id of the practice Orders API, \`${APPS.ordersApi.id}\`. The signature says "not checked": decoding asks nobody.

\`\`\`text
${tokens.good}
\`\`\`


## 2. Validate it

Select the same token again, right-click it and choose **Validate Token**. It is compared with \`orders-dev\`, what the practice API accepts: see \`.vscode/settings.json\` of this folder.

Since this folder, and not you, names the login host, Why401 asks once whether you trust it: press **Allow**, it is the practice tenant.

You should see one line per check, from structure to allowed clients, and all of them passed.


## 3. Read a failure

Validate this one the same way.

You should see that **expiry** failed, when the token expired and what to do: get a new one. All other checks still ran, so you know that nothing else is wrong.

\`\`\`text
${tokens.expired}
\`\`\`


## 4. The wrong version

Entra writes access tokens in two formats, v1 and v2. The registration of the API chooses which one its callers get: \`requestedAccessTokenVersion\` in its manifest. The most common real mismatch: the API accepts v2, and its registration still says v1. Validate this one.

You should see that **version** failed, and **issuer** and **audience** with it: v1 and v2 write both differently. It is one fault with one fix, in the API's registration and not in the client.

\`\`\`text
${tokens.v1}
\`\`\`


## 5. A token for Microsoft Graph

A client that asks only for \`openid profile User.Read\` gets this one, and sends it to the wrong API. Validate it. It names none of the APIs here, so you are asked which one was meant: take \`orders-dev\`.

You should see that it is meant for Microsoft Graph and not for your API: ask for a scope of your own API instead, here \`${APPS.ordersApi.appIdUri}/Orders.Read\`. Other tools say "invalid signature"; in truth only Graph can check it.

\`\`\`text
${tokens.graph}
\`\`\`


## 6. An ID token

It tells the client who signed in. It is not a key to any API. Validate it, again against \`orders-dev\`.

You should see that **kind** failed, and others with it: the token is for the client itself. Send the access token instead.

\`\`\`text
${tokens.id}
\`\`\`


## 7. The other tenant

The same API, the same scope, somebody from Fabrikam. Validate it.

You should see that **tenant** and **issuer** failed: \`orders-dev\` is for Contoso only.

\`\`\`text
${tokens.otherTenant}
\`\`\`


## 8. An API for several tenants

The Invoices API, \`invoices-multitenant\` in the settings, takes people of both tenants. Validate this one.

You should see it pass: Fabrikam is one of its \`allowedTenants\`. Take Fabrikam's id, \`${FABRIKAM.id}\`, out of \`.vscode/settings.json\`, save, validate again, and see it refused.

\`\`\`text
${tokens.multiTenant}
\`\`\`


## 9. Send a call, and be told why

Open **Why401** in the activity bar and choose *orders-functions → List orders*. Set **Key** to *No key*.

You should see, before anything is sent, a line under the form: the Functions key will refuse this call. Unfold it for the path of gates, and for what is not known. Now press **Send**.

You should see a 401 and, under it, the path of gates: App Service authentication passed or not there, **Functions key** probably refused, your code not reached; then the cause and what to change.

Press **Enter Key…** under it and give this one. The call is sent again, and you should see a 200.

\`\`\`key
${keys.functionKey}
\`\`\`


## 10. Sign in, and call through the gateway

Choose *orders-dev → List orders*: an API Management in front of the same functions. The profile names its policy, \`policies/orders.xml\`, so its checks are made here too. Press **Enter Key…** and give its subscription key:

\`\`\`key
${keys.subscriptionKey}
\`\`\`

Press **Send**. Why401 asks whether you want to sign in so, since this folder and not you names the tenant, and where the token may go (**Allow** both), and VS Code whether to open the sign-in page (**Open**). Your browser warns about its certificate, since only this tour knows who made it: go on ("Advanced", then "Proceed"), choose an account, and come back to this tab.

You should see a 200.

Now set **Token** to *Pasted token*, press **Paste Token…**, give the v1 token of step 4, and send. You should see that validate-jwt refuses it, in which line of the policy, and what to change; below, the pairs "token says" and "policy accepts" show why. A click on the line opens the policy there.


## 11. Explain what somebody else met

Select this answer, press F1 and run **Why401: Explain…**. Nothing is sent, and no profile is needed.

You should see that API Management refused the call for want of a subscription key, which it looks for in \`x-api-key\`. **Copy Report** copies this for a ticket, without names and secrets; **Why401: Open Report…** shows it to whoever gets the ticket.

\`\`\`http
HTTP/1.1 401 Unauthorized
WWW-Authenticate: AzureApiManagementKey realm="https://contoso.azure-api.net/orders",name="x-api-key",type="header"
Content-Type: application/json

{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }
\`\`\`


## 12. Who has which token

Open **Identities** in the sidebar. Under *orders-dev* stands *me*, with the account you signed in with in step 10, its tenant, and its tokens with the time they have left; the status bar shows the same. Point at the access token: it can be decoded, copied (you are told what that means), and refreshed.


## 13. Sign in with a code

Right-click *by code* there and choose **Sign In**. It is the same client as *me*, so it has that account already: press **Use Another Account**. You should see a page with a code and the time it is good for: press **Copy and Open Page**, paste the code, choose an account. The page closes by itself.


## 14. As an application, and on behalf of somebody

Point at *nightly job*, press its **Sign In**, and give its secret. You should see an app-only token: it is nobody's, and has roles instead of scopes.

\`\`\`key
${keys.jobSecret}
\`\`\`

Sign in for *stock for me*, and give the secret of the Orders API. It exchanges your token for one of the Stock API, as an API does that calls another one. Choose **Decode Token of Identity**: you should see both side by side, another audience and scope, the same person.

\`\`\`key
${keys.apiSecret}
\`\`\`


## 15. A sign-in that fails

Right-click *me*, choose **Sign In** once more, press **Use Another Account**, and Cancel on the sign-in page. You should see the code (AADSTS65004), why it failed for this identity, and where to mend it. When you are done: F1, **Why401: Forget Everything**.


## Your own API

Press F1 and run **Why401: Add API**. Without a client to sign in with yet? **Why401: Set Up Sign-In** guides you to one, and checks it. Give the profile the "policy" of its API Management or the "easyAuth" settings of its app, and their gates are judged as well. Then paste a token of your own, or just have it on the clipboard.
`;
}

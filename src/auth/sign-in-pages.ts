/**
 * What the browser shows when it comes back, before the token is there: so it promises none. Fixed text: nothing of the
 * server or of the token is on these pages.
 * They are sent without Content-Type, so they must begin like HTML and stay within ASCII.
 */
export const SIGNED_IN_PAGE = page('Signed in', 'Close this tab: Visual Studio Code goes on from here.');

export const NOT_SIGNED_IN_PAGE = page(
  'Not signed in',
  'The sign-in did not succeed. Close this tab: Visual Studio Code shows why.',
);

function page(title: string, text: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Why401: ${title}</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 32rem; margin: 20vh auto 0; padding: 0 1rem; }
h1 { font-size: 1.5rem; font-weight: 600; }
</style>
</head>
<body><main><h1>${title}</h1><p>${text}</p></main></body>
</html>
`;
}

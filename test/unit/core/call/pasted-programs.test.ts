import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { describe, test } from 'node:test';
import { maskText } from '../../../../src/core/call/mask-text.ts';
import { Chance } from '../random.ts';
import { ESCAPES, leakOf, SECRETS } from './secret-places.ts';

const seed = Number(process.env.WHY401_SEED ?? randomInt(2 ** 31));
/** What people choose: no rule knows it by its form. */
const PASSWORD = 'Summer2026!of_x';

type Places = Readonly<Record<string, readonly ((secret: string) => string)[]>>;

/** Where a secret stands in commands, programs, settings and what tools copy, by the kind of place. */
const PLACES: Places = {
  'headers with name and value on lines of their own': [
    (s) => `accept\n*/*\ncookie\nsid=${s}; lang=en\nuser-agent\nx`,
    (s) => `Request Headers\nx-functions-key\n${s}\naccept\n*/*`,
    (s) => `authorization:\nBearer ${s}\nhost:\nh`,
    (s) => `x-api-key\t${s}\naccept\t*/*`,
    (s) => `cookie\tsid=${s}\r\nhost\th`,
  ],
  'flags of curl that are joined': [
    (s) => `curl -su bob:${s} https://h`,
    (s) => `$ curl -sSLiu 'bob:${s}' https://h`,
    (s) => `curl -vubob:${s} https://h`,
    (s) => `curl -sb 'sid=${s}' https://h`,
    (s) => `curl -b"sid=${s}" https://h`,
    (s) => `curl -u "bob@contoso.com":"${s}" https://h`,
    (s) => `curl -u bob:"${s}" https://h`,
  ],
  'passwords of certificates, proxies and forms in a command': [
    (s) => `curl -E c.pem:${s} https://h`,
    (s) => `curl --cert c.pem:${s} https://h`,
    (s) => `curl --cert=c.p12:${s} https://h`,
    (s) => `curl --pass ${s} https://h`,
    (s) => `curl --tlspassword ${s} https://h`,
    (s) => `curl -U bob:${s} -x p https://h`,
    (s) => `curl --proxy-user bob:${s} -x p https://h`,
    (s) => `curl -F pass=${s} https://h`,
    (s) => `curl --form-string "pass=${s}" https://h`,
    (s) => `curl --data-urlencode 'pass=${s}' https://h`,
  ],
  'arguments in a list': [
    (s) => `Command arguments: ['login', '-u', 'a', '-p', '${s}', '--debug']`,
    (s) => `['vm', 'create', '--admin-password', '${s}']`,
    (s) => `CMD ["app","--password","${s}"]`,
    (s) => `"args": [\n  "--client-secret",\n  "${s}"\n]`,
    (s) => `["curl","-u","bob:${s}"]`,
    (s) => `['curl', '-b', 'sid=${s}']`,
    (s) => `args=("--password" "${s}")`,
  ],
  PowerShell: [
    (s) => `ConvertTo-SecureString -AsPlainText "${s}" -Force`,
    (s) => `ConvertTo-SecureString -AsPlainText -Force "${s}"`,
    (s) => `ConvertTo-SecureString -String "${s}" -AsPlainText`,
    (s) => `ConvertTo-SecureString -String ${s} -AsPlainText`,
    (s) => `"${s}" | ConvertTo-SecureString -AsPlainText -Force`,
    (s) => `$session.Cookies.Add((New-Object System.Net.Cookie("sid", "${s}", "/", "h")))`,
    (s) => `$headers.Add('x-api-key','${s}')`,
    (s) => `$headers["x-api-key"] = "${s}"`,
  ],
  'after a type or a tag': [
    (s) => `param adminPassword string = '${s}'`,
    (s) => `const password: string = '${s}'`,
    (s) => `val password: String = "${s}"`,
    (s) => `password: str = "${s}"`,
    (s) => `password: Optional[str] = "${s}"`,
    (s) => `password: !!str ${s}`,
    (s) => `password: &p ${s}`,
    (s) => `connection string = "Server=x;Password=${s}"`,
    (s) => `password: &${s} user=bob`,
    (s) => `client_secret: !vault |\n  ${s}\nnext: x`,
    (s) => `["password"]=>\n  string(12) "${s}"`,
    (s) => `map[string][]string{"X-Api-Key":[]string{"${s}"}}`,
    (s) => `password: Some("${s}")`,
  ],
  'after a default or another value': [
    (s) => `client_secret = os.getenv("CLIENT_SECRET", "${s}")`,
    (s) => `const secret = process.env.SECRET || '${s}'`,
    (s) => `const secret = process.env.SECRET ?? '${s}'`,
    (s) => `secret ??= '${s}'`,
    (s) => `DB_PASSWORD=${s} || "x"`,
    (s) => `password: ${s} or 'x'`,
    (s) => `password = os.environ["PW"] or "${s}"`,
    (s) => `DB_PASSWORD: \${DB_PASSWORD:-${s}}`,
    (s) => `  ~ primary_key = "x" -> "${s}"`,
  ],
  'arguments of a call': [
    (s) => `new AuthenticationHeaderValue("Basic", "${s}")`,
    (s) => `requests.get(url, auth=("bob", "${s}"))`,
    (s) => `HTTPBasicAuth('bob', '${s}')`,
    (s) => `new NetworkCredential("bob", "${s}")`,
    (s) => `req.SetBasicAuth("bob", "${s}")`,
    (s) => `req.SetBasicAuth(user, "${s}")`,
    (s) => `new AzureKeyCredential("${s}")`,
    (s) => `btoa('bob:${s}')`,
  ],
  'commands that keep a secret or sign in': [
    (s) => `http -a bob:${s} https://h`,
    (s) => `az keyvault secret set --vault-name v --name x --value ${s}`,
    (s) => `setx CLIENT_SECRET ${s}`,
    (s) => `set -x CLIENT_SECRET ${s}`,
    (s) => `dotnet user-secrets set "AzureAd:ClientSecret" "${s}"`,
    (s) => `keytool -list -storepass ${s}`,
    (s) => `openssl pkcs12 -in x -passin pass:${s}`,
    (s) => `CREATE USER bob IDENTIFIED BY '${s}'`,
  ],
  'once more in the same text': [
    (s) => `password=${s}\nlogin failed for bob with ${s}.`,
    (s) => `x-api-key: ${s}\nGET /keys?which='${s}'`,
    (s) => `tried "${s}", then set ClientSecret=${s};`,
  ],
  'marks around a name': [
    (s) => `**Password:** ${s}`,
    (s) => `**Password**: ${s}`,
    (s) => `password\u00a0= ${s}`,
    (s) => `password＝${s}`,
    (s) => `password\\=${s}`,
    (s) => `password -> ${s}`,
  ],
};

/** What stands in the same places and is no secret. */
const ORDINARY: readonly string[] = [
  'Access-Control-Allow-Headers:\nx-api-key\nx-functions-key\nauthorization\ncontent-type',
  'The cookie\nis not sent, and the authorization\nfails with 401',
  'Authorization\nThe caller needs a role\nCookie\nnone',
  'x-api-key\tstring\trequired',
  'password: str',
  'clientSecret: string | undefined = undefined',
  'constructor(private readonly password: string) {}',
  'param adminPassword string',
  `password: \${DB_PASSWORD}`,
  `password: \${DB_PASSWORD:?is not set}`,
  "the following arguments are required: '--password', '--user'",
  'curl -sS -o out.txt https://h/a:b',
  'curl -sSo out.txt -b jar.txt https://h',
  "grep -E 'a:b' x.txt",
  'new AuthenticationHeaderValue("Bearer", token)',
  'new AzureKeyCredential(key)',
  'az keyvault secret set --name x --file x.txt',
  'setx PATH C:\\tools',
  `secret: <name>, secret orders-db-1 of vault orders-db-1`,
  'echo "$SECRET" | ConvertTo-SecureString -AsPlainText -Force',
];

const WAYS = ['asWritten', 'json', 'percent'] as const;

describe('no part of a secret survives', () => {
  for (const [kind, places] of Object.entries(PLACES)) {
    test(kind, (t) => {
      const chance = new Chance(seed);
      const secrets = [PASSWORD, ...['opaque', 'subscriptionKey'].map((one) => SECRETS[one]?.(chance) ?? '')];
      const found: string[] = [];
      for (const write of places) {
        for (const secret of secrets) {
          for (const way of WAYS) {
            // Bytes of percent-encoding are read one by one.
            if (way === 'percent' && /[^ -~\s]|\u00a0/.test(write(secret))) continue;
            const text = ESCAPES[way]?.write(write(secret)) ?? '';
            const masked = maskText(text);
            if (leakOf(secret, masked) !== undefined) found.push(`${way}: ${masked}`);
            if (maskText(masked) !== masked) found.push(`${way}, masked again: ${masked}`);
          }
        }
      }
      t.diagnostic(`${places.length * secrets.length * WAYS.length} texts, seed ${seed}`);
      assert.deepEqual(found, [], `seed ${seed}`);
    });
  }
});

test('what stands in the same places and is no secret stays', () => {
  const changed = ORDINARY.flatMap((text) => WAYS.map((way) => ESCAPES[way]?.write(text) ?? '')).filter(
    (text) => maskText(text) !== text,
  );
  assert.deepEqual(
    changed.map((text) => maskText(text)),
    [],
  );
});

import { after, before, describe, it } from 'node:test';
import { practiceSettingsForSending } from '../lab/practice-workspace.ts';
import { within } from './host-probe.ts';
import { type IdentitiesView, openIdentities } from './identities-view.ts';
import { type Practice, startPractice } from './practice.ts';
import { assertSilent, signInAs } from './sign-in-steps.ts';
import { until, WAIT_MS } from './workbench.ts';

const TOKEN = /\/oauth2\/v2\.0\/token$/;
/** Many times more with `WHY401_CLOSED_WINDOWS=50`: a window takes some seconds to come back. */
const ROUNDS = Number(process.env.WHY401_CLOSED_WINDOWS ?? 6);
/** After the tokens are on their way they are stored: the end comes so many milliseconds later. */
const MOMENTS_MS = [0, 2, 5, 10, 20, 40, 80];

describe('a window that is closed in the middle of a sign-in or a refresh', () => {
  let practice: Practice;
  let view: IdentitiesView;
  let people: string[];

  before(async () => {
    practice = await startPractice({}, practiceSettingsForSending);
    const { vscode, lab } = practice;
    people = (lab.tenants[0]?.users ?? []).map(({ userName }) => userName);
    view = await openIdentities(vscode);
    for (const person of [/Megan/, /Alex/]) await signInAs(vscode, person);
    await assertAllThere();
  });
  after(() => practice?.stop());

  async function assertAllThere(): Promise<void> {
    for (const person of people) await view.row(new RegExp(person));
  }

  /** The work is cut off: what it still waits for does not come. What fails before the moment has come is a failure. */
  async function closeDuring(work: () => Promise<void>, moment: Promise<void>): Promise<void> {
    const { vscode, lab } = practice;
    const running = work();
    await within(3 * WAIT_MS, 'the moment', Promise.race([moment, running.then(() => moment)]));
    await vscode.reload();
    lab.signIn.onIssued = undefined;
    for (const other of vscode.page.context().pages()) if (other !== vscode.page) await other.close();
    await running.catch(() => undefined);
  }

  function afterTokens(ms: number): Promise<void> {
    return new Promise((resolve) => {
      practice.lab.signIn.onIssued = () => setTimeout(resolve, ms);
    });
  }

  /** The request has come, and is not answered. */
  async function beforeTokens(): Promise<void> {
    const { lab } = practice;
    const before = lab.requests.count(TOKEN);
    const silent = lab.faults.script({ path: '*/token', action: { do: 'silent' } });
    await until('the request for tokens', async () => lab.requests.count(TOKEN) > before, 3 * WAIT_MS);
    silent.remove();
  }

  for (const [name, work] of [
    ['a sign-in', () => signInAs(practice.vscode, /Megan/)],
    ['a refresh', () => view.act(/^me/, /Refresh/)],
  ] as const) {
    it(`leaves every account, and a cache that can be read, after ${name}`, async () => {
      const { vscode } = practice;
      for (let round = 0; round < ROUNDS / 2; round++) {
        const ms = MOMENTS_MS[round % MOMENTS_MS.length] ?? 0;
        await closeDuring(work, round % 4 === 1 ? beforeTokens() : afterTokens(ms));
        view = await openIdentities(vscode);
        await assertAllThere();
        await assertSilent(vscode);
      }
    });
  }

  it('and the accounts still get tokens', async () => {
    const { vscode, lab } = practice;
    lab.requests.clear();
    await view.act(/^me/, /Refresh/);
    await until('the request for tokens', async () => lab.requests.count(TOKEN) > 0);
    await assertSilent(vscode);
  });
});

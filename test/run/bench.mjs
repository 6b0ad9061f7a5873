// npm run bench [-- rounds]: sizes, and medians over fresh extension hosts beside their goals. Prints, never fails a goal.
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { packageExtension } from './package.mjs';
import { ensureSetup } from './setup.mjs';
import { ROOT, run, runMain } from './shell.mjs';
import { ensureVsCode } from './vs-code.mjs';

const MIN_ROUNDS = 9;

const SIZE_GOALS_KB = { 'dist/main.js': 60, 'engine with all it loads at once': 250 };
const VSIX_GOAL_KB = 900;

await runMain(async () => {
  await ensureSetup();
  const rounds = Math.max(MIN_ROUNDS, Number(process.argv[2] ?? MIN_ROUNDS) || MIN_ROUNDS);
  const vsix = await packageExtension();
  const lines = [];
  const built = await run(process.execPath, [join(ROOT, 'esbuild.mjs'), '--production']);
  for (const [, size, name] of built.matchAll(/^ *([\d.]+) kB {2}((?!dist\/chunk-).+)$/gm)) {
    lines.push(formatLine(name, Number(size), 'kB', SIZE_GOALS_KB[name]));
  }
  lines.push(formatLine('VSIX', kilobytes(vsix), 'kB', VSIX_GOAL_KB));

  process.env.WHY401_VSIX = vsix;
  process.env.WHY401_CODE_SERVER = await ensureVsCode();
  process.env.WHY401_CHROMIUM = JSON.stringify(await ensureBrowser());
  const { measureHosts } = await import('../bench/extension-host.ts');
  const { measureSends } = await import('../bench/send-latency.ts');
  const { measureExplain } = await import('../bench/explain-speed.ts');
  const { measureTokenSpeed } = await import('../bench/token-speed.ts');
  const { measureSignIns } = await import('../bench/sign-in-speed.ts');
  const figures = await measureHosts(rounds, (round) => console.log(`… starting, round ${round} of ${rounds}`));
  const sends = await measureSends(rounds, (round) => console.log(`… sending, round ${round} of ${rounds}`));
  const speeds = await measureTokenSpeed(ripgrepOf(process.env.WHY401_CODE_SERVER), rounds);
  const signIns = await measureSignIns(rounds);
  const heapMb = figures.heapBytes.map((bytes) => bytes / 1_000_000);
  lines.push(formatFigure('activate()', figures.activateMs, 'ms', 10));
  lines.push(formatFigure('heap after activation', heapMb, 'MB', 1));
  lines.push(formatFigure('decoded token visible, cold', figures.decodedVisibleMs, 'ms', 150));
  lines.push(...formatSends('first send', sends.first, 60), ...formatSends('later sends', sends.later, 15));
  lines.push(formatFigure('VS Code alone: page to host and back', sends.roundTripMs, 'ms'));
  lines.push(...formatSpeeds(speeds), ...formatSignIns(signIns));
  const explainMs = measureExplain(rounds);
  if (explainMs.length > 0) lines.push(formatFigure('explain a case', explainMs, 'ms', 1));
  console.log(`\n${lines.join('\n')}\n\n${rounds} fresh extension hosts; median (least to most).`);
});

/** From the click to the result, the same call made with bare `node:http`, and what the click costs beyond it. */
function formatSends(name, pairs, goalMs) {
  const over = pairs.map(({ sendMs, bareMs }) => sendMs - bareMs);
  return [
    formatFigure(
      `${name}: click to result`,
      pairs.map(({ sendMs }) => sendMs),
      'ms',
    ),
    formatFigure(
      `${name}: bare request`,
      pairs.map(({ bareMs }) => bareMs),
      'ms',
    ),
    formatFigure(`${name}: over bare`, over, 'ms', goalMs),
  ];
}

/** Ratios of one run each: below the goal for the first, above it for the others. */
function formatSpeeds(speeds) {
  return [
    formatFigure(
      'find tokens in 50 MB : ripgrep',
      speeds.map(({ findOverRipgrep }) => findOverRipgrep),
      '×',
      2,
    ),
    formatFigure(
      'crypto.verify : validate',
      speeds.map(({ verifyOverValidate }) => verifyOverValidate),
      '×',
      0.35,
      'least',
    ),
    formatFigure(
      'jwt-decode : read',
      speeds.map(({ jwtDecodeOverRead }) => jwtDecodeOverRead),
      '×',
      5,
      'least',
    ),
  ];
}

function formatSignIns(signIns) {
  return [
    formatFigure(
      'sign in : bare MSAL',
      signIns.map(({ signInOverMsal }) => signInOverMsal),
      '×',
      1.3,
    ),
    formatFigure(
      'token of the cache : bare MSAL',
      signIns.map(({ silentOverMsal }) => silentOverMsal),
      '×',
      1.3,
    ),
  ];
}

/** VS Code brings ripgrep for every system. */
function ripgrepOf(codeServer) {
  const modules = join(dirname(codeServer), '../../lib/vscode/node_modules/@vscode');
  return join(modules, `ripgrep-universal/bin/${process.platform}-${process.arch}/rg`);
}

function kilobytes(file) {
  return statSync(file).size / 1000;
}

function formatFigure(name, values, unit, goal, isGoal = 'most') {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle) - 1]) / 2;
  return `${formatLine(name, median, unit, goal, isGoal)}  (${sorted[0].toFixed(1)} to ${sorted.at(-1).toFixed(1)})`;
}

function formatLine(name, value, unit, goal, isGoal = 'most') {
  const isMet = isGoal === 'most' ? value <= goal : value >= goal;
  const mark = goal === undefined ? ' ' : isMet ? '✔' : '✘';
  const wanted = goal === undefined ? '' : `goal ${goal} ${unit}`;
  return `${mark} ${name.padEnd(36)} ${value.toFixed(unit === '×' ? 2 : 1).padStart(8)} ${unit}  ${wanted.padEnd(12)}`;
}

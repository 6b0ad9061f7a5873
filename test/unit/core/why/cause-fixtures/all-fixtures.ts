import type { CauseId } from '../../../../../src/core/gates/cause-id.ts';
import { type Diagnosis, explain } from '../../../../../src/core/why/explain.ts';
import { knowledgeOf } from '../../../../../src/core/why/knowledge.ts';
import * as at from '../../entra-fixture.ts';
import { APP_FIXTURES } from './app-fixtures.ts';
import type { CauseFixture, Scene } from './fixture-parts.ts';
import { PLATFORM_FIXTURES } from './platform-fixtures.ts';
import { SERVICE_FIXTURES } from './service-fixtures.ts';
import { TOKEN_ENDPOINT_FIXTURES } from './token-endpoint-fixtures.ts';

/** Of every cause: one without a fixture does not compile. */
export const FIXTURES: Record<CauseId, CauseFixture> = {
  ...APP_FIXTURES,
  ...PLATFORM_FIXTURES,
  ...SERVICE_FIXTURES,
  ...TOKEN_ENDPOINT_FIXTURES,
};

/** Explains a scene at the fixture's frozen time. */
export function diagnoseScene({ exchanges, profile, target }: Scene): Diagnosis {
  const known = knowledgeOf(profile, undefined, {}, exchanges.at(-1)?.call, at.NOW_MS);
  return explain(exchanges, { ...known, target: { ...known.target, ...target } }, at.NOW_MS);
}

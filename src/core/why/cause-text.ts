import type { CauseId } from '../gates/cause-id.ts';
import { APP_SERVICE_CAUSES } from './causes/app-service-causes.ts';
import type { CauseWording } from './causes/cause-words.ts';
import { GATEWAY_CAUSES } from './causes/gateway-causes.ts';
import { NETWORK_CAUSES } from './causes/network-causes.ts';
import { PERMISSION_CAUSES } from './causes/permission-causes.ts';
import { SERVICE_CAUSES } from './causes/service-causes.ts';
import { TOKEN_CAUSES } from './causes/token-causes.ts';
import { TOKEN_ENDPOINT_CAUSES } from './causes/token-endpoint-causes.ts';

/** The catalogue of causes, once, by family. Titles and sentences are ours; identification and fixes follow the references. */
export const CAUSE_TEXTS: Record<CauseId, CauseWording> = {
  ...TOKEN_CAUSES,
  ...PERMISSION_CAUSES,
  ...GATEWAY_CAUSES,
  ...NETWORK_CAUSES,
  ...APP_SERVICE_CAUSES,
  ...SERVICE_CAUSES,
  ...TOKEN_ENDPOINT_CAUSES,
};

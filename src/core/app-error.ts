/**
 * Broken I/O or a broken caller, never bad data. `message` is for the user and holds no secret; `actions` name what
 * the host may offer as buttons.
 */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly actions: readonly AppErrorAction[];

  constructor(code: AppErrorCode, message: string, options: { cause?: unknown; actions?: AppErrorAction[] } = {}) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.actions = options.actions ?? [];
  }
}

export type AppErrorCode =
  | 'untrustedWorkspace'
  | 'noTenant'
  | 'badSettings'
  | 'settingsNotWritten'
  | 'noIdentity'
  | 'noSecret'
  | 'badUrl'
  | 'badKey'
  | 'signInFailed'
  | 'secretsUnavailable'
  | 'textGone'
  | 'noToken'
  | 'noReport'
  | 'notPassed';

export type AppErrorAction = 'openSettings' | 'openUserSettings' | 'addApi' | 'manageTrust' | 'setUpSignIn';

/** Thrown when the user backs out. Never shown. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'Cancelled';
  }
}

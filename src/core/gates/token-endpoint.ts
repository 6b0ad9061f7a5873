import { findErrorCodes } from '../call/error-codes.ts';
import type { Gate } from './gate.ts';
import { openJudgement } from './recognition.ts';
import { isFrom, recogniseCodes } from './service-codes.ts';

/** Entra's token endpoint: an AADSTS number beside the OAuth error is its own word; quoted elsewhere it was passed on. */
export const tokenEndpoint: Gate = {
  id: 'tokenEndpoint',
  judge: (_step, call) => openJudgement(call),
  recognise: ({ exchange }) =>
    recogniseCodes(
      findErrorCodes(exchange).filter(({ family }) => family === 'aadsts'),
      isFrom(exchange, LOGIN),
    ),
};

const LOGIN = /(^|\.)(login\.|sts\.)|(^|\.)(b2clogin|ciamlogin)\.com$/;

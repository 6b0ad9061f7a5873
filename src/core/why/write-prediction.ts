import type { Need } from '../gates/gate.ts';
import { evidenceOfFinding } from '../gates/recognition.ts';
import { causeTextOf } from './write-cause.ts';
import { describeEvidence } from './evidence-text.ts';
import type { ExplainedCause, Prediction, StepVerdict } from './explanation.ts';
import { describeNeeds } from './need-text.ts';
import type { Forecast } from './predict.ts';
import type { WalkedStep } from './walk-route.ts';
import { GATE_TITLES, pathOf } from './write-path.ts';


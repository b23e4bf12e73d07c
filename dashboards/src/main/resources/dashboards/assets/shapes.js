/**
 * What the server sends, with everything in it that a page reads. What an older server or an older snapshot leaves out
 * gets the value that means the same. Pure functions.
 */

const GUARDRAILS_NONE = {
  harm: 'off', metrics: [], budget: 'off', ramp: 'none', feed: false, ratio: false, originCap: 'off',
};

/** An experiment's definition, complete. */
export const completeExperiment = ({objective, policy, prior, arms, guardrails, ...rest}) => ({
  unit: 'visitor',
  sticky: 'unit',
  ceiling: 1,
  controlFloor: 0,
  newArmCeiling: 1,
  warmUp: 0,
  epochs: true,
  ...rest,
  arms: arms ?? [],
  objective: {kind: 'conversion', ...objective},
  policy: {kind: 'thompson', ...policy},
  prior: {kind: 'unit-success', ...prior},
  guardrails: {...GUARDRAILS_NONE, ...guardrails},
});

/** A snapshot or standing, complete; null stays null. */
export const completeSnapshot = (snapshot) => snapshot && {
  phase: 'learning',
  changes: [],
  ...snapshot,
  guard: {frozen: false, verdicts: [], arms: [], ...snapshot.guard},
  arms: snapshot.arms.map(completeArm),
  segments: (snapshot.segments ?? []).map((segment) => ({...segment, arms: segment.arms.map(completeArm)})),
};

const completeArm = (arm) => ({effective: arm.exposures, orders: arm.conversions, ...arm});

/** How many conversions an objective counts of an arm: of every unit the first, or all. */
export const conversionsOf = (objective, arm) => (objective.kind === 'conversion' ? arm.conversions : arm.orders);

/** The segments whose visitors are served by shares of their own. */
export const ownSegments = (snapshot) => snapshot.segments.filter(({own}) => own);

/** A segment's part of a snapshot, with the shares that its visitors are served by: its own, or those of all. */
export function segmentSnapshot(snapshot, segment) {
  if (segment.own) return {...snapshot, arms: segment.arms, segments: []};
  const shares = new Map(snapshot.arms.map(({arm, share}) => [arm, share]));
  return {...snapshot, arms: segment.arms.map((each) => ({...each, share: shares.get(each.arm)})), segments: []};
}

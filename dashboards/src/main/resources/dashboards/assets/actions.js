import * as api from './api.js';
import {isolated} from './format.js';
import {movedOn} from './guardrails.js';

/**
 * What a person may do from these pages, each as {title, says, button, danger, asks, types, run, done, undo}: for the
 * dialog that asks once more, what it does in sentences, the words on its button, whether it is grave, what it asks for
 * if anything, what has to be typed if anything; the call; what is said when it was done; and what takes it back, as
 * {run, done}, if anything does.
 */

/** Nobody is shown an arm any more. */
const pauseArm = (experiment, arm) => ({
  title: `Pause arm ${arm.key}?`,
  says: [`${movedOn(experiment)} It can be resumed; its tests for harm then begin anew.`],
  button: `Pause ${arm.key}`,
  danger: true,
  run: () => api.moveArm(experiment.key, arm.key, 'pause'),
  done: `Arm ${arm.key} is paused.`,
  undo: {run: () => api.moveArm(experiment.key, arm.key, 'resume'), done: `Arm ${arm.key} is served again.`},
});

/** An arm is shown again, whatever a guardrail has found. */
const resumeArm = (experiment, arm, verdict) => ({
  title: verdict ? `Resume arm ${arm.key} against the guardrail?` : `Resume arm ${arm.key}?`,
  says: [
    ...(verdict ? [`A guardrail paused it: ${verdict.note}.`] : []),
    `${verdict ? 'Resuming overrides that: the arm' : 'The arm'} is served again at once, and its tests for harm begin `
      + 'anew: what they have seen so far no longer counts against it. If it does harm, it loses again until that is '
      + 'shown again.',
    ...(verdict ? ['That you set the guardrail aside, and its evidence, are kept in the audit log.'] : []),
  ],
  button: verdict ? 'Override and resume' : `Resume ${arm.key}`,
  danger: Boolean(verdict),
  run: () => api.moveArm(experiment.key, arm.key, 'resume'),
  done: `Arm ${arm.key} is served again.`,
  undo: {run: () => api.moveArm(experiment.key, arm.key, 'pause'), done: `Arm ${arm.key} is paused.`},
});

/** Learning goes on, whatever feed and ratio look like. */
export const thaw = (experiment, verdicts) => ({
  title: `Thaw ${isolated(experiment.name ?? experiment.key)}?`,
  says: [
    ...verdicts.map(({note}) => `${note}.`),
    'Thawing says that conversions and exposures are sound after all: learning goes on at once with everything that '
      + 'came in, and both are watched anew, without what was seen until now. Do it when you know why the numbers were '
      + 'odd and that they are true; if they are not, traffic moves by wrong numbers.',
    'That you set the guardrail aside is kept in the audit log.',
  ],
  button: 'Thaw',
  danger: true,
  run: () => api.thaw(experiment.key),
  done: `${isolated(experiment.name ?? experiment.key)} learns again.`,
});

/** Control for everybody. */
export const engage = () => ({
  title: 'Give everybody control?',
  says: ['The kill switch serves control to everybody in every experiment, on every node within a second, until it is '
    + 'released. These visits are neither recorded nor learned from. Nothing is deleted: experiments go on where they '
    + 'are.'],
  asks: 'Why? The others will read it.',
  button: 'Engage the kill switch',
  danger: true,
  run: (reason) => api.engage(reason),
  done: 'Everybody gets control.',
  undo: {run: () => api.release(), done: 'Experiments serve their arms again.'},
});

/** Experiments again; `reason` is why the kill switch was engaged. */
export const release = (reason) => ({
  title: 'Release the kill switch?',
  says: ['Every running experiment serves its arms again at once, as it last divided traffic.'],
  button: 'Release',
  run: () => api.release(),
  done: 'Experiments serve their arms again.',
  undo: {run: () => api.engage(reason), done: 'Everybody gets control.'},
});

/** What to do about an arm as it is. */
export const forArm = (experiment, arm, verdict) =>
  (arm.status === 'paused' ? resumeArm(experiment, arm, verdict) : pauseArm(experiment, arm));

/** The event that says that one of these was done. */
export const done = (action) => new CustomEvent('action-done', {detail: action, bubbles: true, composed: true});

/** The event by which a component asks for one of these; the frame of the pages hears it. */
export const wanted = (action) => new CustomEvent('action-wanted', {detail: action, bubbles: true, composed: true});

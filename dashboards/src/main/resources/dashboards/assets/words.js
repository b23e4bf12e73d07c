import {capital, period, plural, share} from './format.js';

/** What every number means, for people who run shops. Sentences; each function takes the definition it is about. */

/** The unit of an experiment as a noun for several: visitors. Without stickiness every request is drawn anew. */
export const units = (experiment) => (experiment.sticky === 'none' ? 'requests' : plural(experiment.unit ?? 'visitor'));

/** What an experiment is after, in a few words: purchase within 7 days. */
export const goal = ({objective}) =>
  `${objective.metric}${objective.window ? ` within ${period(objective.window)}` : ''}`;

/** How the allocation is decided, in a few words. */
export function policy({policy: {kind, epsilon, least}}) {
  switch (kind) {
    case 'thompson':
      return 'Adaptive (Thompson sampling)';
    case 'epsilon-greedy':
      return `Best arm, exploring ${share(epsilon)}${Number.isFinite(least) ? ` falling to ${share(least)}` : ''}`;
    case 'uniform':
      return 'Even split';
    default:
      return capital(kind);
  }
}

/** What the policy does. */
export function policyMeaning({policy: {kind}}) {
  switch (kind) {
    case 'thompson':
      return 'Each arm is shown as often as it is likely to be the best one, given what is known. '
        + 'While little is known, everything is tried; as evidence grows, traffic moves to what earns more.';
    case 'epsilon-greedy':
      return 'The arm that looks best gets most of the traffic; a fixed part is spread evenly so that the others '
        + 'keep being tried.';
    case 'uniform':
      return 'Every arm gets the same share and nothing moves: a classic A/B test.';
    default:
      return 'How traffic is divided between the arms.';
  }
}

/** The meanings of the numbers of an experiment. */
export function meanings(experiment) {
  const many = units(experiment);
  const {objective} = experiment;
  return {
    share: `Of all new ${many}, the part that is shown this arm right now. `
      + 'It moves by itself towards arms that earn more.',
    exposures: `How many ${many} have been shown this arm so far. `
      + (experiment.sticky === 'none' ? '' : 'Somebody who comes back keeps the arm and counts once.'),
    conversions: `Verified “${objective.metric}” conversions that happened within ${period(objective.window)} of being `
      + 'shown this arm. One that is reversed (a refund, say) is taken out again.',
    rate: objective.kind === 'revenue'
      ? `Our best estimate of what one of the ${many} shown this arm brings in.`
      : `Our best estimate of the part of ${many} shown this arm who convert (the posterior mean). It weighs the `
        + 'evidence, so it can differ from conversions divided by the count.',
    interval: 'The bar spans the values the true rate has with 95% probability; the dot is the best estimate, the '
      + 'dashed line the control’s. The less is known, the longer the bar. Overlapping bars: not settled yet.',
    control: `The arm everything else is compared with, usually what you showed before. Everybody gets it whenever `
      + 'the experiment is paused or ended, or the server cannot decide.',
    paused: `Nobody new is shown this arm; its share goes to the others. `
      + `${capital(many)} who had it are given another.`,
    running: 'Since the first allocation was served.',
    converted: `Verified “${objective.metric}” conversions credited to this experiment, all arms together, less those `
      + 'that were reversed.',
    leader: 'The arm with the largest share of new traffic right now. While ranges overlap this is a lead, '
      + 'not a result.',
    total: `All ${many} who have been shown one of the arms.`,
    version: 'Each time the allocation moves noticeably it gets the next number. Every decision is logged with the '
      + 'number it was made under.',
    updated: 'How long ago this allocation was computed. A quiet experiment keeps its allocation; that is no '
      + 'error.',
    floor: 'No arm that is live gets less than this, so that each keeps being tried.',
    holdout: `This part of the ${many} always gets the control and is kept out of the learning, to measure what `
      + 'the experiment earns altogether.',
    goal: `What counts as success: a verified “${objective.metric}”`
      + `${objective.window ? `, at most ${period(objective.window)} after being shown an arm` : ''}.`,
  };
}

/** What learned-through means. */
export const LEARNED_MEANING = 'Every conversion the server had received by this time is part of the numbers on this '
  + 'page. “Behind” is how long the learning took after that moment.';

/** What the state of the stream means. */
export const LIVE_MEANING = 'Numbers on this page move by themselves, within a second of the server. When the '
  + 'connection drops, the page keeps the last numbers, says from when they are, and reconnects by itself.';

/** What a state of an experiment means. */
export function stateMeaning({state, arms}) {
  const control = arms.find((arm) => arm.control)?.key ?? 'the control';
  switch (state) {
    case 'running':
      return 'Arms are being shown and the allocation is learning.';
    case 'paused':
      return `Everybody is shown ${control} (control). Nothing is learned until it is resumed.`;
    case 'draft':
      return `Not started: everybody is shown ${control} (control).`;
    case 'ended':
      return `Over: everybody is shown ${control} (control). The last allocation and all it learned stay here.`;
    default:
      return state;
  }
}

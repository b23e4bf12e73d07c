import {capital, period, plural} from './format.js';

/** What every number means, for people who run shops. Sentences; each function takes the definition it is about. */

/** The unit of an experiment as a noun: visitor. Without stickiness every request is drawn anew. */
export const unit = (experiment) => (experiment.sticky === 'none' ? 'request' : experiment.unit);

/** The same for several: visitors. */
export const units = (experiment) => plural(unit(experiment));

/** What an experiment is after, in a few words: purchase within 7 days. */
export const goal = ({objective: {kind, metric, window}}) =>
  `${{revenue: `money from “${metric}”`, count: `count of “${metric}”`}[kind] ?? metric}`
  + `${window ? ` within ${period(window)}` : ''}`;

/** The meanings of the numbers of an experiment. */
export const meanings = (experiment) => ({...numbers(experiment), ...limits(experiment), ...states(experiment)});

/** The same of one segment, by its name. */
export function segmentMeanings(experiment, segment) {
  const all = meanings(experiment);
  const many = units(experiment);
  return {...all,
    share: `Of new ${many} of “${segment}”, the part that is shown this arm right now.`,
    best: `The probability that no other live arm earns more with “${segment}”, given what is known now.`,
    exposures: `How many ${many} of “${segment}” have been shown this arm so far.`,
    conversions: `${all.conversions} Those of “${segment}” alone.`,
    earned: `${all.earned} Of “${segment}” alone.`,
    rate: `${rate(experiment)} For “${segment}” alone; where little is known of it, it leans on everybody.`,
  };
}

function numbers(experiment) {
  const many = units(experiment);
  const {objective, segments} = experiment;
  const {metric} = objective;
  const within = objective.window ? ` within ${period(objective.window)} of being shown this arm` : '';
  return {
    share: `Of all new ${many}, the part that is shown this arm right now. `
      + 'It moves by itself towards arms that earn more.'
      + (segments ? ` Where a ${segments.attribute} has shares of its own, this is all of them together; what `
        + 'each gets is shown below.' : ''),
    best: 'The probability that no other live arm earns more, given what is known now. It '
      + 'settles near 100% for one of them, or stays divided if they are alike.',
    exposures: `How many ${many} have been shown this arm so far. `
      + (experiment.sticky === 'none' ? '' : 'Somebody who comes back keeps the arm and counts once.'),
    conversions: objective.kind === 'conversion'
      ? `${capital(many)} with a verified “${metric}”${within}. One that is reversed (a refund, say) is taken out `
        + 'again.'
      : `Verified “${metric}” conversions${within}, repeats of the same ${unit(experiment)} included. One that is `
        + 'reversed (a refund, say) is taken out again.',
    earned: 'What these conversions brought in, in full, less what was refunded.'
      + (experiment.holdout > 0 ? ` What those ${many} brought in who are held out is no part of it.` : ''),
    rate: rate(experiment),
    interval: 'The bar spans the values the true one has with 95% probability; the dot is the best estimate, the '
      + 'dashed line the control’s. The less is known, the longer the bar. Overlapping bars: not settled yet.',
    converted: `Verified “${metric}” conversions credited to this experiment, all arms together, less those `
      + 'that were reversed.',
    leader: 'The arm with the largest share of new traffic right now. While ranges overlap this is a lead, '
      + 'not a result.',
    total: `All ${many} who have been shown one of the arms`
      + `${experiment.holdout > 0 ? ', without those who are held out' : ''}.`,
    goal: `What counts as success: ${{
      revenue: `the money that verified “${metric}” conversions bring in`,
      count: `how often a verified “${metric}” happens`,
    }[objective.kind] ?? `a verified “${metric}”`}${objective.window
      ? `, at most ${period(objective.window)} after being shown an arm` : ''}.`,
  };
}

/** What the estimate of an arm is. */
function rate(experiment) {
  const many = units(experiment);
  const soFar = experiment.objective.window
    ? ` Until the experiment is older than ${period(experiment.objective.window)}, later conversions can still raise `
      + 'it.'
    : '';
  switch (experiment.objective.kind) {
    case 'revenue':
      return `Our best estimate of what one of the ${many} shown this arm brings in, those who buy nothing included.`
        + soFar;
    case 'count':
      return `Our best estimate of how many conversions one of the ${many} shown this arm has.${soFar}`;
    default:
      return `Our best estimate of the part of ${many} shown this arm who convert. It weighs the evidence, so it can `
        + `differ from conversions divided by the count.${soFar}`;
  }
}

function limits(experiment) {
  const many = units(experiment);
  return {
    floor: 'No arm that is live gets less than this, so that each keeps being tried.',
    controlFloor: 'The control never gets less than this, so that there always is something to compare with.',
    ceiling: 'However good it looks, no arm gets more than this.',
    newArmCeiling: 'An arm that joins a running experiment gets no more than this until it has been shown to about '
      + `200 ${many}: while little is known of it, it could be anything.`,
    warmUp: `All arms share equally until each has been shown to so many ${many} whose conversions have had their `
      + 'time, or until there are five conversions per arm.',
    holdout: `This part of the ${many} always gets the control and is kept out of the learning, to measure what `
      + 'the experiment earns altogether.',
    epochs: experiment.epochs
      ? 'A good day (a weekend, a sale) lifts all arms. How good each day was is estimated and divided out; otherwise '
        + 'an arm shown mostly on good days would look good.'
      : 'A good day lifts all arms, and an arm that was shown mostly on good days looks better than it is.',
    halfLife: experiment.halfLife
      ? `What happened ${period(experiment.halfLife)} ago counts half, what happened twice as long ago a quarter.`
      : 'What happened long ago counts as much as what happened today. Right for an experiment that ends.',
  };
}

function states(experiment) {
  const many = units(experiment);
  return {
    control: `The arm everything else is compared with, usually what you showed before. Everybody gets it whenever `
      + 'the experiment is paused or ended, or the server cannot decide.',
    paused: `Nobody new is shown this arm; its share goes to the others. `
      + `${capital(many)} who had it are given another.`,
    running: 'Since the first allocation was served.',
    version: 'Each time the allocation moves noticeably it gets the next number. Every decision is logged with the '
      + 'number it was made under.',
    updated: 'How long ago the latest look at what was counted changed these numbers. The allocation may be older: it '
      + 'stays until it moves noticeably. A quiet experiment keeps its numbers; that is no error.',
  };
}

/** The meanings of what came in during some time. */
export const feedMeanings = (experiment) => ({
  units: `How many ${units(experiment)} were shown an arm in that time.`,
  conversions: 'Conversions that the server heard of in that time, whenever they happened.',
  earned: 'What these conversions brought in.',
  part: `Conversions that came in for every ${unit(experiment)} shown an arm in the same time. It is not the `
    + 'conversion rate: many of those who converted were shown their arm earlier.',
});

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
      return `Everybody is shown ${control} (control). Conversions of those who were shown an arm before are still `
        + 'learned from; nobody new is, until it is resumed.';
    case 'draft':
      return `Not started: everybody is shown ${control} (control).`;
    case 'ended':
      return `Over: everybody is shown ${control} (control). The last allocation and all it learned stay here.`;
    default:
      return state;
  }
}

/** What the columns of the list of all experiments mean. */
export const OVERVIEW_MEANINGS = {
  spark: 'How new visitors were divided between the arms: each colour is an arm, the grey one at the top is control, '
    + 'and the height of a colour is its share. It shows the last 7 days, or the time since the experiment started.',
  leader: 'The arm that is probably the best now, and how probable it is that no other live arm earns more. A lead is '
    + 'not a result: the page of the experiment says when it is time to decide.',
  lift: 'How much more than control the leader is estimated to earn. It is the best guess, without its uncertainty; '
    + 'what can be claimed stands under Evidence on the page of the experiment.',
  units: 'How many visitors (or whatever the experiment counts) have been shown one of its arms.',
  earned: 'What verified conversions brought in, less refunds; where an experiment counts conversions, how many. '
    + 'Those of held out visitors are no part of it; Evidence says both.',
  updated: 'How long ago the latest look at what was counted changed these numbers. A quiet experiment keeps its '
    + 'numbers; that is no error.',
};

/** What a segment is called; the one without a value has everybody who has none of the values that are told apart. */
export const segmentName = ({segments}, segment) => segment ?? `Any other ${segments?.attribute ?? 'segment'}`;

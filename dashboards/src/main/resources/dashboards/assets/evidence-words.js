import {capital, count, percent, period} from './format.js';
import {unit, units} from './words.js';

/** What the numbers of the evidence mean, for people who run shops. Each function takes the definition it is about. */

/** The meanings of what is believed. */
export const beliefMeanings = (experiment) => ({
  best: 'The probability that no other live arm earns more, given everything counted so far (its posterior '
    + 'probability of being best).',
  loss: `If you took this arm for good and it were not the best: how much less you would then earn for every `
    + `${count(1000)} ${units(experiment)}, on average over what is still possible (its expected loss). Small means `
    + 'little can go wrong.',
  lift: 'How much more or less than the control the arm earns: the middle value, and the range that holds the true '
    + 'one with 95% probability (posterior quantiles of the relative lift).',
  rate: `What one ${unit(experiment)} is worth with this arm, as we believe it now (posterior mean); below it the `
    + 'range that holds the true value with 95% probability.',
  remaining: 'How much more than the leader another arm may still earn: less than this with 95% probability (potential '
    + 'value remaining). Below 1% it is no longer worth looking for a better one.',
  curve: 'The higher the curve over a value, the more plausible it is that the arm really earns that (its posterior '
    + 'density). A narrow curve is well known; curves that overlap are not told apart yet.',
  leader: 'The live arm that is most probably the best.',
});

/** The meanings of what is proven. */
export function claimMeanings(experiment, level) {
  const many = units(experiment);
  const sure = percent(level);
  return {
    value: `What one of the ${many} is worth with this arm. Every ${unit(experiment)} is weighed by how likely the arm `
      + `was at that moment, so a busy sale day does not favour the arm that got the traffic (AIPW). In ${sure} of `
      + 'experiments such a range holds the true value.',
    lift: 'How much more or less than control the arm earns, weighed in the same way. If the whole range lies above '
      + `zero, the arm is better, wrongly said in at most ${percent((1 - level) / 2)} of experiments. Look at it at `
      + 'the end, not every day.',
    marks: `The dot is the best estimate, the thick bar its ${sure} range${experiment.objective.kind === 'conversion'
      ? ', the thin line the range that may be looked at any time' : ''}. The dashed line is no difference to control.`,
    stabilised: 'The same lift, with less weight on times in which one of the two arms was hardly shown. Usually a '
      + 'shorter range, at the price of a little bias (variance-stabilised weights).',
    anytime: 'This range stays right however often you look and whenever you stop (a confidence '
      + 'sequence). That has its price in width; but it leans on the times when both arms had traffic, so where an arm '
      + 'was rare it can be narrower than the range beside it. Use it to decide early.',
    units: `${capital(many)} shown this arm whose time to convert is over. Below: for which part of all ${many} it `
      + 'could have been drawn at all, if that is not all of them.',
    observed: 'Earned divided by shown, without weighing. Biased while traffic moves: arms that looked bad by chance '
      + 'stop being shown before they recover, and good days favour whoever has most traffic. Do not compare arms by '
      + 'it.',
    through: `${experiment.objective.window ? `A ${unit(experiment)} counts here when the `
      + `${period(experiment.objective.window)} for a “${experiment.objective.metric}” are over` : 'Everybody counts '
      + 'here at once'}, so that nobody is counted as a failure who may still convert.`,
    versions: 'How many allocations these were served under. The chance of each arm is known exactly for each of them.',
  };
}

/** The meanings of the holdout. */
export const holdoutMeanings = (experiment) => ({
  uplift: `How much more all other ${units(experiment)} earn than those held out, who always get the control: what `
    + 'having this experiment is worth. A plain comparison of two groups drawn with fixed odds.',
  difference: `The same, not relative to the held out ${units(experiment)} but as the plain difference per `
    + `${unit(experiment)}.`,
  rates: `What one of the ${units(experiment)} is worth on each side.`,
  detectable: 'The smallest uplift that would be found in four of five such comparisons (80% power, 5% false alarms). '
    + 'A larger holdout or more time makes it smaller.',
  perRequest: 'Every request is drawn anew here, and requests of one person are alike: no honest range follows from '
    + 'counting them.',
});

/** The meanings of the money. */
export const moneyMeanings = (experiment) => ({
  earned: 'Everything that was verified and credited to this experiment, the held out included, less what was '
    + 'reversed.',
  uniform: `How much more the ${units(experiment)} whose time to convert is over have brought in than if each live arm `
    + 'had been shown to equally many of them.',
  control: 'How much more they have brought in than if everybody had been shown the control. Below zero: what '
    + 'exploring has cost so far.',
  range: 'In 95% of experiments such a range holds the true amount. If it reaches across zero, chance explains it too.',
  budget: 'What exploring may lose against showing control to everybody, and how much of it is held to be lost, with '
    + 'the certainty agreed to. When it is spent, only arms are served that are probably better than control.',
});

/** The meanings of the traffic. */
export const trafficMeanings = (experiment) => ({
  share: `Of all new ${units(experiment)}, the part that is to get this arm now.`,
  day: `The part of the ${units(experiment)} of the last 24 hours that really got it.${experiment.sticky === 'none' ? ''
    : ' Those who come back keep their arm, and those with a holdout or a forced arm are no part of it.'}`,
  all: 'The same since the start.',
});

import {about, capital, change, count, enumerated, money, period, plural} from './format.js';
import {unit, units} from './words.js';

/** What the learner makes of the counts, in words. Sentences; each function takes the definition it is about. */

/** Why so many exposures count as fewer, or more, in the estimate. */
export function effectiveMeaning(experiment, {exposures, effective}) {
  const many = units(experiment);
  const reasons = [
    `${capital(many)} shown the arm only lately count less, because their conversions are still to come`,
    experiment.halfLife ? `those of long ago count less, because half is forgotten every ${period(experiment.halfLife)}`
      : '',
    experiment.epochs ? 'those of days better than others count more, of worse ones less' : '',
    experiment.segments ? `so do those of a ${experiment.segments.attribute} better or worse than others` : '',
  ].filter(Boolean);
  return `In the estimate these ${count(exposures)} ${many} count as ${count(Math.round(effective))}. `
    + `${reasons.join('; ')}.`;
}

/** Why an arm's amount counts as less. */
export const cappedMeaning = (experiment) => `In the estimate one ${unit(experiment)} counts for `
  + `${experiment.objective.cap ? `at most ${money(experiment.objective.cap, experiment.objective.currency)}`
    : 'no more than the cap'}, so that one very large order does not decide.`;

/** What it means that an arm has changed its place. */
export const changeMeaning = ({halfLife}) => 'Compared with the other arms it earns clearly more, or less, than before '
  + 'that day; in a hundred experiments without any change, about one gives this alarm. '
  + (halfLife ? `Old results are being forgotten (half-life ${period(halfLife)}), so traffic follows by itself.`
    : 'All results still count the same, so traffic follows only slowly: look at what changed that day, and consider '
      + 'a half-life or a new experiment.');

/** What the phases are, and who decides in each. */
export function phase(experiment, {phase: now}) {
  const until = `until each has been heard of: ${count(experiment.warmUp)} ${units(experiment)} whose conversions have `
    + 'had their time, or five conversions per arm';
  return now === 'warming-up'
    ? {value: 'Warming up', meaning: `All arms share equally ${until}. Then traffic moves to what earns more.`}
    : {value: 'Learning', meaning: 'Traffic moves to what earns more, the more so the more is known.'};
}

/** How much a segment is worth to itself. */
export function segmentMeaning(experiment, {segment, own}, kappa) {
  const many = units(experiment);
  const whose = segment === null ? othersMeaning(experiment) : '';
  const leaning = Number.isFinite(kappa)
    ? ` Estimates lean on what is known of everybody, as if that were up to ${count(Math.round(kappa))} more ${many} `
      + 'here.'
    : ' So far nothing tells the segments apart, so estimates are nearly those of everybody.';
  return whose + (own ? `New ${many} of this segment get these shares.`
    : `Too little is known of it, or it does not differ: its ${many} get the shares of everybody. With 50 conversions `
      + 'and a difference between segments it gets its own.') + leaning;
}

/** Who is in the segment that has no value of its own. */
export function othersMeaning(experiment) {
  const {attribute, values} = experiment.segments;
  return `${capital(units(experiment))} whose ${attribute} is none of ${enumerated(values)}, or not known. `;
}

/** How long conversions take, as {value, meaning}. */
export function delay({objective}, {median, estimated, conversions}) {
  const many = `“${objective.metric}” conversions`;
  if (!median) {
    return {value: 'not known yet', meaning: `It is too early to say how long half of all ${many} take`
      + `${conversions > 0 ? `: ${count(conversions)} have been seen` : ''}.`};
  }
  const source = estimated ? `Measured from ${count(conversions)} ${many}.`
    : `Assumed${objective.delay ? ', as the experiment says' : ', cautiously'}: it is too early to measure it.`;
  return {
    value: `half within ${about(median)}${estimated ? '' : ' (assumed)'}`,
    meaning: `${source} Whoever has been shown an arm for less time counts less in its estimate.`,
  };
}

/** What the latest day was worth, as {name, value, meaning}; null if it was like the others. */
export function latest({width = 'P1D', latest: index = 1} = {}) {
  if (!(Math.abs(index - 1) >= 0.005)) return null;
  const each = {P1D: 'day', PT1H: 'hour'}[width] ?? 'time';
  return {
    name: `Latest ${each}`,
    value: `${change(index)} against other ${plural(each)}`,
    meaning: 'How much better or worse than usual all arms do lately. It is divided out, so that no arm looks '
      + `good for having been shown mostly at a good ${each}.`,
  };
}

import {experiment as read} from './api.js';
import {change} from './experiment-api.js';
import {enumerated, percent} from './format.js';
import {fallingBack} from './guardrails.js';
import {units} from './words.js';

/** One arm for everybody, in the form of actions.js: all others are paused. */
export function keep(experiment, winner) {
  const others = experiment.arms.filter(({key, status}) => key !== winner && status !== 'paused');
  const names = enumerated(others.map(({key}) => key));
  const are = others.length === 1 ? 'is' : 'are';
  const {pause, resume} = together(experiment, others);
  return {
    title: `Give everybody ${winner}?`,
    says: [
      `${names} ${are} paused at once: ${shown(experiment, winner)}`,
      ...(others.some(({control}) => control) ? unguarded(experiment) : []),
      `Nothing more is learned about ${others.length === 1 ? 'it. It' : 'the others. They'} can be resumed; tests for `
        + 'harm then begin anew.',
      forGood(experiment, winner),
    ],
    button: `Give everybody ${winner}`,
    danger: true,
    run: pause,
    done: `Everybody gets ${winner}.`,
    undo: {run: resume, done: `${names} ${are} served again.`},
  };
}

const control = ({arms}) => arms.find((arm) => arm.control).key;

/** Who gets what from then on. */
function shown(experiment, winner) {
  const many = units(experiment);
  const all = experiment.sticky === 'none' ? `all ${many} are shown ${winner}.`
    : `new ${many} are shown ${winner}, and those who had another arm get it the next time.`;
  return experiment.holdout > 0
    ? `${all} ${percent(experiment.holdout)} stay held out and go on getting ${control(experiment)} (control).` : all;
}

/** What no longer watches over the arm that is kept, once control is paused. */
function unguarded(experiment) {
  const rules = fallingBack(experiment);
  return rules.length === 0 ? [] : [`While ${control(experiment)} (control) is paused, guardrails that fall back to it `
    + `do not act: ${enumerated(rules)}.`];
}

const forGood = (experiment, winner) => (winner === control(experiment)
  ? `To keep ${winner} for good, end the experiment: ending it gives everybody ${winner}.`
  : `To keep ${winner} for good, build it into your site and end the experiment after that: ending it gives everybody `
    + `${control(experiment)}.`);

/**
 * Pauses arms and serves them again, all at once: {pause, resume}. Each is refused if the experiment was changed since
 * it was last seen here; but not if that was its own doing, which nobody had been told of.
 */
function together(experiment, arms) {
  let {revision} = experiment;
  const put = (status) => {
    const listed = experiment.arms.map((arm) => (arms.includes(arm) ? {...arm, status} : arm));
    let doubted = false;
    return async () => {
      try {
        ({revision} = await change(experiment.key, {arms: listed}, revision));
      } catch (failure) {
        doubted ||= failure.doubtful;
        const now = doubted ? await read(experiment.key).catch(() => null) : null;
        if (now?.revision !== revision + 1 || !alike(now.arms, listed)) throw inWords(failure);
        ({revision} = now);
      }
    };
  };
  return {pause: put('paused'), resume: put('live')};
}

/** Whether the arms are as they were to be: then the change was made, though its answer did not come. */
const alike = (now, wanted) => now.every(({key, status}) => wanted.find((arm) => arm.key === key)?.status === status);

/** It cannot be repeated from here: what was agreed to is about the experiment as it was. */
const inWords = (failure) => (failure.status !== 412 ? failure
  : new Error('The experiment was changed meanwhile. Close this and look again.'));

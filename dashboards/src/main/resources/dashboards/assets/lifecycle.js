import * as api from './api.js';
import {capital, isolated, percent} from './format.js';
import {learns} from './policies.js';
import {OVERVIEW, route} from './route.js';
import {goal, unit, units} from './words.js';

/** What a person may do with a whole experiment in the state it is in, in the form of actions.js. */

const control = ({arms}) => arms.find((arm) => arm.control)?.key ?? 'control';
const title = ({name, key}) => isolated(name ?? key);

/** Who had an arm before; of an experiment that draws every request anew there is nobody. */
const kept = (experiment, words) => (experiment.sticky === 'none' ? [] : [words]);

const move = (experiment, verb) => () => api.moveExperiment(experiment.key, verb);

/** The first allocation is served, and what was counted gets its meaning. */
const start = (experiment) => ({
  title: `Start ${title(experiment)}?`,
  says: [
    `From now on, ${units(experiment)} are shown one of its ${experiment.arms.filter(live).length} live arms, in equal `
      + `parts at first unless its settings say otherwise. ${learns(experiment)
        ? 'Traffic moves by itself as conversions come in.' : 'Traffic stays as it is; conversions are counted.'}${
        experiment.holdout > 0 ? ` ${percent(experiment.holdout)} of them are held out and always get ${
          control(experiment)} (control).` : ''}`,
    `What it is after (${goal(experiment)}), how ${units(experiment)} are told apart, its segments and its control can `
      + 'no longer be changed, and no arm can be taken away, only paused. Everything else can.',
    'It can be paused and ended at any time, but it never is a draft again.',
  ],
  button: 'Start',
  run: move(experiment, 'start'),
  done: `${title(experiment)} is running.`,
});

const live = ({status}) => status !== 'paused';

/** Control for everybody, until it is resumed. */
const pause = (experiment) => ({
  title: `Pause ${title(experiment)}?`,
  says: [
    `Everybody gets ${control(experiment)} (control) at once, also those who had another arm. These visits are neither `
      + 'recorded nor counted.',
    `Learning goes on with the conversions of ${units(experiment)} who were shown an arm before; nobody new is.`,
    ...kept(experiment, `When it is resumed, ${units(experiment)} who had an arm get the same one again.`),
  ],
  button: 'Pause',
  danger: true,
  run: move(experiment, 'pause'),
  done: `${title(experiment)} is paused.`,
  undo: {run: move(experiment, 'resume'), done: `${title(experiment)} is running again.`},
});

/** The arms again. */
const resume = (experiment) => ({
  title: `Resume ${title(experiment)}?`,
  says: [
    `New ${units(experiment)} are shown its live arms again at once, as traffic is divided by what was learned until `
      + 'now, what came in during the pause included.',
    ...kept(experiment, `Whoever had an arm before the pause gets the same one again. Every ${unit(experiment)} that `
      + 'was counted stays counted.'),
  ],
  button: 'Resume',
  run: move(experiment, 'resume'),
  done: `${title(experiment)} is running again.`,
  undo: {run: move(experiment, 'pause'), done: `${title(experiment)} is paused.`},
});

/** Over for good. */
const end = (experiment) => ({
  title: `End ${title(experiment)}?`,
  says: [
    'This cannot be undone: an experiment that has ended never runs again.',
    `Everybody gets ${control(experiment)} (control) at once and from now on, whichever arm is ahead. If another arm `
      + 'is to stay, build it into your site before or soon after.',
    `Conversions of ${units(experiment)} who were shown an arm before are still counted and shown here, but traffic no `
      + 'longer moves and guardrails no longer watch. Its numbers and its history stay.',
  ],
  types: experiment.key,
  button: 'End for good',
  danger: true,
  run: move(experiment, 'end'),
  done: `${title(experiment)} has ended.`,
});

/** A draft is no more. */
const remove = (experiment) => ({
  title: `Delete the draft ${title(experiment)}?`,
  says: [
    'This cannot be undone. Nobody has been shown any of its arms, so nothing that was counted is lost; who created '
      + 'and deleted it stays in the audit log.',
    `Where a page asks for “${experiment.key}”, the server answers that there is no such experiment.`,
  ],
  button: 'Delete the draft',
  danger: true,
  run: async () => {
    await api.deleteExperiment(experiment.key);
    // Whoever has gone elsewhere meanwhile stays there.
    if (route().key === experiment.key) location.hash = OVERVIEW;
  },
  done: `The draft ${title(experiment)} is deleted.`,
});

const ACTIONS = {draft: {start, delete: remove}, running: {pause, end}, paused: {resume, end}, ended: {}};

/** What its state allows, as [{name, action}], the usual one first. */
export const lifecycle = (experiment) => Object.entries(ACTIONS[experiment.state] ?? {})
  .map(([verb, action]) => ({name: capital(verb), action: () => action(experiment)}));

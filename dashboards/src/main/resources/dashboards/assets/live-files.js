import {earnedUnit} from './evidence.js';
import {sentence} from './format.js';
import {rails} from './guardrails.js';
import {partOf} from './history.js';
import {controlFirst} from './order.js';
import {conversionsOf, segmentSnapshot} from './shapes.js';
import {suspects} from './suspects.js';
import {units} from './words.js';

/** What Live shows of an experiment as tables of raw numbers, {columns, rows}, for files. Pure functions. */

/** Stand where a segment has no name; no value of an attribute is written like that. */
const EVERYBODY = '(everybody)';
const OTHERS = '(any other)';

const amount = (text) => (text === undefined || text === null ? null : Number(text));

/** Every arm: of everybody, then of each segment. */
export function armsFile(experiment, snapshot) {
  const {segments, objective} = experiment;
  const numbers = armNumbers(experiment);
  const by = snapshot.segments.length > 0 ? [segments?.attribute ?? 'segment'] : [];
  const of = (name, part) => rows(experiment, part, numbers).map((row) => (by.length > 0 ? [name, ...row] : row));
  return {
    columns: [...by, 'arm', 'role', 'state', ...numbers.map(([name]) => name), 'as of (UTC)'],
    rows: [...of(EVERYBODY, snapshot), ...snapshot.segments.flatMap((each) =>
      of(each.segment ?? OTHERS, segmentSnapshot(snapshot, each)))],
  };
}

function rows(experiment, {arms, at}, numbers) {
  const known = new Map(arms.map((fact) => [fact.arm, fact]));
  return controlFirst(experiment.arms).filter(({key}) => known.has(key)).map((arm) => [
    arm.key, arm.control ? 'control' : '', arm.status,
    ...numbers.map(([, value]) => value(known.get(arm.key), arm) ?? null), at]);
}

/** What is told of each arm, as [name with unit, what the number is]. */
function armNumbers(experiment) {
  const {objective} = experiment;
  const many = units(experiment);
  return [
    ['share (fraction)', partOf],
    ['chance to be best (fraction)', ({best}, {status}) => (status === 'paused' ? null : best)],
    [many, ({exposures}) => exposures],
    [`${many}, as they count`, ({effective}) => effective],
    ...(objective.kind === 'conversion' ? []
      : [[`${many} who converted`, ({conversions}) => conversions]]),
    ['conversions', (fact) => conversionsOf(objective, fact)],
    ...(objective.currency ? [[`earned (${objective.currency})`, ({raw}) => amount(raw)],
      [`earned, as it counts (${objective.currency})`, ({value, raw}) => amount(value ?? raw)]] : []),
    ...['mean', 'lower', 'upper'].map((part) => [`${part} (${earnedUnit(experiment)})`,
      ({posterior}) => posterior?.[part]]),
  ];
}

const GUARDRAIL_COLUMNS = ['guardrail', 'arm', 'what is watched', 'stands at', 'acts at', 'counted in',
  'way to the mark (1 = acts)', 'state', 'at the mark', 'acted at (UTC)', 'as of (UTC)'];

/** How far every guardrail is from acting; one that is off, or has no mark, has its state in words alone. */
export function guardrailsFile(experiment, snapshot) {
  const {harm} = experiment.guardrails;
  const arms = harm === 'off' ? [['Each arm against control', null, null, ...NO_METER, 'off', null, null]]
    : suspects(experiment, snapshot).flatMap(({arm, groups, state}) => groups.flatMap(
      ({does, follows, since, meters}) => meters.map((meter) =>
        [does, arm, meter.label, ...standing(meter), state.word, follows, since])));
  const others = rails(experiment, snapshot).flatMap(({name, value, meters = [], facts = [], follows = null}) => {
    const words = value === null ? 'off' : facts.length === 0 ? value : [value, ...facts].map(sentence).join(' ');
    return meters.length === 0 ? [[name, null, null, ...NO_METER, words, null, null]]
      : meters.map((meter) => [name, null, meter.label, ...standing(meter), words,
        meter.severity === 'none' ? null : follows, null]);
  });
  return {columns: GUARDRAIL_COLUMNS, rows: [...arms, ...others].map((row) => [...row, snapshot.at])};
}

const NO_METER = [null, null, null, null];

/** Where a meter stands, in what the rule counts: amounts as they are, evidence as a multiple of none. */
const standing = ({amounts, log, most, part}) => (amounts ? [...amounts, part]
  : [multiple(log ?? -Infinity), multiple(most), 'evidence', part]);

/** What is beyond the numbers of a spreadsheet is told as the largest of them. */
const multiple = (log) => Math.min(Math.exp(log), LARGEST);

const LARGEST = 1e300;

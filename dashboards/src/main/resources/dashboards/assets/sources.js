import {count, enumerated, number, share} from './format.js';
import {SOURCE_MEANINGS} from './source-words.js';

/** What came in from each source and what became of it, in a form that pages draw. Pure functions. */

/** The source of conversions that are sent to POST /v1/conversions. */
export const API = 'api';

/** The source of deliveries to an address that nobody set up. */
export const UNKNOWN = '';

/** The platforms, by what people call them. */
export const KINDS = {
  stripe: 'Stripe',
  shopify: 'Shopify',
  segment: 'Segment',
  'standard-webhooks': 'Standard Webhooks',
  cloudevents: 'CloudEvents',
  json: 'Any JSON',
};

/** From which part on it is marked that so much was refused, or earned nothing: [to look at, alarming]. */
export const REFUSED_NOTED = 0.01;
const REFUSED_MOST = [REFUSED_NOTED, 0.1];
const UNATTRIBUTED_MOST = [0.2, 0.95];

const NOTHING = {
  kind: null, deliveries: 0, accepted: 0, duplicates: 0, ignored: [], refused: [], attributed: 0, unattributed: [],
  waiting: 0, unsettled: 0,
};

/** How many all of a list are: of reasons with a count each. */
export const total = (reasons) => reasons.reduce((sum, each) => sum + each.count, 0);

/** How many events came in, whatever became of them. */
const events = ({accepted, duplicates, ignored, refused}) =>
  accepted + duplicates + total(ignored) + total(refused);

/** What deliveries carried, in a sentence: one of them may carry several events. */
export function carried(row) {
  const parts = [[row.accepted, 'accepted'], [row.duplicates, 'duplicate'], [total(row.ignored), 'ignored'],
    [total(row.refused), 'refused']].filter(([of]) => of > 0).map(([of, word]) => `${count(of)} ${word}`);
  return `${number(row.deliveries, 'delivery')} with ${number(events(row), 'event')}: ${enumerated(parts)}. `
    + 'A delivery may carry several events.';
}

/**
 * A source as it stands: its summary with nothing left out, `setUp` (the source as it was set up, or null), `state` and
 * `concerns`, the worst first.
 */
export function standing(summary, setUp) {
  const all = {...NOTHING, ...setUp && {kind: setUp.kind}, ...summary};
  return {...all, setUp: setUp ?? null, state: state(all.source, setUp), concerns: concerns(all)};
}

/** Every source that is set up or from which something came, the worst first, then who sent most. */
export function standings(sources, summaries) {
  const setUp = new Map(sources.map((source) => [source.key, source]));
  const heard = new Map(summaries.map((summary) => [summary.source, summary]));
  return [...new Set([...heard.keys(), ...setUp.keys()])]
    .map((key) => standing(heard.get(key) ?? {source: key}, setUp.get(key)))
    .sort((a, b) => rank(a) - rank(b) || events(b) - events(a) || a.source.localeCompare(b.source));
}

/** Whether anything came at all. */
export const heardOf = (row) => row.deliveries > 0 || events(row) > 0 || row.attributed + total(row.unattributed) > 0;

/** Over how many days is counted, for the name of a file. */
export const spanWord = (days) => (days === 1 ? 'today' : `${days}-days`);

/** What a source is called. */
export const nameOf = (source) => (source === UNKNOWN ? 'Unknown addresses' : source);

/** What kind of sender it is. */
export const kindName = ({source, kind}) => {
  if (source === API) return 'Conversions sent to the API';
  return source === UNKNOWN ? 'Deliveries that no source is set up for' : KINDS[kind] ?? kind ?? '';
};

const state = (key, setUp) => {
  if (key === API) return 'built-in';
  if (key === UNKNOWN) return 'unknown';
  return setUp ? setUp.enabled ? 'enabled' : 'disabled' : 'deleted';
};

function concerns(row) {
  const [refused, unattributed] = [total(row.refused), total(row.unattributed)];
  if (row.source === UNKNOWN) {
    return row.deliveries + refused > 0 ? [{severity: 'warn', what: 'unknown', text: 'nobody set these up'}] : [];
  }
  return [
    concern(refused, events(row), REFUSED_MOST, 'refused',
      `Of all events that came in. ${SOURCE_MEANINGS.refused}`),
    concern(unattributed, unattributed + row.attributed, UNATTRIBUTED_MOST, 'not attributed',
      `Of all conversions whose arm was looked for. ${SOURCE_MEANINGS.unattributed}`),
  ].filter(Boolean).sort((a, b) => a.severity.localeCompare(b.severity));
}

function concern(part, whole, [look, alarm], word, meaning) {
  const fraction = whole > 0 ? part / whole : 0;
  if (fraction < look) return null;
  const severity = fraction >= alarm ? 'bad' : 'warn';
  return {severity, what: word, fraction, text: `${share(fraction)} ${word}`, meaning};
}

const rank = ({concerns: [worst]}) => (worst ? worst.severity === 'bad' ? 0 : 1 : 2);

/** How late conversions are, at most: 95% of them within 64 s. */
export const lagWords = (lag) => (lag ? `95% within ${within(lag.p95)}` : '');

/** The same in full. */
export const lagInFull = (lag) => (lag
  ? `half within ${within(lag.p50)}, 95% within ${within(lag.p95)}, all within ${within(lag.max)}` : '');

const LENGTHS = [['d', 86_400], ['h', 3_600], ['min', 60], ['s', 1]];

/** A bound in seconds, rounded up: it is never said to be shorter than it is. */
function within(seconds) {
  const [unit, size] = LENGTHS.find(([, each]) => seconds > 2 * each) ?? LENGTHS.at(-1);
  return `${count(Math.ceil(seconds / size))} ${unit}`;
}

/**
 * What became of the events of a day, in the order in which it is drawn: {name, number, part}; of what is `open` that is
 * not known yet.
 */
export function parts(day) {
  return [
    {part: 'credited', name: 'attributed', number: day.credited},
    {part: 'unattributed', name: 'not attributed', number: day.unattributed},
    {part: 'open', name: 'open: waiting, or not settled yet', number: day.open},
    {part: 'aside', name: 'duplicate or ignored', number: day.duplicates + day.ignored},
    {part: 'refused', name: 'refused', number: day.refused},
  ];
}

/** How many events a day has, as it is drawn. */
export const height = (day) => parts(day).reduce((sum, {number}) => sum + number, 0);

/**
 * A sample of refusals, the latest first, with those that say the same as one: each as before with `times`, how often,
 * and `since`, when the earliest of these was.
 */
export function alike(refusals) {
  const found = new Map();
  for (const each of refusals) {
    const {reason, field, detail, event} = each;
    const same = JSON.stringify([reason, field, detail, event]);
    const known = found.get(same);
    found.set(same, known ? {...known, times: known.times + 1, since: each.at, eventId: ''} : {...each, times: 1});
  }
  return [...found.values()];
}

import {NONE, capital, clockTime, isolated, percent, sentence} from './format.js';
import {experimentAddress, sourceAddress} from './route.js';
import {API, REFUSED_NOTED, nameOf, standings} from './sources.js';

/** What is wrong anywhere, for the top of the list of experiments: each with where to act. Pure functions. */

/** Where something is done about what a guardrail found: [section of the experiment, words]. */
const ACTS = {
  'budget-spent': ['edit', 'Change the budget'],
  'arm-harmful': ['live', 'Look at the arm'],
  'arm-suspected': ['live', 'Look at the arm'],
  'lead-fragile': ['live', 'Look at the origins'],
};

const act = (kind, frozen) => (frozen ? ['live', 'Check and thaw'] : ACTS[kind] ?? ['live', 'Look at it']);

/**
 * What guardrails of these rows of overview.js have found: {id, severity, about, title, note, frozen, since, address,
 * act}.
 */
export const ofExperiments = (rows) => rows.flatMap(({entry, key, name, pressing}) => pressing.map((each) => {
  const frozen = entry.snapshot.guard.frozen && ['feed-broken', 'ratio-broken'].includes(each.kind);
  const [section, words] = act(each.kind, frozen);
  return {...each, id: `${key} ${each.id}`, about: isolated(name), frozen, note: sentence(each.note),
    address: experimentAddress(key, section), act: words};
}));

/** Which sources refuse more than is usual, by what the server says of today: {sources, counted}. */
export const ofSources = ({sources, counted}) => standings(sources, counted.sources)
  .filter(({setUp}) => setUp?.enabled !== false)
  .flatMap((row) => row.concerns.filter(({what}) => what === 'refused')
    .map(({severity, text}) => ({
      id: `source ${row.source}`, severity, about: row.source === API ? 'Conversions API' : nameOf(row.source),
      title: `${capital(text)} today (UTC)`, frozen: false, since: null,
      note: row.refused.length > 0 ? `${sentence(row.refused[0].title ?? NONE)} ${
        row.refused[0].fix ? `What to do: ${sentence(row.refused[0].fix)}` : ''}` : '',
      address: sourceAddress(row.source), act: 'Look at the source',
    })));

const ORDER = ['bad', 'warn'];

/** All of them, the worst first, then the newest. */
export const together = (...lists) => lists.flat().sort((a, b) =>
  ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || (b.since ?? Infinity) - (a.since ?? Infinity));

/**
 * What was looked at and is in order, as {severity, text, missing}, `missing` being what could not be looked at.
 * `sources` is the reading of sources: {data, failure, at}; `control` says whether everybody gets control; `stale` is since
 * when nothing was heard of experiments, as a time of day, or null.
 */
export function calm({data, failure, at}, control, stale) {
  const guardrails = `${stale ? `As of ${stale}, no` : 'No'} guardrail has raised an alarm`;
  const missing = !failure ? '' : data ? `What sources refuse could not be read since ${clockTime(at)}.`
    : 'Whether sources refuse anything could not be read.';
  const words = data && !failure
    ? `${guardrails}, and no source refused as much as ${percent(REFUSED_NOTED)} today (UTC).`
    : `${guardrails}. ${missing || 'Sources are being read.'}`;
  return control || stale || failure || !data ? {severity: 'note', text: words, missing}
    : {severity: 'good', text: `Nothing needs you. ${words}`, missing};
}

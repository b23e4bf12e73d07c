import {capital, enumerated, number} from './format.js';

/**
 * What the guardrails of an experiment have found, for people: a title, how bad it is, and the server's own words for
 * it. Pure functions over verdicts.
 */

/** From the worst to the best; the words are for those who do not see sign and colour. */
export const SEVERITIES = {bad: 'Alarm', warn: 'Warning', note: 'Note', good: 'Good news'};

const ORDER = Object.keys(SEVERITIES);

const KINDS = {
  'arm-harmful': ({arm}) => ['bad', `Arm ${arm} is paused: it does harm`],
  'arm-suspected': ({arm}) => ['warn', `Arm ${arm} is held back: it looks harmful`],
  'arm-better': ({arm}) => ['good', `Arm ${arm} is better than control`],
  'budget-spent': ({exhausted, daily}) => (exhausted ? ['bad', `The budget${daily ? ' of the day' : ''} is spent`]
    : ['warn', `Exploring is slowed down to keep the budget${daily ? ' of the day' : ''}`]),
  'held-back': () => ['note', 'Exploring is held back until arms are proven safe'],
  'stepped-back': () => ['warn', 'The ramp went back a step'],
  'feed-broken': ({inflated}) => ['bad', inflated ? 'Too many conversions come in' : 'Conversions stopped arriving'],
  'ratio-broken': ({arm, blocked}) => [blocked ? 'bad' : 'warn', `The count of arm ${arm} does not add up`],
  'lead-fragile': ({arm}) => ['warn', `The lead of arm ${arm} rests on few origins`],
  'origin-quarantined': () => ['warn', 'An origin was put under quarantine'],
};

/**
 * A verdict as {id, kind, severity, title, note, follows, since, quarantine}, the last the number of the quarantine that
 * it is about, if any; one of an unknown kind is a warning.
 */
function alarm(verdict) {
  const {kind, arm = '', quarantine = '', note = '', action = ''} = verdict;
  const [severity, title] = KINDS[kind]?.(verdict) ?? ['warn', capital(kind.replaceAll('-', ' '))];
  // Most notes say what follows in the same words.
  const follows = note.includes(action) ? '' : action;
  return {id: `${kind} ${arm} ${quarantine}`, kind, severity, title, note, follows, quarantine,
    since: Date.parse(verdict.since)};
}

/** What is in force by a snapshot, the worst first, then the newest. */
export const alarms = (snapshot) => (snapshot?.guard.verdicts ?? []).map(alarm)
  .sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || b.since - a.since);

/** Those that somebody should look at: of an experiment that goes on, and not the good ones. */
export const pressing = ({experiment, snapshot}) => (['running', 'paused'].includes(experiment.state)
  ? alarms(snapshot).filter(({severity}) => severity === 'bad' || severity === 'warn') : []);

/** Why a guardrail paused an arm; undefined if none did, or somebody resumed it. */
export const harm = (arm, snapshot) => (arm.status !== 'paused' ? undefined
  : snapshot?.guard.verdicts.find((verdict) => verdict.kind === 'arm-harmful' && verdict.arm === arm.key));

/** What froze learning, if that is frozen. */
export const freezing = (snapshot) => (snapshot?.guard.frozen ? snapshot.guard.verdicts : [])
  .filter(({kind}) => kind === 'feed-broken' || kind === 'ratio-broken').map(alarm);

/** How many of these are alarms and how many warnings: "1 alarm and 2 warnings". */
export const several = (found) => enumerated(['bad', 'warn']
  .map((severity) => [found.filter((each) => each.severity === severity).length, SEVERITIES[severity].toLowerCase()])
  .filter(([of]) => of > 0).map(([of, noun]) => number(of, noun)));

/** What changed, as it is said to somebody who hears the page. */
export const announcement = ({experiment, began}) => began
  .map((verdict) => `${experiment}: ${alarm(verdict).title}. ${verdict.note ?? ''}`).join('. ');

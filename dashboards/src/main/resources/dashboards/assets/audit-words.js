import {capital, clockTime, ended, enumerated, sentence} from './format.js';

/** What stands in the audit log, in words. Pure functions over its entries. */

/** The actor of what guardrails do. */
export const GUARDRAIL = 'guardrail';

const NAMELESS = new Map([
  [GUARDRAIL, 'A guardrail'], ['api', 'The API (no name given)'], ['dashboard', 'Somebody on the dashboard'],
]);

/** Who it was, in words. */
export const who = ({actor}) => NAMELESS.get(actor) ?? actor;

/** The same within a sentence: "somebody on the dashboard". */
export const by = (entry) => (who(entry) === entry.actor ? entry.actor
  : who(entry).replace(/^./, (letter) => letter.toLowerCase()));

/** What was done, in a few words, by the action. */
const ACTIONS = {
  create: 'Created', change: 'Changed', delete: 'Deleted', start: 'Started', pause: 'Paused', resume: 'Resumed',
  end: 'Ended', 'pause-arm': 'Arm paused', 'resume-arm': 'Arm resumed', thaw: 'Learning thawed',
  'kill-switch-engage': 'Kill switch engaged', 'kill-switch-release': 'Kill switch released',
  quarantine: 'Put under quarantine', release: 'Quarantine released', replay: 'Conversions settled again',
  'create-source': 'Source created', 'change-source': 'Source changed', 'delete-source': 'Source deleted',
  'add-secret': 'Secret added', 'delete-secret': 'Secret deleted',
  'arm-harmful': 'Harm found', 'arm-suspected': 'Harm suspected', 'arm-better': 'Better arm found',
  'budget-spent': 'Budget used up', 'held-back': 'Exploring held back', 'stepped-back': 'Ramp stepped back',
  'feed-broken': 'Conversion feed odd', 'ratio-broken': 'Counts do not add up', 'lead-fragile': 'Lead is fragile',
  'origin-quarantined': 'Origin put under quarantine',
};

const OVER = /-ended$/;

/** The same for any entry: "Harm found", "No longer: Harm found". */
export function what({action}) {
  const name = (each) => ACTIONS[each] ?? capital(each.replaceAll('-', ' '));
  return !ACTIONS[action] && OVER.test(action) ? `No longer: ${name(action.replace(OVER, ''))}` : name(action);
}

/** Whether a guardrail found something, no longer finds it, or a person did something grave. */
export const tone = ({actor, action}) => {
  if (action === 'kill-switch-engage' || action === 'arm-harmful') return 'bad';
  if (OVER.test(action) || action === 'arm-better') return 'good';
  return actor === GUARDRAIL ? 'warn' : 'note';
};

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;

/** The note as a sentence, with who did it unless that was a guardrail: "kim paused arm 'b'." */
export function told(entry) {
  const note = entry.note.replaceAll(TIME, (time) => clockTime(Date.parse(time)));
  return entry.actor === GUARDRAIL ? sentence(note) : ended(`${who(entry)} ${note}`);
}

/** What a change was from and to, as [{field, from, to}], of entries that say so in few words. */
export function changes({detail: {before, after} = {}}) {
  if (!plain(before) || !plain(after)) return [];
  return Object.keys(after).map((field) => ({field, from: short(before[field]), to: short(after[field])}))
    .filter(({from, to}) => from !== null && to !== null && from !== to);
}

const plain = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const MOST = 60;

/** A value in few words; null if it needs many. */
function short(value) {
  if (value === undefined || value === null) return 'nothing';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length <= MOST ? text : null;
}

/** The columns of the file, with how each is read from an entry. */
const COLUMNS = {
  entry: ({id}) => id, 'at (UTC)': ({at}) => at, experiment: ({experiment}) => experiment, who, what,
  'what happened': told, 'actor (as recorded)': ({actor}) => actor, 'action (as recorded)': ({action}) => action,
  'detail (JSON)': ({detail}) => (detail ? JSON.stringify(detail) : null),
};

/** What was read of the log as a table for a file. */
export const table = ({entries, next}) => ({
  columns: Object.keys(COLUMNS), rows: entries.map((entry) => Object.values(COLUMNS).map((read) => read(entry))),
  note: next === null ? null : 'Older entries were not shown and are not in this file',
});

/** What is listed, in words: "Everything", "Entries about hero-banner by guardrail with “budget”". */
export const listed = ({experiment, actor, text, entry}) => {
  if (entry) return `Entry ${entry} and what was done before it`;
  const parts = [experiment && `about ${experiment}`, actor && `by ${actor}`, text && `with “${text}”`].filter(Boolean);
  return parts.length === 0 ? 'Everything that was done' : `Entries ${enumerated(parts)}`;
};

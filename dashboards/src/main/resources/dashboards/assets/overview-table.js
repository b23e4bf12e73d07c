import {fileWord} from './exports.js';
import {number} from './format.js';
import {partOf} from './history.js';
import {controlFirst} from './order.js';
import {ownSegments} from './shapes.js';
import {unit} from './words.js';

/** The list of all experiments as a table for a file. Pure functions over rows of overview.js. */

const severe = (severity) => ({pressing}) => pressing.filter((each) => each.severity === severity).length;

/** The columns of the file, with how each is read from a row. */
const COLUMNS = {
  name: ({name}) => name,
  key: ({key}) => key,
  state: ({state}) => state,
  'arms and their latest part of all units (fraction)': arms,
  'leading arm': leading,
  'leading arm is the best (probability)': ({leader}) => leader?.best,
  'leading arm against control (fraction)': ({lift}) => (lift === null ? null : lift - 1),
  unit: ({entry: {experiment}}) => unit(experiment),
  'shown to (units)': ({units}) => units,
  conversions: ({conversions}) => conversions,
  metric: ({entry: {experiment}}) => experiment.objective.metric,
  earned: ({earned}) => earned,
  currency: ({entry: {experiment}}) => experiment.objective.currency,
  alarms: severe('bad'),
  warnings: severe('warn'),
  'what to look at': ({pressing, concerns}) =>
    [...pressing.map(({title}) => `${title}.`), ...concerns.map(({sentence}) => sentence)].join(' '),
  'updated (UTC)': ({at}) => (at === null ? null : new Date(at).toISOString()),
};

const DIGITS = 6;

/** "classic 0.2; video 0.8", the control first; without numbers before it is started. */
function arms({entry: {experiment, snapshot}}) {
  const parts = new Map(snapshot?.arms.map((each) => [each.arm, Number(partOf(each).toFixed(DIGITS))]));
  return controlFirst(experiment.arms).map(({key}) => (parts.has(key) ? `${key} ${parts.get(key)}` : key)).join('; ');
}

function leading({leader, entry: {experiment, snapshot}}) {
  return snapshot && ownSegments(snapshot).length > 0 ? `differs by ${experiment.segments?.attribute ?? 'segment'}`
    : leader?.arm;
}

/** The rows that are shown, of so many. */
export const table = (rows, all) => ({
  columns: Object.keys(COLUMNS), rows: rows.map((row) => Object.values(COLUMNS).map((read) => read(row))),
  note: rows.length === all ? null : `Only what was shown is in this file: ${rows.length} of ${
    number(all, 'experiment')}`,
});

/** What is shown, for the name of the file: "experiments-running". */
export const subject = ({state, q}) =>
  ['experiments', state === 'look' ? 'to-look-at' : state, fileWord(q)].filter(Boolean).join('-');

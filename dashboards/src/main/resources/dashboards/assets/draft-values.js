import {period} from './format.js';

/** Values of the form for experiments: as people type them, and as the server reads them. Pure functions. */

const WORDS = /^(\d+(?:\.\d+)?)\s*(m|min|minutes?|h|hours?|d|days?|w|weeks?)$/i;
const MINUTES = {m: 1, h: 60, d: 1440, w: 10_080};
const NUMBER = /^-?\d*\.?\d+(e[+-]?\d+)?$/i;
/** Thousands between commas. "0,125" is none: who writes it means an eighth. */
const GROUPED = /^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/;
const DIGITS = 12;

/** What was typed, without spaces around it; undefined if that is nothing, so that it is left out. */
export const text = (typed) => (typed ?? '').trim() || undefined;

/** A number; what is none stays as it is, for the server to say so. */
export function number(typed) {
  const said = text(typed);
  const each = GROUPED.test(said) ? said.replaceAll(',', '') : said;
  return each !== undefined && NUMBER.test(each) ? Number(each) : each;
}

/** A part in percent: "5" and "5 %" are 0.05. */
export function part(typed) {
  const each = number(text(typed)?.replace(/\s*%$/, ''));
  return typeof each === 'number' ? Number((each / 100).toPrecision(DIGITS)) : each;
}

/** A part as it is typed. */
export const percent = (fraction) =>
  (typeof fraction === 'number' ? String(Number((fraction * 100).toPrecision(DIGITS))) : '');

/** A length of time in words, as in "7 days" or "12 hours", or as ISO 8601 writes it. */
export function time(typed) {
  const each = text(typed);
  const [, amount, unit] = WORDS.exec(each ?? '') ?? [];
  if (!unit) return each?.toUpperCase();
  const minutes = Number(amount) * MINUTES[unit[0].toLowerCase()];
  if (minutes % MINUTES.d === 0) return `P${minutes / MINUTES.d}D`;
  return minutes % MINUTES.h === 0 ? `PT${minutes / MINUTES.h}H` : `PT${minutes}M`;
}

/** A length of time as it is typed. */
export function timeTyped(iso) {
  const words = period(iso);
  return time(words) === undefined || WORDS.test(words) ? words : iso ?? '';
}

/** Values one by line or between commas. */
export const list = (typed) => (typed ?? '').split(/[\n,]/).map((each) => each.trim()).filter(Boolean);

/** What the server says of a part, in percent, as the field has it. */
export const inPercent = (reason) => reason.replace(/\b\d+(\.\d+)?\b/g, (digits) => `${percent(Number(digits))}%`);

/** What stands at a path such as arms[0].key. */
export const at = (draft, path) => steps(path).reduce((inner, step) => inner?.[step], draft);

/** A copy of the draft with another value at a path. */
export function put(draft, path, value) {
  const copy = structuredClone(draft);
  const all = steps(path);
  const last = all.pop();
  let inner = copy;
  for (const step of all) inner = inner[step] ??= {};
  inner[last] = value;
  return copy;
}

const steps = (path) => path.replace(/\[(\d+)\]/g, '.$1').split('.');

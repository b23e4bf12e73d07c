/** Numbers and times as people read them. Pure functions; English, the visitor's own time zone. */

const LANGUAGE = 'en-GB';
const WHOLE = new Intl.NumberFormat(LANGUAGE);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Stands where there is no number yet. */
export const NONE = '–';

/** A count: 18,204. */
export const count = (number) => (Number.isFinite(number) ? WHOLE.format(number) : NONE);

/** A share of the visitors: 42.1%. */
export function share(fraction) {
  if (!Number.isFinite(fraction)) return NONE;
  if (fraction > 0 && fraction < 0.0005) return '<0.1%';
  return fraction === 1 || fraction === 0 ? `${fraction * 100}%` : `${(fraction * 100).toFixed(1)}%`;
}

/** A share as it was written into a definition: 2%, 12.5%. */
export const percent = (fraction) => (!Number.isFinite(fraction) ? NONE
  : fraction > 0 && fraction < 0.00005 ? '<0.01%' : PERCENT.format(fraction));

/** A probability: 93.2%; never quite certain. */
export const chance = (probability) => (probability > 0.9995 ? '>99.9%' : probability <= 0.0005 ? '<0.1%'
  : share(probability));

/** A difference relative to the usual: +7%, −12%. */
export const change = (ratio) => CHANGE.format(ratio - 1).replace('-', '−');

const PERCENT = new Intl.NumberFormat(LANGUAGE, {style: 'percent', maximumFractionDigits: 2});
const CHANGE = new Intl.NumberFormat(LANGUAGE, {style: 'percent', signDisplay: 'exceptZero'});
const DECIMALS_MAX = 6;

/**
 * How many decimals tell estimates of this size apart, and the ends of the narrowest of their ranges: the same for all
 * arms, so that they line up.
 */
export function earningDecimals(largest, {kind}, narrowest = Infinity) {
  const [rate, least] = [kind === 'conversion', kind === 'conversion' ? 1 : 0];
  const size = largest > 0 ? (rate ? 0 : 2) - Math.floor(Math.log10(largest)) : 2;
  const width = narrowest > 0 ? Math.ceil(-Math.log10(narrowest)) - (rate ? 2 : 0) : 0;
  return Math.min(Math.max(size, width, least), DECIMALS_MAX);
}

/** What an arm earns per unit, in the terms of the objective: a rate in percent, an amount, or a plain number. */
export function earning(value, {kind, currency}, decimals) {
  if (!Number.isFinite(value)) return NONE;
  switch (kind) {
    case 'revenue':
      return money(value, currency, decimals);
    case 'count':
      return value.toFixed(decimals);
    default:
      return `${(value * 100).toFixed(decimals)}%`;
  }
}

const currencies = new Map();

/** An amount in the major unit of its currency: €1,530.00. With more decimals than the currency has where wanted. */
export function money(amount, currency, decimals = 0) {
  const value = Number(amount ?? NaN);
  if (!Number.isFinite(value)) return NONE;
  const key = `${currency} ${decimals}`;
  if (!currencies.has(key)) currencies.set(key, amounts(currency, decimals));
  return currencies.get(key).format(value).replace('-', '−');
}

function amounts(currency, decimals) {
  if (!/^[A-Z]{3}$/.test(currency ?? '')) {
    return new Intl.NumberFormat(LANGUAGE, {minimumFractionDigits: decimals, maximumFractionDigits: decimals});
  }
  const style = {style: 'currency', currency};
  const usual = new Intl.NumberFormat(LANGUAGE, style).resolvedOptions().maximumFractionDigits;
  const digits = Math.max(usual, decimals);
  return new Intl.NumberFormat(LANGUAGE, {...style, minimumFractionDigits: digits, maximumFractionDigits: digits});
}

/** Made once: a formatter takes longer to make than to use. */
const [timeOf, dateOf, dayOf] = [
  {hour: 'numeric', minute: 'numeric', second: 'numeric', hour12: false},
  {day: 'numeric', month: 'short', year: 'numeric'},
  {day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC'},
].map((parts) => new Intl.DateTimeFormat(LANGUAGE, parts))
  .map((format) => (time) => (Number.isFinite(time) ? format.format(time) : NONE));

/** A time of day, with the date if it is not today's: 12:03:04. */
export function clockTime(millis, now = Date.now()) {
  const time = timeOf(millis);
  const day = new Date(millis).toDateString();
  return day === new Date(now).toDateString() ? time : `${date(millis)}, ${time}`;
}

/** A date: 21 Nov 2026. */
export const date = (millis) => dateOf(millis);

/** The date of a day as the server counts days, in UTC: 21 Nov 2026. */
export const day = (iso) => dayOf(Date.parse(iso));

/** A length of time in its two largest units: 3 d 4 h. */
export function duration(millis) {
  const left = Math.max(0, millis);
  if (left < MINUTE) return `${Math.floor(left / SECOND)} s`;
  if (left < HOUR) return `${Math.floor(left / MINUTE)} min`;
  if (left < DAY) return `${Math.floor(left / HOUR)} h ${Math.floor((left % HOUR) / MINUTE)} min`;
  return `${Math.floor(left / DAY)} d ${Math.floor((left % DAY) / HOUR)} h`;
}

/** A short lag: 0.4 s below ten seconds, otherwise as a duration. */
export const lag = (millis) =>
  (millis < 10 * SECOND ? `${(Math.max(0, millis) / SECOND).toFixed(1)} s` : duration(millis));

const ISO_DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const UNITS = [['week', 7 * DAY], ['day', DAY], ['hour', HOUR], ['minute', MINUTE], ['second', SECOND]];

/** An ISO 8601 duration as amounts of the units above; null if it is none. */
const parsed = (iso) => ISO_DURATION.exec(iso ?? '')?.slice(1).map((amount) => Number(amount ?? 0)) ?? null;

/** An ISO 8601 duration in words: "P7D" is 7 days. What is not one is given back as it is. */
export function period(iso) {
  const amounts = parsed(iso);
  if (!amounts) return iso ?? '';
  const words = UNITS.map(([unit], place) => [amounts[place], unit])
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => several(amount, unit));
  return words.join(' ') || '0 seconds';
}

/** The same to two digits and in the one unit that suits it: "PT47H27M39S" is 47 hours. */
export function about(iso) {
  const amounts = parsed(iso);
  if (!amounts) return iso ?? '';
  const millis = UNITS.reduce((sum, [, unit], place) => sum + amounts[place] * unit, 0);
  const [unit, size] = UNITS.slice(1).find(([, each]) => millis >= 2 * each) ?? UNITS.at(-1);
  const amount = millis / size;
  return several(amount < 10 ? Number(amount.toPrecision(2)) : Math.round(amount), unit);
}

const several = (amount, unit) => `${amount} ${unit}${amount === 1 ? '' : 's'}`;

/** The plural of an English noun of the definition, such as visitor. */
export const plural = (noun) => (/(s|x|ch|sh)$/.test(noun) ? `${noun}es` : /[^aeiou]y$/.test(noun)
  ? `${noun.slice(0, -1)}ies` : `${noun}s`);

/** With a capital first letter. */
export const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/** With a full stop. */
export const ended = (words) => `${words}${/[.!?…]$/.test(words) ? '' : '.'}`;

/** What the server says, as a sentence: with a capital first letter and a full stop. */
export const sentence = (words) => ended(capital(words));

/** Several names in a row: mobile, desktop and tablet. */
export const enumerated = (names) => (names.length < 2 ? names.join('')
  : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);

/** A difference relative to something, in percent with its sign: +16.4%, −3.0%. */
export const relative = (fraction) => (Number.isFinite(fraction) ? RELATIVE.format(fraction).replace('-', '−') : NONE);

const RELATIVE = new Intl.NumberFormat(LANGUAGE,
  {style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero'});

/** An amount with its sign, written by a function for amounts without one: +€120, −€30. */
export const signed = (amount, write) =>
  (Number.isFinite(amount) ? `${amount > 0 ? '+' : amount < 0 ? '−' : ''}${write(Math.abs(amount))}` : NONE);

/** A number of something, in the singular or the plural: 1 warning, 2 warnings. */
export const number = (amount, noun) => `${count(amount)} ${amount === 1 ? noun : plural(noun)}`;

/** Characters that turn the direction of what follows. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;
const PLAIN = /^[\x20-\x7e]*$/;

/** What somebody has typed, as it may stand in a sentence without turning the rest of it around. */
export const isolated = (text) => (PLAIN.test(text) ? text : `\u2068${text.replace(TURNING, '')}\u2069`);

/** A number of things that may be parts of one, such as what is expected: 0.4, 12.5, 1,840. */
export const pieces = (value) => (value > 0 && value < 0.05 ? '<0.1'
  : Math.abs(value) < 100 ? WHOLE.format(Number(value.toFixed(1))) : count(Math.round(value)));

/** A time for those who read it elsewhere and later, with date and zone: 21 Nov 2026, 18:37 GMT. */
export const moment = (millis) => MOMENT.format(millis);

const MOMENT = new Intl.DateTimeFormat(LANGUAGE, {day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit',
  minute: '2-digit', second: '2-digit', hour12: false, timeZoneName: 'short'});

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

/** How many decimals tell rates of this size apart: the same for all arms of an experiment, so that they line up. */
export const rateDecimals = (largest) => (largest >= 0.1 ? 1 : largest >= 0.01 ? 2 : 3);

/** What an arm earns per visitor, in the unit of the objective: a rate in percent, an amount, or a plain number. */
export function earning(value, objective, decimals) {
  if (!Number.isFinite(value)) return NONE;
  switch (objective.kind) {
    case 'revenue':
      return new Intl.NumberFormat(LANGUAGE, {style: 'currency', currency: objective.currency ?? 'EUR'}).format(value);
    case 'count':
      return value.toFixed(decimals);
    default:
      return `${(value * 100).toFixed(decimals)}%`;
  }
}

/** A time of day, with the date if it is not today's: 12:03:04. */
export function clockTime(millis, now = Date.now()) {
  const time = new Date(millis).toLocaleTimeString(LANGUAGE, {hour12: false});
  const day = new Date(millis).toDateString();
  return day === new Date(now).toDateString() ? time : `${date(millis)}, ${time}`;
}

/** A date: 21 Nov 2026. */
export const date = (millis) =>
  new Date(millis).toLocaleDateString(LANGUAGE, {day: 'numeric', month: 'short', year: 'numeric'});

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

/** An ISO 8601 duration in words: "P7D" is 7 days. What is not one is given back as it is. */
export function period(iso) {
  const parts = ISO_DURATION.exec(iso ?? '');
  if (!parts) return iso ?? '';
  const words = ['week', 'day', 'hour', 'minute', 'second']
    .map((unit, place) => [Number(parts[place + 1] ?? 0), unit])
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}${amount === 1 ? '' : 's'}`);
  return words.join(' ') || '0 seconds';
}

/** The plural of an English noun of the definition, such as visitor. */
export const plural = (noun) => (/(s|x|ch|sh)$/.test(noun) ? `${noun}es` : /[^aeiou]y$/.test(noun)
  ? `${noun.slice(0, -1)}ies` : `${noun}s`);

/** With a capital first letter. */
export const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/** Which part of an experiment's time is looked at. Pure functions. */

const HOUR = 3_600_000;
/** So near to the end, as a part of the time shown, is the end. */
const NEAR = 0.02;
const LENGTHS = {'1h': HOUR, '24h': 24 * HOUR, '7d': 168 * HOUR, '30d': 720 * HOUR, all: Infinity};

/** The choices, [period, name]. */
export const PERIODS = [['1h', '1 h'], ['24h', '24 h'], ['7d', '7 days'], ['30d', '30 days'], ['all', 'All']];

/** What is looked at unless somebody chose: everything, up to now. */
const EVERYTHING = {period: 'all', until: null};

/** What an address says is looked at: {period, until}; `until` in milliseconds, null for as long as there is. */
export function looked(params) {
  const period = params?.get('period');
  const until = Date.parse(params?.get('until') ?? '');
  return Object.hasOwn(LENGTHS, period ?? '') && period !== EVERYTHING.period
    ? {period, until: Number.isFinite(until) ? until : null} : EVERYTHING;
}

/** The same for an address. */
export const noted = ({period, until}) => ({
  period: period === EVERYTHING.period ? null : period, until: until === null ? null : new Date(until).toISOString(),
});

/** From when on, if it ends at `end`; null for from the start. */
export const from = ({period}, end) => (LENGTHS[period] === Infinity ? null : end - LENGTHS[period]);

/** As long a time before (-1) or after (1) this one, which ends at `end`; none ends after `last`. */
export function moved({period, until}, steps, last) {
  const end = (until ?? last) + steps * LENGTHS[period];
  return {period, until: end >= last - NEAR * LENGTHS[period] ? null : end};
}

import {units as unitsOf} from './words.js';

/** What is expected of the visitors of an experiment, for its preview, by those who have come. Pure functions. */

/** How far back visitors are counted, in minutes: a week has all its days. */
export const COUNTED_MINUTES = 10_080;

const DAY_MILLIS = 86_400_000;
/** Fewer say little. */
const UNITS_MIN = 100;
const CONVERSIONS_MIN = 20;

/** What stands in the form before anything was counted. */
export const GUESSED = {unitsPerDay: '5000', baseline: '', orderValue: ''};

/**
 * The traffic of an experiment as it would be typed, and what is to be said of it by field, as {traffic, hints}.
 *
 * @param snapshot the newest numbers, or null
 * @param feed     what came in over {@link COUNTED_MINUTES}, or null
 */
export function trafficOf(experiment, snapshot, feed) {
  const perDay = feed && unitsPerDay(feed);
  const {rate, order} = earned(experiment.objective, snapshot?.arms ?? []);
  return {
    traffic: {unitsPerDay: perDay ?? GUESSED.unitsPerDay, baseline: rate ?? '', orderValue: order ?? ''},
    hints: {
      'traffic.unitsPerDay': perDay ? 'As counted in the last 7 days.'
        : `A guess: too few ${unitsOf(experiment)} have come in the last 7 days.`,
      ...(rate && {'traffic.baseline': 'As counted so far, all arms together.'}),
      ...(order && {'traffic.orderValue': 'As counted so far, all arms together.'}),
    },
  };
}

function unitsPerDay({bins, to}) {
  const first = bins.find(({units}) => units > 0);
  const units = bins.reduce((sum, bin) => sum + bin.units, 0);
  return units < UNITS_MIN ? null : rounded(units / ((Date.parse(to) - Date.parse(first.at)) / DAY_MILLIS));
}

function earned({kind, currency}, arms) {
  const sum = (name) => arms.reduce((all, arm) => all + Number(arm[name] ?? 0), 0);
  const orders = sum('orders');
  if (orders < CONVERSIONS_MIN || sum('exposures') < UNITS_MIN) return {};
  const rate = sum(kind === 'count' ? 'orders' : 'conversions') / sum('exposures');
  return {rate: rounded(kind === 'count' ? rate : rate * 100),
    order: kind === 'revenue' ? (sum('raw') / orders).toFixed(decimals(currency)) : undefined};
}

const decimals = (currency) =>
  new Intl.NumberFormat('en', {style: 'currency', currency}).resolvedOptions().maximumFractionDigits;

const rounded = (value) => String(Number(value.toPrecision(2)));

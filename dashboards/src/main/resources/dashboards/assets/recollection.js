/**
 * Where the evidence of guardrails stood a while ago, as far as this page has seen it: the server keeps what it is, the
 * page remembers for an hour what it was.
 */

const HOUR_MILLIS = 3_600_000;
const APART_MILLIS = 60_000;

const seen = new Map();

/** Notes how the meters of an experiment stand at a time. */
export function note(key, meters, at) {
  const known = seen.get(key) ?? [];
  if (known.length > 0 && at - known.at(-1).at < APART_MILLIS) return;
  const parts = new Map(meters.filter(({id}) => id).map(({id, part}) => [id, part]));
  seen.set(key, [...known.filter((each) => at - each.at <= HOUR_MILLIS), {at, parts}]);
}

/** Where a meter stood at the oldest time within the last hour, {at, part}; undefined until that is a minute ago. */
export function before(key, id, now) {
  const first = (seen.get(key) ?? []).find(({at}) => now - at <= HOUR_MILLIS);
  const part = first?.parts.get(id);
  return part === undefined || now - first.at < APART_MILLIS ? undefined : {at: first.at, part};
}

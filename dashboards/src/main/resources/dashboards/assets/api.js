/** The part of the server's HTTP API that the pages read. */

/** An answer that is not a success, with the server's own words for it (RFC 9457) when it sent them. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? problem?.title ?? `The server answered with status ${status}.`);
    this.status = status;
  }
}

async function get(path) {
  const response = await fetch(path, {headers: {accept: 'application/json'}, cache: 'no-store'});
  if (!response.ok) {
    throw new Refusal(response.status, await response.json().catch(() => null));
  }
  return response.json();
}

/** All experiments, each with its newest snapshot. */
export const experiments = async () => (await get('/v1/experiments')).experiments;

/** One experiment with its newest snapshot. */
export const experiment = (key) => get(`/v1/experiments/${encodeURIComponent(key)}`);

/** The snapshots of an experiment from its start, thinned by the server to so many points, oldest first. */
export const snapshots = async (key, points) =>
  (await get(`/v1/experiments/${encodeURIComponent(key)}/snapshots?points=${points}`)).snapshots;

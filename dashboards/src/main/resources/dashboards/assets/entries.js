import {completeExperiment, completeSnapshot} from './shapes.js';

/**
 * What is known of experiments, each as {experiment, snapshot}, and how it goes together with what was read or heard:
 * answers may come in any order, and an older one changes nothing. Pure functions.
 */

/** The numbers as an event has them. `since` is from when the shares hold, which a standing does not say. */
export const heard = (snapshot, known = null) => {
  const same = known?.version === snapshot.version;
  return {...completeSnapshot(snapshot), since: same ? known.since : snapshot.at};
};

/** An experiment as the server answers it. */
export function read({snapshot: served, standing, ...definition}) {
  const newest = standing ?? served;
  return {
    experiment: completeExperiment(definition),
    snapshot: newest ? {...completeSnapshot(newest), since: served?.at ?? newest.at} : null,
  };
}

/** Of two snapshots or standings the newer one; the second if they are of one time. Either may be null. */
export function newer(one, other) {
  if (!one || !other) return one ?? other ?? null;
  const ahead = one.version - other.version || Date.parse(one.at) - Date.parse(other.at);
  return ahead > 0 ? one : other;
}

/** An entry with what was read of it: the newer of each. A new experiment under an old key starts anew. */
export function joined(known, found) {
  if (!known) return found;
  const [before, after] = [known, found].map(({experiment}) => Date.parse(experiment.createdAt));
  if (before !== after) return before > after ? known : found;
  return {
    experiment: known.experiment.revision > found.experiment.revision ? known.experiment : found.experiment,
    snapshot: newer(known.snapshot, found.snapshot),
  };
}

/** How the kill switch stands, by the later of two words for it; the second if they are of one time. */
export const laterSwitch = (one, other) => (Date.parse(one.at) > (Date.parse(other.at) || 0) ? one : other);

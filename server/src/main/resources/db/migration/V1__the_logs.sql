-- What is optimised.
create table experiments (
  id           bigint generated always as identity primary key,
  key          text        not null,
  revision     bigint      not null,
  state        text        not null check (state in ('draft', 'running', 'paused', 'ended')),
  salt         bigint      not null,
  holdout_salt bigint      not null,
  definition   jsonb       not null,
  created_at   timestamptz not null,
  changed_at   timestamptz not null,
  deleted_at   timestamptz
);
create unique index experiments_key on experiments (key) where deleted_at is null;

comment on table  experiments              is 'What is optimised: one row per experiment, changed in place, counted by revision.';
comment on column experiments.id           is 'Number by which the logs refer to it; a key may be used again after a delete, a number never.';
comment on column experiments.key          is 'Name given by the owner, unique among experiments that are not deleted.';
comment on column experiments.revision     is 'Counts every change, from 1; the ETag of the API.';
comment on column experiments.state        is 'draft: never served. running: draws and learns. paused: control for everybody. ended: over for good.';
comment on column experiments.salt         is 'Seed of the draw among arms.';
comment on column experiments.holdout_salt is 'Seed of the draw of the holdout; independent of salt.';
comment on column experiments.definition   is 'What the owner wrote down, with every default filled in.';
comment on column experiments.created_at   is 'When it was first stored.';
comment on column experiments.changed_at   is 'When its revision last grew.';
comment on column experiments.deleted_at   is 'When it was deleted; its logs stay.';

-- Unit x experiment -> arm.
create table decisions (
  unit       uuid             not null,
  experiment bigint           not null,
  occasion   bigint           not null,
  arm        text             not null,
  propensity double precision not null check (propensity > 0 and propensity <= 1),
  version    bigint           not null,
  segment    text             not null,
  holdout    boolean          not null,
  eligible   text,
  decided_at timestamptz      not null,
  bucket     timestamptz      not null,
  xid        xid8             not null default pg_current_xact_id(),
  primary key (unit, experiment, occasion)
);
create index decisions_xid on decisions (xid);

comment on table  decisions            is 'Append-only: which unit was given which arm, and with what probability.';
comment on column decisions.unit       is 'First 16 bytes of HMAC-SHA-256(server secret, unit); the unit itself is never stored.';
comment on column decisions.experiment is 'Number of the experiment.';
comment on column decisions.occasion   is '0: the decision that stands for the unit. 1 to 100: drawn again because the arm was paused, not learned from. Larger: one draw per request.';
comment on column decisions.arm        is 'Key of the arm.';
comment on column decisions.propensity is 'Probability of this arm at the draw, among the arms that were eligible; 1 in the holdout.';
comment on column decisions.version    is 'Snapshot that it was drawn from.';
comment on column decisions.segment    is 'Declared segment of the unit, or empty.';
comment on column decisions.holdout    is 'Whether the unit is held out: it gets control and is never learned from.';
comment on column decisions.eligible   is 'Arms that could be drawn, comma-separated, if the ask narrowed the choice; null: all live arms.';
comment on column decisions.decided_at is 'When, by the clock of the node that decided.';
comment on column decisions.bucket     is 'Start of the exposure bucket that it is counted in.';
comment on column decisions.xid        is 'Transaction that wrote it. Many write at once and commit out of order, so a reader takes only rows below pg_snapshot_xmin(pg_current_snapshot()).';

-- Verified outside facts.
create table conversions (
  source      text        not null,
  event_id    text        not null,
  seq         bigint      generated always as identity,
  metric      text        not null,
  unit        uuid,
  experiment  bigint,
  occasion    bigint,
  value       bigint      check (value >= 0),
  currency    text,
  happened_at timestamptz not null,
  received_at timestamptz not null,
  reverses    text,
  outcome     text,
  primary key (source, event_id)
);
create index conversions_unsettled on conversions (seq) where outcome is null;
create index conversions_waiting on conversions (source, reverses) where outcome = 'waiting';

comment on table  conversions             is 'Append-only but for outcome: what sources reported and what became of it.';
comment on column conversions.source      is 'Who reported it.';
comment on column conversions.event_id    is 'Its name at the source; reported twice, it is stored once.';
comment on column conversions.seq         is 'Order of arrival, for taking the oldest first; not a cursor.';
comment on column conversions.metric      is 'What happened.';
comment on column conversions.unit        is 'Whom it happened to, as in decisions.';
comment on column conversions.experiment  is 'Experiment of the decision, if the report carried a decision token.';
comment on column conversions.occasion    is 'Occasion of the decision, if the report carried a decision token.';
comment on column conversions.value       is 'What it earned, in minor units.';
comment on column conversions.currency    is 'ISO 4217 code of value.';
comment on column conversions.happened_at is 'When it happened, by the clock of the source: the time that windows are measured by.';
comment on column conversions.received_at is 'When it arrived here.';
comment on column conversions.reverses    is 'event_id, at the same source, of what it takes back; with a value that much of it, without all of it.';
comment on column conversions.outcome     is 'null: not yet attributed. credited. waiting: for the order that it reverses. Otherwise why it earned nothing.';

-- Signed changes of what one decision earned.
create table rewards (
  id          bigint      generated always as identity primary key,
  experiment  bigint      not null,
  unit        uuid        not null,
  occasion    bigint      not null,
  source      text        not null,
  event_id    text        not null,
  amount      bigint,
  reverses    text,
  segment     text        not null,
  version     bigint      not null,
  arm         text        not null,
  holdout     boolean     not null,
  bucket      timestamptz not null,
  conversions bigint      not null,
  orders      bigint      not null,
  value       bigint      not null,
  value_sq    numeric     not null,
  raw         bigint      not null,
  raw_sq      numeric     not null,
  received_at timestamptz not null,
  unique (unit, experiment, occasion, source, event_id)
);
create index rewards_event on rewards (source, event_id);

comment on table  rewards             is 'Append-only, one appender at a time (by lease), so id is a safe cursor: what each conversion changed.';
comment on column rewards.id          is 'Order of appending.';
comment on column rewards.experiment  is 'Experiment of the decision.';
comment on column rewards.unit        is 'Unit of the decision.';
comment on column rewards.occasion    is 'Occasion of the decision.';
comment on column rewards.source      is 'Source of the conversion.';
comment on column rewards.event_id    is 'Name of the conversion at its source.';
comment on column rewards.amount      is 'Value of the conversion, in minor units.';
comment on column rewards.reverses    is 'event_id of the order that it takes back.';
comment on column rewards.segment     is 'Segment of the decision.';
comment on column rewards.version     is 'Snapshot version of the decision.';
comment on column rewards.arm         is 'Arm of the decision.';
comment on column rewards.holdout     is 'Whether the unit of the decision is held out.';
comment on column rewards.bucket      is 'Exposure bucket of the decision: rewards count where their decision counts, however late they are.';
comment on column rewards.conversions is 'Change of "the unit converted": -1, 0 or +1.';
comment on column rewards.orders      is 'Change of the number of orders that stand.';
comment on column rewards.value       is 'Change of the net value, winsorised at the cap of the experiment, in minor units.';
comment on column rewards.value_sq    is 'Change of its square.';
comment on column rewards.raw         is 'Change of the net value as reported, in minor units.';
comment on column rewards.raw_sq      is 'Change of its square.';
comment on column rewards.received_at is 'When the conversion arrived.';

-- What the learner publishes.
create table snapshots (
  experiment bigint      not null,
  version    bigint      not null,
  made_at    timestamptz not null,
  revision   bigint      not null,
  body       jsonb       not null,
  primary key (experiment, version)
);

comment on table  snapshots            is 'Append-only: posteriors and allocation of each experiment, version by version. The primary key keeps a second learner out.';
comment on column snapshots.experiment is 'Number of the experiment.';
comment on column snapshots.version    is 'Counts the snapshots of the experiment, from 1.';
comment on column snapshots.made_at    is 'When it was made.';
comment on column snapshots.revision   is 'Revision of the experiment that it was made for.';
comment on column snapshots.body       is 'Cause, and per arm: share, exposures, conversions, posterior.';

-- How each experiment stands by now, under the snapshot that is served.
create table standings (
  experiment bigint      primary key,
  version    bigint      not null,
  made_at    timestamptz not null,
  revision   bigint      not null,
  body       jsonb       not null
);

comment on table  standings            is 'What was counted and believed since the latest snapshot, for people who watch; nothing is decided from it.';
comment on column standings.experiment is 'Number of the experiment.';
comment on column standings.version    is 'Snapshot that is served.';
comment on column standings.made_at    is 'When it was looked at.';
comment on column standings.revision   is 'Revision that the snapshot was made for.';
comment on column standings.body       is 'As in snapshots; shares are those served.';

-- Additive sums: a pure function of decisions and rewards, kept so that it need not be computed from zero.
create table counters (
  experiment  bigint      not null,
  segment     text        not null,
  version     bigint      not null,
  arm         text        not null,
  holdout     boolean     not null,
  bucket      timestamptz not null,
  exposures   bigint      not null,
  conversions bigint      not null,
  orders      bigint      not null,
  value       bigint      not null,
  value_sq    numeric     not null,
  raw         bigint      not null,
  raw_sq      numeric     not null,
  primary key (experiment, segment, version, arm, holdout, bucket)
);

comment on table  counters             is 'Sums over decisions and rewards up to the cursor of the learner; a rebuild from the logs gives the same rows.';
comment on column counters.experiment  is 'Number of the experiment.';
comment on column counters.segment     is 'Segment of the decisions.';
comment on column counters.version     is 'Snapshot version of the decisions.';
comment on column counters.arm         is 'Arm of the decisions.';
comment on column counters.holdout     is 'Whether their units are held out.';
comment on column counters.bucket      is 'Exposure bucket of the decisions.';
comment on column counters.exposures   is 'Units exposed: decisions, those drawn again left out.';
comment on column counters.conversions is 'Units that converted.';
comment on column counters.orders      is 'Orders that stand.';
comment on column counters.value       is 'Sum of winsorised net values, in minor units.';
comment on column counters.value_sq    is 'Sum of their squares.';
comment on column counters.raw         is 'Sum of net values as reported, in minor units.';
comment on column counters.raw_sq      is 'Sum of their squares.';

-- How far the learner has come.
create table cursors (
  name      text        primary key,
  decisions xid8        not null,
  rewards   bigint      not null,
  through   timestamptz not null
);
insert into cursors (name, decisions, rewards, through) values ('learn', '0', 0, '1970-01-01T00:00:00Z');

comment on table  cursors           is 'How far a reader of the logs has come; written in the transaction that holds what it read.';
comment on column cursors.name      is 'The reader.';
comment on column cursors.decisions is 'Every decision of a transaction below this one is counted, no other.';
comment on column cursors.rewards   is 'Every reward up to this id is counted, no other.';
comment on column cursors.through   is 'Every conversion that was acknowledged up to this time is counted, if it earned anything.';

-- Who may run a duty.
create table leases (
  name   text        primary key,
  holder uuid        not null,
  until  timestamptz not null
);

comment on table  leases        is 'Who may run a duty that must run once; a transaction of the duty locks its row, so two holders never overlap.';
comment on column leases.name   is 'The duty.';
comment on column leases.holder is 'The node.';
comment on column leases.until  is 'Until when, by the clock of the database; renewed while the node lives.';

-- What all nodes of one installation share.
create table installation (
  single             boolean     primary key default true check (single),
  secret_fingerprint text        not null,
  created_at         timestamptz not null
);

comment on table  installation                    is 'One row: what all nodes on this database must agree on.';
comment on column installation.single             is 'Makes a second row impossible.';
comment on column installation.secret_fingerprint is 'Hash of the server secret: a node with another secret would give every unit another key, and is refused.';
comment on column installation.created_at         is 'When the database was first used.';

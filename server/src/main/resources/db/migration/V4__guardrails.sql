-- What guardrails need to know of each outcome, what they concluded, and what people decided.

alter table conversions add column origin uuid;
create index conversions_origin on conversions (origin, source, event_id) where origin is not null;

comment on column conversions.origin is 'First 16 bytes of HMAC-SHA-256(server secret, who stands behind it: an address range, an account, an affiliate, a payment fingerprint), if the reporter said so.';
comment on column conversions.outcome is 'null: not yet attributed. credited. waiting: for the order that it reverses. capped: its origin had too many that day, so it weighs nothing. quarantined: taken back with all of its source or origin. Otherwise why it earned nothing.';

alter table rewards
  add column metric   text,
  add column eligible text,
  add column origin   uuid,
  add column settling smallint not null default 0,
  add column void     boolean  not null default false,
  add column capped   boolean  not null default false;
alter table rewards drop constraint rewards_unit_experiment_occasion_source_event_id_key;
-- A refund takes back its order, and is an event of a metric of its own.
create unique index rewards_once
  on rewards (unit, experiment, occasion, source, event_id, coalesce(metric, ''), settling);
create index rewards_bucket on rewards (experiment, bucket);
create index rewards_origin on rewards (experiment, origin) where origin is not null;

update rewards r set eligible = d.eligible
from decisions d
where d.unit = r.unit and d.experiment = r.experiment and d.occasion = r.occasion and d.eligible is not null;

comment on column decisions.eligible is 'Arms that could be drawn, comma-separated, if these were not all that the snapshot gives a share: the ask narrowed the choice, or an arm was paused since.';
comment on column rewards.metric   is 'null: the metric of the objective, which the counters sum. Otherwise a metric that guardrails watch, which they do not.';
comment on column rewards.eligible is 'eligible of the decision.';
comment on column rewards.origin   is 'origin of the conversion, or of the order that it takes back.';
comment on column rewards.settling is 'How often the conversion was settled before: 0 at first, one more each time its source or origin is quarantined or released.';
comment on column rewards.void     is 'Whether this settling takes the conversion back: it is no longer among the credits of the decision.';
comment on column rewards.capped   is 'Whether its origin had too many that day: then it is void for good, under quarantine or not.';

-- How many conversions each origin reports a day.
create table origins (
  experiment  bigint not null,
  origin      uuid   not null,
  day         date   not null,
  arm         text   not null,
  conversions bigint not null,
  primary key (experiment, origin, day, arm)
);
create index origins_day on origins (experiment, day);

comment on table  origins             is 'Orders per origin and day, those included that weigh nothing; kept by who attributes.';
comment on column origins.experiment  is 'Number of the experiment.';
comment on column origins.origin      is 'Origin of the conversions.';
comment on column origins.day         is 'Day in UTC on which they arrived.';
comment on column origins.arm         is 'Arm of their decisions.';
comment on column origins.conversions is 'How many.';

-- Sources and origins whose conversions weigh nothing.
create table quarantines (
  id          bigint      generated always as identity primary key,
  source      text,
  origin      uuid,
  reason      text        not null,
  since       timestamptz not null,
  released_at timestamptz,
  walked      boolean     not null default false,
  at_source   text        not null default '',
  at_event    text        not null default '',
  check ((source is null) <> (origin is null))
);
create index quarantines_released on quarantines (origin) where released_at is not null;
create unique index quarantines_source on quarantines (source) where released_at is null and source is not null;
create unique index quarantines_origin on quarantines (origin) where released_at is null and origin is not null;
create index quarantines_unwalked on quarantines (id) where not walked;

comment on table  quarantines             is 'Whose conversions are taken back, and no longer counted, until they are released.';
comment on column quarantines.id          is 'Number by which people refer to it.';
comment on column quarantines.source      is 'Source of the conversions, or null.';
comment on column quarantines.origin      is 'Origin of the conversions, or null.';
comment on column quarantines.reason      is 'Why, in words.';
comment on column quarantines.since       is 'When it was put under quarantine.';
comment on column quarantines.released_at is 'When it was released; null: not yet.';
comment on column quarantines.walked      is 'Whether all that was settled before has been settled again since it was put under quarantine, or released.';
comment on column quarantines.at_source   is 'While not: source and name of the conversion that was settled again last; they are walked in their order.';
comment on column quarantines.at_event    is 'While not: see at_source.';

-- What the guardrails of each experiment have seen.
create table watches (
  experiment bigint  primary key,
  body       jsonb   not null
);

comment on table  watches            is 'Evidence of the guardrails up to the cursor of the learner, written with it; a rebuild from the logs gives the same, to rounding.';
comment on column watches.experiment is 'Number of the experiment.';
comment on column watches.body       is 'Log wealth of every bet, sums of the sample ratio, ramp, feed, verdicts in force.';

-- Who changed what, and why.
create table audit (
  id         bigint      generated always as identity primary key,
  at         timestamptz not null,
  experiment bigint,
  key        text,
  actor      text        not null,
  action     text        not null,
  note       text        not null,
  detail     jsonb       not null
);
create index audit_key on audit (key, id);

comment on table  audit            is 'Append-only: every change of an experiment, every verdict, every use of the kill switch.';
comment on column audit.id         is 'Order of appending.';
comment on column audit.at         is 'When.';
comment on column audit.experiment is 'Number of the experiment; null: all.';
comment on column audit.key        is 'Its key at that time.';
comment on column audit.actor      is 'guardrail, or who sent the request, as they said.';
comment on column audit.action     is 'What was done, in one word of the API.';
comment on column audit.note       is 'The same in a sentence.';
comment on column audit.detail     is 'Before and after, or the evidence.';

-- Control for everybody.
create table kill_switch (
  single  boolean     primary key default true check (single),
  engaged boolean     not null,
  reason  text        not null,
  actor   text        not null,
  at      timestamptz not null
);
insert into kill_switch (engaged, reason, actor, at) values (false, '', '', '1970-01-01T00:00:00Z');

comment on table  kill_switch         is 'One row: whether every experiment serves control to everybody.';
comment on column kill_switch.single  is 'Makes a second row impossible.';
comment on column kill_switch.engaged is 'Whether it is on.';
comment on column kill_switch.reason  is 'Why, in words.';
comment on column kill_switch.actor   is 'Who sent the request, as they said.';
comment on column kill_switch.at      is 'When it was last turned.';

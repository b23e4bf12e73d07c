-- Where conversions come from, what was delivered, and how they are credited.

create table sources (
  id         bigint      generated always as identity primary key,
  key        text        not null,
  kind       text        not null,
  enabled    boolean     not null,
  options    jsonb       not null,
  revision   bigint      not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  deleted_at timestamptz
);
create unique index sources_key on sources (key) where deleted_at is null;

comment on table  sources            is 'Who may report conversions by webhook, and how their deliveries are read.';
comment on column sources.id         is 'Number by which secrets refer to it.';
comment on column sources.key        is 'Name given by the owner: the last part of the address, and source of the conversions.';
comment on column sources.kind       is 'Platform: standard-webhooks, stripe, shopify, segment, cloudevents or json.';
comment on column sources.enabled    is 'Whether its deliveries are accepted.';
comment on column sources.options    is 'What the owner wrote down of how deliveries are verified and read.';
comment on column sources.revision   is 'Counts every change, from 1; the ETag of the API.';
comment on column sources.created_at is 'When it was first stored.';
comment on column sources.changed_at is 'When its revision last grew.';
comment on column sources.deleted_at is 'When it was deleted; its conversions stay.';

create table source_secrets (
  source     bigint      not null references sources (id),
  id         uuid        not null,
  sealed     bytea       not null,
  hint       text        not null,
  added_at   timestamptz not null,
  expires_at timestamptz,
  primary key (source, id)
);

comment on table  source_secrets            is 'Secrets that deliveries are verified with; two may be valid during rotation.';
comment on column source_secrets.source     is 'The source.';
comment on column source_secrets.id         is 'Name of the secret.';
comment on column source_secrets.sealed     is 'Nonce and secret, encrypted with AES-256-GCM under a key derived from the server secret, bound to source and id.';
comment on column source_secrets.hint       is 'Its last characters, by which people tell secrets apart.';
comment on column source_secrets.added_at   is 'When it was added.';
comment on column source_secrets.expires_at is 'From when on it is no longer valid; null: not foreseen.';

-- What came in, by source and day.
create table receipts (
  source  text        not null,
  day     date        not null,
  what    text        not null,
  reason  text        not null,
  count   bigint      not null,
  last_at timestamptz not null,
  primary key (source, day, what, reason)
);
-- For the sums of a few days over all sources. A day's lines are inserted once and then only counted up, which touches
-- no index.
create index receipts_day on receipts (day);

comment on table  receipts         is 'Deliveries and events as they came in: sums that each node adds to every second, so a killed one may owe the last.';
comment on column receipts.source  is 'Source; empty: deliveries for a source that nobody set up.';
comment on column receipts.day     is 'Day in UTC.';
comment on column receipts.what    is 'delivery, accepted, duplicate, ignored or refused; all but the first are events.';
comment on column receipts.reason  is 'Why it was ignored or refused; else empty.';
comment on column receipts.count   is 'How many.';
comment on column receipts.last_at is 'When the latest of them came.';

create table refusals (
  id       bigint      generated always as identity primary key,
  source   text        not null,
  at       timestamptz not null,
  reason   text        not null,
  field    text        not null,
  detail   text        not null,
  event    text        not null,
  event_id text        not null
);
create index refusals_source on refusals (source, id);

comment on table  refusals          is 'A sample of the latest refusals of each source, for whoever has to mend them; older ones are deleted. No bodies, no units.';
comment on column refusals.id       is 'Order of appending.';
comment on column refusals.source   is 'As in receipts.';
comment on column refusals.at       is 'When.';
comment on column refusals.reason   is 'Why, as in receipts.';
comment on column refusals.field    is 'Which field, and where in the payload; or empty.';
comment on column refusals.detail   is 'What was wrong.';
comment on column refusals.event    is 'What the platform calls the event; or empty.';
comment on column refusals.event_id is 'Its name at the platform; or empty.';

-- What became of conversions, by source and day of arrival: kept by who attributes, in its transaction.
create table settlements (
  source      text   not null,
  day         date   not null,
  metric      text   not null,
  outcome     text   not null,
  conversions bigint not null,
  primary key (source, day, metric, outcome)
);

comment on table  settlements             is 'Conversions by what became of them: exactly the sums over conversions that are settled.';
comment on column settlements.source      is 'Source.';
comment on column settlements.day         is 'Day in UTC on which they arrived.';
comment on column settlements.metric      is 'Metric.';
comment on column settlements.outcome     is 'As in conversions.';
comment on column settlements.conversions is 'How many.';

create table lags (
  source      text     not null,
  day         date     not null,
  bin         smallint not null,
  conversions bigint   not null,
  primary key (source, day, bin)
);

comment on table  lags             is 'How long conversions took from happening to arriving; kept with settlements.';
comment on column lags.source      is 'Source.';
comment on column lags.day         is 'Day in UTC on which they arrived.';
comment on column lags.bin         is '0: up to a second; n: up to 2^n seconds and more than half of that.';
comment on column lags.conversions is 'How many.';

-- Attribution over again, after a mistake was mended.
create table replays (
  id          bigint      generated always as identity primary key,
  source      text        not null,
  from_at     timestamptz not null,
  to_at       timestamptz not null,
  metrics     jsonb       not null,
  actor       text        not null,
  reason      text        not null,
  started_at  timestamptz not null,
  finished_at timestamptz,
  pass        smallint    not null default 0,
  at_event    text        not null default '',
  walked      bigint      not null default 0,
  changed     bigint      not null default 0
);
create unique index replays_unfinished on replays (source) where finished_at is null;

comment on table  replays             is 'Conversions that are attributed over again, a chunk a turn; one at a time per source.';
comment on column replays.id          is 'Number by which people refer to it.';
comment on column replays.source      is 'Whose conversions.';
comment on column replays.from_at     is 'Those that arrived from then on.';
comment on column replays.to_at       is 'Those that arrived before.';
comment on column replays.metrics     is 'Metrics that were reported under a wrong name, with the right one.';
comment on column replays.actor       is 'Who sent the request, as they said.';
comment on column replays.reason      is 'Why, in words.';
comment on column replays.started_at  is 'When it was asked for.';
comment on column replays.finished_at is 'When the last conversion was settled; null: not yet.';
comment on column replays.pass        is '0: orders. 1: what takes orders back. 2: what takes that back.';
comment on column replays.at_event    is 'Name of the conversion that was settled again last in this pass.';
comment on column replays.walked      is 'Conversions settled again so far.';
comment on column replays.changed     is 'Those of them of which something came out differently.';

alter table conversions add column counted_as text;
comment on column conversions.counted_as is 'Metric that a replay gave it, because it was reported under a wrong one; null: metric.';
comment on column conversions.outcome is 'null: not yet attributed. credited. waiting: for the order that it reverses. capped: its origin had too many that day, so it weighs nothing. quarantined: taken back with all of its source or origin. Otherwise why it earned nothing.';

alter table rewards
  add column happened_at timestamptz,
  add column currency    text,
  add column rate        numeric,
  add column withdrawn   boolean not null default false;
update rewards r set happened_at = c.happened_at
from conversions c
where c.source = r.source and c.event_id = r.event_id;
update rewards set happened_at = received_at where happened_at is null;
alter table rewards alter column happened_at set not null;

comment on column rewards.happened_at is 'When the conversion happened.';
comment on column rewards.amount      is 'Value of the conversion in minor units of the currency of the objective, or of the one that it was ordered in; what takes an order back counts in the currency of that order.';
comment on column rewards.currency    is 'Foreign currency that the order was made in; null: none.';
comment on column rewards.rate        is 'What a minor unit of that was worth, in minor units of the currency of the objective; 0: nobody knew.';
comment on column rewards.withdrawn   is 'Whether a replay found that it does not belong here: then it is void until another finds that it does.';

-- The draws of a unit in the order of time, where every request draws.
create index decisions_draws on decisions (unit, experiment, decided_at) where occasion > 100;

-- What was settled before is counted once.
insert into settlements (source, day, metric, outcome, conversions)
select source, (received_at at time zone 'UTC')::date, metric, outcome, count(*)
from conversions where outcome is not null
group by 1, 2, 3, 4;

insert into lags (source, day, bin, conversions)
select source, (received_at at time zone 'UTC')::date,
       length(ltrim(greatest(ceil(extract(epoch from received_at - happened_at)) - 1, 0)::bigint::bit(64)::text, '0')),
       count(*)
from conversions where outcome is not null
group by 1, 2, 3;

comment on table  conversions      is 'Append-only but for outcome and counted_as: what sources reported and what became of it.';
comment on column rewards.settling is 'How often the conversion was settled before: 0 at first, one more each time its source or origin is quarantined or released, or a replay settles it, or one that arrived before it, anew.';

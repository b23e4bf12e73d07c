-- What happened to an experiment, in the order of time, and how its rewards come in.

-- The timeline is read page by page from the newest on: each page is a piece of each of these.
create index snapshots_time on snapshots (experiment, made_at, version);
create index audit_verdicts on audit (experiment, at, id) where actor = 'guardrail';
create index audit_actions on audit (experiment, at, id) where actor <> 'guardrail';
create index audit_of_all on audit (at, id) where experiment is null;

-- The latest rewards, without what is settled over again: of that there may be any number at once.
create index rewards_latest on rewards (experiment, id) where settling = 0;

-- Exposures and conversions by the minute: of 31 days, as nobody is shown more than 30.
create table arrivals (
  experiment  bigint      not null,
  minute      timestamptz not null,
  units       bigint      not null,
  conversions bigint      not null,
  value       bigint      not null,
  primary key (experiment, minute)
);
create index arrivals_minute on arrivals (minute);

comment on table  arrivals             is 'What came in minute by minute in the last 31 days, up to the cursor of the learner and written with it; what is settled over again or taken back stays counted where it came in.';
comment on column arrivals.experiment  is 'Number of the experiment.';
comment on column arrivals.minute      is 'Start of the minute.';
comment on column arrivals.units       is 'Units exposed in it, the holdout included; those drawn again left out.';
comment on column arrivals.conversions is 'Units that converted by the objective, by when that was heard, the holdout included.';
comment on column arrivals.value       is 'What it changed the net value by, as reported, in minor units: refunds count where they came in.';

insert into arrivals (experiment, minute, units, conversions, value)
select experiment, minute, sum(units), sum(conversions), sum(value)
from (
  select experiment, date_bin('1 minute', decided_at, '2000-01-01T00:00:00Z') as minute, count(*) as units,
         0 as conversions, 0 as value
  from decisions
  where xid < (select decisions from cursors where name = 'learn') and (occasion = 0 or occasion >= 4294967296)
    and decided_at >= now() - interval '31 days'
  group by experiment, minute
  union all
  select experiment, date_bin('1 minute', received_at, '2000-01-01T00:00:00Z') as minute, 0,
         sum(greatest(conversions, 0)), sum(raw)
  from rewards
  where id <= (select rewards from cursors where name = 'learn') and metric is null and settling = 0
    and received_at >= now() - interval '31 days'
  group by experiment, minute
) as came
group by experiment, minute;

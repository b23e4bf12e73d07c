-- How often a unit orders, and how long it takes until it is heard of.
alter table rewards
  add column orders_sq  bigint not null default 0,
  add column delay_from smallint,
  add column delay_to   smallint;
alter table rewards alter column orders_sq drop default;

comment on column rewards.orders_sq  is 'Change of the square of the number of orders that stand.';
comment on column rewards.delay_from is 'Delay bin in which the unit was counted as converted before; null: it was not.';
comment on column rewards.delay_to   is 'Delay bin in which the unit is counted as converted now; null: it is not.';

alter table counters add column orders_sq bigint not null default 0;
alter table counters alter column orders_sq drop default;

comment on column counters.orders_sq is 'Sum over units of the square of the number of their orders that stand.';

create table delays (
  experiment  bigint      not null,
  bucket      timestamptz not null,
  bin         smallint    not null,
  conversions bigint      not null,
  primary key (experiment, bucket, bin)
);

comment on table  delays             is 'Units that converted, by exposure bucket and delay bin: sums over rewards up to the cursor of the learner.';
comment on column delays.experiment  is 'Number of the experiment.';
comment on column delays.bucket      is 'Exposure bucket of the decisions.';
comment on column delays.bin         is 'How long after its decision the first order that stands arrived: one of 64 steps from no time to the window, spaced by its logarithm.';
comment on column delays.conversions is 'Units that converted; those of the holdout count too, units drawn again do not.';

-- What was rewarded before: after each reward of a decision, how many of its orders stand, and when the first of these
-- arrived. An order stands unless it was taken back whole, at once or by parts.
create temporary table heard on commit drop as
select id, orders_after, orders_after - orders as orders_before,
       case when delay_after is null then null
            when delay_after <= 1 then 0
            else least(63, floor(64 * ln(delay_after) / ln(seconds))) end::smallint as bin_after
from (
  select r.id, r.orders,
         sum(r.orders) over (partition by r.unit, r.experiment, r.occasion order by r.id)::bigint as orders_after,
         extract(epoch from first.received_at - d.decided_at)::double precision as delay_after,
         extract(epoch from (e.definition #>> '{objective,window}')::interval)::double precision as seconds
  from rewards r
  join decisions d on d.unit = r.unit and d.experiment = r.experiment and d.occasion = r.occasion
  join experiments e on e.id = r.experiment
  cross join lateral (
    select min(o.received_at) as received_at
    from rewards o
    where o.unit = r.unit and o.experiment = r.experiment and o.occasion = r.occasion and o.id <= r.id
      and o.reverses is null
      and not exists (
        select from rewards t
        where t.unit = o.unit and t.experiment = o.experiment and t.occasion = o.occasion and t.id <= r.id
          and t.source = o.source and t.reverses = o.event_id
        having bool_or(t.amount is null) or (coalesce(o.amount, 0) > 0 and sum(t.amount) >= o.amount)
      )
  ) as first
) as told;

update rewards r set orders_sq = h.orders_after * h.orders_after - h.orders_before * h.orders_before,
                     delay_to = h.bin_after
from heard h where h.id = r.id;

update rewards r set delay_from = before.bin
from (
  select id, lag(delay_to) over (partition by unit, experiment, occasion order by id) as bin from rewards
) as before
where before.id = r.id and before.bin is not null;

-- The counters hold the rewards up to the cursor.
update counters c set orders_sq = r.orders_sq
from (
  select experiment, segment, version, arm, holdout, bucket, sum(orders_sq)::bigint as orders_sq
  from rewards where id <= (select rewards from cursors where name = 'learn')
  group by experiment, segment, version, arm, holdout, bucket
) as r
where (c.experiment, c.segment, c.version, c.arm, c.holdout, c.bucket)
    = (r.experiment, r.segment, r.version, r.arm, r.holdout, r.bucket);

insert into delays (experiment, bucket, bin, conversions)
select experiment, bucket, bin, sum(entered)
from rewards cross join lateral (values (delay_to, 1), (delay_from, -1)) as moves (bin, entered)
where bin is not null and id <= (select rewards from cursors where name = 'learn')
group by experiment, bucket, bin having sum(entered) <> 0;

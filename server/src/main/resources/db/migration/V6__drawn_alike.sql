-- What units were drawn among: sums of units that were drawn with the same probabilities are what a report compares.

alter table counters add column eligible text not null default '';
alter table counters drop constraint counters_pkey;
alter table counters add primary key (experiment, segment, version, eligible, arm, holdout, bucket);

comment on column counters.eligible is 'eligible of the decisions; empty: all arms that their snapshot gives a share could be drawn.';

-- What was counted of units whose choice was narrowed: decisions and rewards up to the cursor of the learner.
create temporary table narrowed on commit drop as
select experiment, segment, version, eligible, arm, holdout, bucket, sum(exposures)::bigint as exposures,
       sum(conversions)::bigint as conversions, sum(orders)::bigint as orders, sum(orders_sq)::bigint as orders_sq,
       sum(value)::bigint as value, sum(value_sq) as value_sq, sum(raw)::bigint as raw, sum(raw_sq) as raw_sq
from (
  select experiment, segment, version, eligible, arm, holdout, bucket, 1 as exposures, 0::bigint as conversions,
         0::bigint as orders, 0::bigint as orders_sq, 0::bigint as value, 0::numeric as value_sq, 0::bigint as raw,
         0::numeric as raw_sq
  from decisions
  where eligible is not null and (occasion = 0 or occasion >= 4294967296)
    and xid < (select decisions from cursors where name = 'learn')
  union all
  select experiment, segment, version, eligible, arm, holdout, bucket, 0, conversions, orders, orders_sq, value,
         value_sq, raw, raw_sq
  from rewards
  where eligible is not null and metric is null and id <= (select rewards from cursors where name = 'learn')
) as counted
group by experiment, segment, version, eligible, arm, holdout, bucket;

update counters c set exposures = c.exposures - n.exposures, conversions = c.conversions - n.conversions,
                      orders = c.orders - n.orders, orders_sq = c.orders_sq - n.orders_sq, value = c.value - n.value,
                      value_sq = c.value_sq - n.value_sq, raw = c.raw - n.raw, raw_sq = c.raw_sq - n.raw_sq
from (
  select experiment, segment, version, arm, holdout, bucket, sum(exposures) as exposures,
         sum(conversions) as conversions, sum(orders) as orders, sum(orders_sq) as orders_sq, sum(value) as value,
         sum(value_sq) as value_sq, sum(raw) as raw, sum(raw_sq) as raw_sq
  from narrowed group by experiment, segment, version, arm, holdout, bucket
) as n
where (c.experiment, c.segment, c.version, c.arm, c.holdout, c.bucket)
    = (n.experiment, n.segment, n.version, n.arm, n.holdout, n.bucket);

delete from counters
where (exposures, conversions, orders, orders_sq, value, value_sq, raw, raw_sq) = (0, 0, 0, 0, 0, 0, 0, 0);

insert into counters (experiment, segment, version, eligible, arm, holdout, bucket, exposures, conversions, orders,
                      orders_sq, value, value_sq, raw, raw_sq)
select experiment, segment, version, eligible, arm, holdout, bucket, exposures, conversions, orders, orders_sq, value,
       value_sq, raw, raw_sq
from narrowed
where (exposures, conversions, orders, orders_sq, value, value_sq, raw, raw_sq) <> (0, 0, 0, 0, 0, 0, 0, 0);

alter table counters alter column eligible drop default;

-- What arrived lately is looked at when an experiment on revenue is started without a cap. Rows arrive in this order,
-- so a summary of each range of pages finds them and costs appenders nothing.
create index conversions_received on conversions using brin (received_at) with (autosummarize = on);

package dev.bandolier.server;

import java.time.Duration;

/// Snapshots that no learner made, put where it would have put them: what a node shows of verdicts does not depend on how
/// they were found.
///
/// @param sql the database
record Planted(Sql sql) {

    private static final String EVIDENCE = """
        {"metric":"sale","horizon":"short","logE":5.7,"logMost":4.4,\
        "arm":{"exposures":1234,"conversions":3,"value":0},"control":{"exposures":1190,"conversions":41,"value":0}}\
        """;

    private static final String SINCE = "\"since\":\"2026-11-21T10:00:00Z\"";

    /// One verdict: arm `b` is harmful.
    static final String HARMFUL =
            "[{\"kind\":\"arm-harmful\"," + SINCE + ",\"arm\":\"b\",\"evidence\":" + EVIDENCE + "}]";

    /// A verdict of every kind, as the ledger keeps them.
    static final String EVERY_KIND = ("[{'kind':'arm-harmful',S,'arm':'b','evidence':E},"
        + "{'kind':'arm-suspected',S,'arm':'b','evidence':E},{'kind':'arm-better',S,'arm':'b','evidence':E},"
        + "{'kind':'budget-spent',S,'spent':9.5,'allowed':10.0,'daily':false,'rate':0.4,'exhausted':false},"
        + "{'kind':'held-back',S,'rate':0.3},{'kind':'stepped-back',S,'from':0.2,'to':0.05,'arm':'b','evidence':E},"
        + "{'kind':'feed-broken',S,'inflated':false,'observed':3,'expected':40.5,'logE':12.5,'control':true},"
        + "{'kind':'ratio-broken',S,'arm':'b','observed':3,'expected':9.5,'logE':8.5,'blocked':true,'control':false},"
        + "{'kind':'lead-fragile',S,'arm':'b','best':0.9,'without':0.4,'origins':3},"
        + "{'kind':'origin-quarantined',S,'quarantine':7,'arm':'b','reported':40,'all':61,'share':0.1,'logP':-30.5}]")
            .replace('\'', '"')
            .replace("S,", SINCE + ",")
            .replace(":E", ":" + EVIDENCE);

    /// What guardrails say beside verdicts: every part that there is.
    private static final String REST =
            ("{'holdout':0.05,'arms':[{'arm':'b','harm':[E],'gain':[]}],'ramp':{'stage':1,'share':0.2},"
                + "'spending':{'expected':1.5,'held':2.5,'allowed':120.0,'today':0.5,'daily':10.0,'next':0.1,"
                + "'ceiling':12.5,'rate':0.8},'feed':{'perMinute':3.2,'silence':-0.5,'inflation':null},'ratio':1.25}")
                    .replace('\'', '"')
                    .replace("[E]", "[" + EVIDENCE + "]");

    /// Keeps every node from learning, so that what is planted stays.
    void withoutLearner() {
        sql.update("""
            insert into leases (name, holder, until) values ('learn', gen_random_uuid(), 'infinity')
            on conflict (name) do update set holder = excluded.holder, until = excluded.until
            """);
    }

    /// Puts a snapshot with these verdicts on top of the latest of an experiment, and rings every bell.
    void verdicts(String experiment, String verdicts) {
        Eventually.holds("planted on '" + experiment + "'", Duration.ofSeconds(5), () -> plant(experiment, verdicts));
        sql.rows("select pg_notify('bandolier_board', '')");
    }

    /// Whether no learner was faster. The time follows that of the latest: the clock of a node may be another than that of
    /// the database.
    private boolean plant(String experiment, String verdicts) {
        return sql.update("""
            insert into snapshots (experiment, version, made_at, revision, body)
            select s.experiment, s.version + 1, s.made_at + interval '1 ms', s.revision,
              s.body || jsonb_build_object('cause', 'guarded', 'guard',
                jsonb_build_object('frozen', false, 'verdicts', ?::jsonb) || ?::jsonb)
            from snapshots s join experiments e on e.id = s.experiment
            where e.key = ? and e.deleted_at is null order by s.version desc limit 1
            on conflict do nothing
            """, verdicts, REST, experiment) == 1;
    }
}

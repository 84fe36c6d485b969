-- What is out since which operation, and what is searched for: made of what stations push, for all stations to pull.
-- Written anew by every `central init`.
--
-- A row of kind `custody` is an operation since which something is out: its entry as it came, with the name of its station.
-- It is a tombstone as soon as any operation closes it, whichever came first: {site_id, station, hlc, payload, closings},
-- with the essentials of both; `payload` is null where only what closed it has come yet. A row of kind `case` is a
-- lost-tool case: {site_id, station, case}.

-- What is kept of an operation that is over: who, when, what was counted, which photos; not what recognition saw.
CREATE OR REPLACE FUNCTION toolroom.essentials(document jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE
AS $$ SELECT document - '{detected_tools,unsure_tools,extra_tools,positions,thresholds,look_alikes,manual_reasons,picture_problems,image,frames}'::text[] $$;

-- What is known of one operation, out of what was known and what came: it does not matter in which order.
CREATE OR REPLACE FUNCTION toolroom.merged_custody(before jsonb, came jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
    WITH together AS (
        SELECT CASE WHEN came -> 'payload' <> 'null' THEN came ELSE before END AS said,
            coalesce((
                SELECT jsonb_agg(c.closing ORDER BY c.closing #>> '{document,operation,id}') FROM (
                    SELECT DISTINCT ON (a.closing #>> '{document,operation,id}') a.closing
                    FROM jsonb_array_elements(coalesce(before -> 'closings', '[]') || coalesce(came -> 'closings', '[]')) AS a(closing)
                    ORDER BY a.closing #>> '{document,operation,id}'
                ) AS c
            ), '[]') AS closings
    )
    SELECT CASE WHEN t.closings = '[]' THEN t.said ELSE jsonb_build_object(
        'site_id', t.said -> 'site_id', 'station', t.said -> 'station', 'hlc', t.said -> 'hlc',
        'payload', CASE WHEN t.said -> 'payload' <> 'null' THEN toolroom.essentials(t.said -> 'payload') END,
        'closings', t.closings) END
    FROM together AS t
$$;

-- An operation after what was said of it later: its count that was owed, or a correction.
CREATE OR REPLACE FUNCTION toolroom.amended(document jsonb, entry_kind text, said jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
    WITH changed AS (
        SELECT (document -> 'operation') || CASE entry_kind
            WHEN 'operation_counted' THEN jsonb_build_object(
                'counted', said -> 'counted', 'custody', said -> 'custody', 'final_status', said -> 'final_status',
                'count_owed', false, 'witness', coalesce(said -> 'witness', 'null'),
                'cases', (document #> '{operation,cases}') || (said -> 'cases'))
            ELSE coalesce((SELECT jsonb_object_agg(c.key, c.value -> 'after') FROM jsonb_each(said -> 'changes') AS c), '{}')
        END || jsonb_build_object('later', (document #> '{operation,later}') || jsonb_build_array(said - '{operation,kit}'::text[]))
            AS operation
    )
    SELECT document || jsonb_build_object('operation', c.operation) FROM changed AS c
$$;

-- Custody out of the entries of one station, all at once.
CREATE OR REPLACE FUNCTION toolroom.derive_custody(own text, after bigint, upto bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own_name text := coalesce((SELECT s.name FROM toolroom.site AS s WHERE s.site_id = own ORDER BY s.number DESC LIMIT 1), left(own, 8));
    present text := toolroom.epoch();
    changed timestamptz := clock_timestamp();
    name_first text := '{"station":' || to_json(own_name)::text || ',';
    e record;
BEGIN
    WITH read AS MATERIALIZED (
        -- The text is opened once, and what is out is kept as it stands: taking a large object apart costs more.
        SELECT j.site_seq, j.op_id::text AS op_id, j.kind, (name_first || substr(j.content, 2))::jsonb AS entry
        FROM toolroom.journal AS j
        WHERE j.site_id = own AND j.site_seq > after AND j.site_seq <= upto
          AND j.kind IN ('operation.checkout', 'operation.checkin', 'operation.handover', 'checkout_joined')
    ), said AS (
        SELECT r.site_seq, r.op_id AS key, r.entry,
            CASE r.kind WHEN 'checkout_joined' THEN r.entry #>> '{payload,checkout}'
                        ELSE r.entry #>> '{payload,operation,closes}' END AS closes,
            CASE r.kind WHEN 'checkout_joined' THEN r.entry #> '{payload,document}' ELSE r.entry -> 'payload' END AS document,
            r.kind <> 'checkout_joined' AND r.entry #> '{payload,operation,custody}' <> '{}' AS live,
            r.kind <> 'checkout_joined' AND r.entry #> '{payload,operation,checkout_unknown}' = 'true' AS was_unknown
        FROM read AS r
        -- The id is the entry's own, which no other entry has: nobody speaks for an operation of somebody else.
        WHERE r.kind = 'checkout_joined' OR r.entry #>> '{payload,operation,id}' = r.op_id
    ), closing AS (
        SELECT s.closes AS key, jsonb_agg(jsonb_build_object(
            'site_id', own, 'station', own_name, 'hlc', s.entry -> 'hlc', 'document', toolroom.essentials(s.document))
            ORDER BY s.site_seq) AS closings
        FROM said AS s WHERE s.closes IS NOT NULL GROUP BY s.closes
    )
    INSERT INTO toolroom.reference AS r (kind, key, version, deleted, content, changed_by, changed_at, id, xid, epoch)
    SELECT 'custody', m.key, 1, m.over, m.content, own, changed, nextval('toolroom.reference_place'), pg_current_xact_id(),
           present
    FROM (
        SELECT coalesce(o.key, c.key) AS key, c.key IS NOT NULL OR NOT o.live AS over,
            CASE WHEN c.key IS NULL THEN o.entry
                 ELSE jsonb_build_object(
                    'site_id', CASE WHEN o.key IS NOT NULL THEN own END,
                    'station', CASE WHEN o.key IS NOT NULL THEN own_name END,
                    'hlc', o.entry -> 'hlc', 'payload', toolroom.essentials(o.document), 'closings', c.closings)
            END AS content
        FROM (SELECT * FROM said AS s WHERE s.live OR s.was_unknown) AS o FULL JOIN closing AS c ON c.key = o.key
        -- In one order everywhere, so that two stations wait for each other and never deadlock.
        ORDER BY 1
    ) AS m
    ON CONFLICT (kind, key) DO UPDATE SET
        version = r.version + 1,
        -- What is over stays so: nothing takes an end back.
        deleted = r.deleted OR excluded.deleted,
        content = toolroom.merged_custody(r.content, excluded.content),
        -- What several stations had a hand in is told to all of them.
        changed_by = CASE WHEN r.changed_by = excluded.changed_by THEN own ELSE '*' END,
        changed_at = excluded.changed_at, id = excluded.id, xid = excluded.xid, epoch = excluded.epoch;

    FOR e IN
        SELECT j.kind, j.content::jsonb -> 'payload' AS payload FROM toolroom.journal AS j
        WHERE j.site_id = own AND j.site_seq > after AND j.site_seq <= upto
          AND j.kind IN ('operation_counted', 'operation_corrected')
        ORDER BY j.site_seq
    LOOP
        UPDATE toolroom.reference AS r SET
            content = r.content || jsonb_build_object('payload', toolroom.amended(r.content -> 'payload', e.kind, e.payload)),
            deleted = r.deleted OR (e.kind = 'operation_counted' AND e.payload -> 'custody' = '{}'),
            version = r.version + 1, changed_at = changed,
            id = nextval('toolroom.reference_place'), xid = pg_current_xact_id(), epoch = present
        WHERE r.kind = 'custody' AND r.key = e.payload ->> 'operation' AND r.content ->> 'site_id' = own;
    END LOOP;
END
$$;

-- Lost-tool cases out of the entries of one station.
CREATE OR REPLACE FUNCTION toolroom.derive_cases(own text, after bigint, upto bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own_name text := coalesce((SELECT s.name FROM toolroom.site AS s WHERE s.site_id = own ORDER BY s.number DESC LIMIT 1), left(own, 8));
    present text := toolroom.epoch();
    e record;
    known jsonb;
    made jsonb;
BEGIN
    FOR e IN
        SELECT j.kind, j.content::jsonb -> 'payload' AS payload FROM toolroom.journal AS j
        WHERE j.site_id = own AND j.site_seq > after AND j.site_seq <= upto
          AND j.kind IN ('case_opened', 'case_carried_over', 'case_searched', 'case_concluded', 'case_noted',
                         'case_released', 'case_reopened')
        ORDER BY j.site_seq
    LOOP
        SELECT r.content INTO known FROM toolroom.reference AS r WHERE r.kind = 'case' AND r.key = e.payload ->> 'case_id';
        IF FOUND AND known ->> 'site_id' <> own THEN
            RAISE EXCEPTION 'a case of another station' USING ERRCODE = 'TR008';
        END IF;
        IF e.payload ? 'events' THEN
            made := e.payload - '{sealed,events_known}'::text[];
        ELSIF known IS NULL THEN
            RAISE EXCEPTION 'the beginning of the case is not known' USING ERRCODE = 'TR008';
        ELSE
            made := (known -> 'case') || jsonb_build_object(
                'state', e.payload -> 'state',
                'events', (known #> '{case,events}') || jsonb_build_array(e.payload -> 'event'));
        END IF;
        INSERT INTO toolroom.reference AS r (kind, key, version, deleted, content, changed_by, changed_at, id, xid, epoch)
        VALUES ('case', made ->> 'case_id', 1, made ->> 'state' = 'released',
                jsonb_build_object('site_id', own, 'station', own_name, 'case', made), own, clock_timestamp(),
                nextval('toolroom.reference_place'), pg_current_xact_id(), present)
        ON CONFLICT (kind, key) DO UPDATE SET
            version = r.version + 1, deleted = excluded.deleted, content = excluded.content,
            changed_by = excluded.changed_by, changed_at = excluded.changed_at, id = excluded.id, xid = excluded.xid,
            epoch = excluded.epoch;
    END LOOP;
END
$$;

-- Both. What cannot be derived is noted entry by entry; False where it merely came at a bad moment.
CREATE OR REPLACE FUNCTION toolroom.derive_elsewhere(own text, after bigint, upto bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    e record;
BEGIN
    BEGIN
        PERFORM toolroom.derive_custody(own, after, upto);
        PERFORM toolroom.derive_cases(own, after, upto);
        RETURN true;
    EXCEPTION
        WHEN transaction_rollback OR operator_intervention OR insufficient_resources OR lock_not_available THEN
            RETURN false;
        WHEN OTHERS THEN
            NULL; -- one of them is to blame
    END;
    FOR e IN
        SELECT j.site_seq, j.kind FROM toolroom.journal AS j
        WHERE j.site_id = own AND j.site_seq > after AND j.site_seq <= upto
          AND (j.kind LIKE 'operation%' OR j.kind LIKE 'case%' OR j.kind = 'checkout_joined')
        ORDER BY j.site_seq
    LOOP
        BEGIN
            PERFORM toolroom.derive_custody(own, e.site_seq - 1, e.site_seq);
            PERFORM toolroom.derive_cases(own, e.site_seq - 1, e.site_seq);
        EXCEPTION
            WHEN transaction_rollback OR operator_intervention OR insufficient_resources OR lock_not_available THEN
                -- With nothing kept of it, so that the whole comes again.
                RAISE;
            WHEN OTHERS THEN
                INSERT INTO toolroom.underived (site_id, site_seq, kind, reason)
                VALUES (own, e.site_seq, e.kind, left(SQLSTATE || ' ' || SQLERRM, 400)) ON CONFLICT DO NOTHING;
        END;
    END LOOP;
    RETURN true;
END
$$;

-- What was pushed and nothing made of yet, a part at a time. Done when stations ask, never while they push: taking what
-- they bring must neither fail nor wait for it. Whoever else does it for this station at this moment is left to it.
CREATE OR REPLACE FUNCTION toolroom.derive_pending(own text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    head bigint := (SELECT h.seq FROM toolroom.site_head AS h WHERE h.site_id = own);
    reached bigint := coalesce((SELECT d.seq FROM toolroom.derived_head AS d WHERE d.site_id = own), 0);
BEGIN
    IF head IS NULL OR reached >= head THEN
        RETURN false;
    END IF;
    INSERT INTO toolroom.derived_head (site_id) VALUES (own) ON CONFLICT DO NOTHING;
    SELECT d.seq INTO reached FROM toolroom.derived_head AS d WHERE d.site_id = own FOR UPDATE SKIP LOCKED;
    IF NOT FOUND OR reached >= head THEN
        RETURN false;
    END IF;
    head := least(head, reached + 2000);
    IF NOT toolroom.derive_elsewhere(own, reached, head) THEN
        RETURN false;
    END IF;
    UPDATE toolroom.derived_head AS d SET seq = head WHERE d.site_id = own;
    RETURN true;
END
$$;

-- A piece of a file of another station, at most 256 KB from byte `start` on, with the file's size; no row where it is not
-- here whole, or where the row of reference data that is to name it does not, or was over 90 days ago.
CREATE OR REPLACE FUNCTION toolroom.evidence_get(station text, named_kind text, named_key text, file_hash text, start bigint)
RETURNS TABLE (size bigint, piece bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM toolroom.calling_site(station);
    IF file_hash !~ '^[0-9a-f]{64}$' OR NOT EXISTS (
        SELECT 1 FROM toolroom.reference AS r
        WHERE r.kind = named_kind AND r.key = named_key AND r.kind IN ('custody', 'case', 'model')
          AND (NOT r.deleted OR r.changed_at > now() - interval '90 days')
          AND strpos(r.content::text, '"' || file_hash || '"') > 0
    ) THEN
        RETURN;
    END IF;
    -- The second wall lets this function alone see this file alone, and only now.
    PERFORM set_config('toolroom.named_file', file_hash, true);
    RETURN QUERY
        SELECT e.size, substring(c.data FROM (start - c.at_byte + 1)::integer)
        FROM toolroom.evidence AS e JOIN toolroom.evidence_chunk AS c USING (site_id, sha256)
        WHERE e.sha256 = file_hash AND e.complete_at IS NOT NULL
          AND c.at_byte <= start AND start < c.at_byte + length(c.data)
        LIMIT 1;
    PERFORM set_config('toolroom.named_file', '', true);
END
$$;

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['evidence', 'evidence_chunk'] LOOP
        EXECUTE format('DROP POLICY IF EXISTS named ON toolroom.%I', kept);
        EXECUTE format('CREATE POLICY named ON toolroom.%I FOR SELECT USING (current_user = ''toolroom_owner'' '
                       'AND sha256 = current_setting(''toolroom.named_file'', true))', kept);
    END LOOP;
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA toolroom FROM PUBLIC;
GRANT EXECUTE ON FUNCTION toolroom.evidence_get(text, text, text, text, bigint) TO toolroom_station;

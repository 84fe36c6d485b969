-- What is out since which operation, and what is searched for: made of what stations push, for all stations to pull.
-- Written anew by every `central init`.
--
-- A row of kind `custody` is an operation since which something is out: {site_id, station, hlc, document, closings}. It is
-- a tombstone as soon as any operation closes it, whichever came first; `document` is null where only what closed it has
-- come yet. A row of kind `case` is a lost-tool case: {site_id, station, case}.

-- What is kept of an operation that is over: who, when, what was counted, which photos; not what recognition saw.
CREATE OR REPLACE FUNCTION toolroom.essentials(document jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT document - '{detected_tools,unsure_tools,extra_tools,positions,thresholds,look_alikes,manual_reasons,picture_problems,image,frames}'::text[] $$;

CREATE OR REPLACE FUNCTION toolroom.custody_is_over(content jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_array_length(content -> 'closings') > 0
        OR coalesce(content #> '{document,operation,custody}' = '{}', false)
$$;

-- What is known of one operation, out of what was known and what came: it does not matter in which order.
CREATE OR REPLACE FUNCTION toolroom.merged_custody(before jsonb, came jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
    WITH together AS (
        SELECT CASE WHEN came -> 'document' <> 'null' THEN came ELSE before END AS said,
            coalesce((
                SELECT jsonb_agg(c.closing ORDER BY c.closing #>> '{document,operation,id}') FROM (
                    SELECT DISTINCT ON (a.closing #>> '{document,operation,id}') a.closing
                    FROM jsonb_array_elements((before -> 'closings') || (came -> 'closings')) AS a(closing)
                    ORDER BY a.closing #>> '{document,operation,id}'
                ) AS c
            ), '[]') AS closings
    ), made AS (
        SELECT t.said || jsonb_build_object('closings', t.closings) AS content FROM together AS t
    )
    SELECT CASE WHEN toolroom.custody_is_over(m.content) AND m.content -> 'document' <> 'null'
                THEN m.content || jsonb_build_object('document', toolroom.essentials(m.content -> 'document'))
                ELSE m.content END
    FROM made AS m
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

-- Custody out of the entries of one station, all at once. `at` is when they came, NULL for whenever.
CREATE OR REPLACE FUNCTION toolroom.derive_custody(own text, after bigint, upto bigint, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own_name text := coalesce((SELECT s.name FROM toolroom.site AS s WHERE s.site_id = own ORDER BY s.number DESC LIMIT 1), left(own, 8));
    present text := toolroom.epoch();
    e record;
BEGIN
    WITH said AS MATERIALIZED (
        SELECT j.site_seq, j.op_id::text AS op_id, j.kind, c.entry -> 'payload' AS payload, c.entry ->> 'hlc' AS hlc
        FROM toolroom.journal AS j, LATERAL (SELECT j.content::jsonb AS entry) AS c
        WHERE j.site_id = own AND j.site_seq > after AND j.site_seq <= upto AND (at IS NULL OR j.received_at = at)
          AND j.kind IN ('operation.checkout', 'operation.checkin', 'operation.handover', 'checkout_joined')
    ), operation AS (
        SELECT s.site_seq, s.op_id AS key, s.hlc, s.payload AS document, s.payload #>> '{operation,closes}' AS closes
        FROM said AS s
        -- The id is the entry's own, which no other entry has: nobody speaks for an operation of somebody else.
        WHERE s.kind <> 'checkout_joined' AND s.payload #>> '{operation,id}' = s.op_id
    ), part AS (
        SELECT o.site_seq, o.key, o.hlc, o.document, NULL::jsonb AS closing FROM operation AS o
        WHERE o.document #> '{operation,custody}' <> '{}' OR o.document #> '{operation,checkout_unknown}' = 'true'
        UNION ALL
        SELECT o.site_seq, o.closes, o.hlc, NULL, toolroom.essentials(o.document) FROM operation AS o
        WHERE o.closes IS NOT NULL
        UNION ALL
        SELECT s.site_seq, s.payload ->> 'checkout', s.hlc, NULL, toolroom.essentials(s.payload -> 'document') FROM said AS s
        WHERE s.kind = 'checkout_joined'
    ), came AS (
        SELECT p.key,
            jsonb_build_object(
                'site_id', CASE WHEN count(p.document) > 0 THEN own END,
                'station', CASE WHEN count(p.document) > 0 THEN own_name END,
                'hlc', max(p.hlc) FILTER (WHERE p.document IS NOT NULL),
                'document', (array_agg(p.document) FILTER (WHERE p.document IS NOT NULL))[1],
                'closings', coalesce(jsonb_agg(jsonb_build_object(
                    'site_id', own, 'station', own_name, 'hlc', p.hlc, 'document', p.closing) ORDER BY p.site_seq)
                    FILTER (WHERE p.closing IS NOT NULL), '[]')) AS content
        FROM part AS p GROUP BY p.key
    )
    INSERT INTO toolroom.reference AS r (kind, key, version, deleted, content, changed_by, changed_at, id, xid, epoch)
    SELECT 'custody', m.key, 1, toolroom.custody_is_over(m.content), m.content, own, clock_timestamp(),
           nextval('toolroom.reference_place'), pg_current_xact_id(), present
    FROM (SELECT c.key, CASE WHEN toolroom.custody_is_over(c.content) THEN toolroom.merged_custody(c.content, c.content)
                             ELSE c.content END AS content
          -- In one order everywhere, so that two stations wait for each other and never deadlock.
          FROM came AS c ORDER BY c.key) AS m
    ON CONFLICT (kind, key) DO UPDATE SET
        version = r.version + 1, content = toolroom.merged_custody(r.content, excluded.content),
        deleted = toolroom.custody_is_over(toolroom.merged_custody(r.content, excluded.content)),
        changed_by = excluded.changed_by, changed_at = excluded.changed_at, id = excluded.id, xid = excluded.xid,
        epoch = excluded.epoch;

    -- Who takes a kit back looks at the photo of all that went out, also where a part came back before.
    INSERT INTO toolroom.named_file (sha256, kind, key)
    SELECT f.sha256, 'custody', r.key
    FROM toolroom.journal AS j JOIN toolroom.reference AS r ON r.kind = 'custody' AND r.key = j.op_id::text,
         LATERAL (
            SELECT p.value AS sha256 FROM jsonb_each_text(r.content #> '{document,operation,photos}') AS p WHERE p.value <> ''
            UNION
            SELECT n.sha256 FROM toolroom.named_file AS n
            WHERE n.kind = 'custody' AND n.key = r.content #>> '{document,operation,closes}'
         ) AS f
    WHERE j.site_id = own AND j.site_seq > after AND j.site_seq <= upto AND (at IS NULL OR j.received_at = at)
      AND j.kind IN ('operation.checkout', 'operation.checkin', 'operation.handover')
    ON CONFLICT DO NOTHING;

    FOR e IN
        SELECT j.kind, j.content::jsonb -> 'payload' AS payload FROM toolroom.journal AS j
        WHERE j.site_id = own AND j.site_seq > after AND j.site_seq <= upto AND (at IS NULL OR j.received_at = at)
          AND j.kind IN ('operation_counted', 'operation_corrected')
        ORDER BY j.site_seq
    LOOP
        UPDATE toolroom.reference AS r SET
            content = toolroom.merged_custody(r.content, r.content || jsonb_build_object('document', toolroom.amended(r.content -> 'document', e.kind, e.payload))),
            deleted = toolroom.custody_is_over(r.content || jsonb_build_object('document', toolroom.amended(r.content -> 'document', e.kind, e.payload))),
            version = r.version + 1, changed_by = own, changed_at = clock_timestamp(),
            id = nextval('toolroom.reference_place'), xid = pg_current_xact_id(), epoch = present
        WHERE r.kind = 'custody' AND r.key = e.payload ->> 'operation' AND r.content ->> 'site_id' = own;
    END LOOP;
END
$$;

-- Lost-tool cases out of the entries of one station.
CREATE OR REPLACE FUNCTION toolroom.derive_cases(own text, after bigint, upto bigint, at timestamptz) RETURNS void
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
        WHERE j.site_id = own AND j.site_seq > after AND j.site_seq <= upto AND (at IS NULL OR j.received_at = at)
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

-- Both, for entries that were just taken. What cannot be derived is noted entry by entry, and fails no push; what merely
-- came at a bad moment does, and comes again.
CREATE OR REPLACE FUNCTION toolroom.derive_elsewhere(own text, after bigint, upto bigint, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    e record;
BEGIN
    PERFORM toolroom.derive_custody(own, after, upto, at);
    PERFORM toolroom.derive_cases(own, after, upto, at);
EXCEPTION
    WHEN transaction_rollback OR operator_intervention OR insufficient_resources OR lock_not_available THEN
        RAISE;
    WHEN OTHERS THEN
        FOR e IN
            SELECT j.site_seq, j.kind FROM toolroom.journal AS j
            WHERE j.site_id = own AND j.site_seq > after AND j.site_seq <= upto AND (at IS NULL OR j.received_at = at)
              AND (j.kind LIKE 'operation%' OR j.kind LIKE 'case%' OR j.kind = 'checkout_joined')
            ORDER BY j.site_seq
        LOOP
            BEGIN
                PERFORM toolroom.derive_custody(own, e.site_seq - 1, e.site_seq, at);
                PERFORM toolroom.derive_cases(own, e.site_seq - 1, e.site_seq, at);
            EXCEPTION
                WHEN transaction_rollback OR operator_intervention OR insufficient_resources OR lock_not_available THEN
                    RAISE;
                WHEN OTHERS THEN
                    INSERT INTO toolroom.underived (site_id, site_seq, kind, reason)
                    VALUES (own, e.site_seq, e.kind, left(SQLSTATE || ' ' || SQLERRM, 400)) ON CONFLICT DO NOTHING;
            END;
        END LOOP;
END
$$;

-- For a centre that had entries before it knew of custody: everything once, station by station.
CREATE OR REPLACE FUNCTION toolroom.derive_all_elsewhere() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    h record;
    start bigint;
BEGIN
    FOR h IN SELECT s.site_id, s.seq FROM toolroom.site_head AS s ORDER BY s.site_id LOOP
        start := 0;
        WHILE start < h.seq LOOP
            PERFORM toolroom.derive_elsewhere(h.site_id, start, start + 500, NULL);
            start := start + 500;
        END LOOP;
    END LOOP;
END
$$;

-- A piece of a file of another station, at most 256 KB from byte `start` on, with the file's size; no row where it is not
-- here whole, or where nothing names it that is open or was so in the last 30 days.
CREATE OR REPLACE FUNCTION toolroom.evidence_get(station text, file_hash text, start bigint) RETURNS TABLE (size bigint, piece bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM toolroom.calling_site(station);
    IF NOT EXISTS (
        SELECT 1 FROM toolroom.named_file AS n JOIN toolroom.reference AS r USING (kind, key)
        WHERE n.sha256 = file_hash AND (NOT r.deleted OR r.changed_at > now() - interval '30 days')
    ) THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT e.size, substring(c.data FROM (start - c.at_byte + 1)::integer)
        FROM toolroom.evidence AS e JOIN toolroom.evidence_chunk AS c USING (site_id, sha256)
        WHERE e.sha256 = file_hash AND e.complete_at IS NOT NULL
          AND c.at_byte <= start AND start < c.at_byte + length(c.data)
        LIMIT 1;
END
$$;

-- The second wall: of what others handed in, the functions of this schema alone see what is named.
DO $$
DECLARE
    kept text;
BEGIN
    ALTER TABLE toolroom.named_file ENABLE ROW LEVEL SECURITY;
    ALTER TABLE toolroom.named_file FORCE ROW LEVEL SECURITY;
    DROP POLICY IF EXISTS administrators ON toolroom.named_file;
    DROP POLICY IF EXISTS own_functions ON toolroom.named_file;
    CREATE POLICY administrators ON toolroom.named_file USING ((SELECT pg_has_role(session_user, 'toolroom_owner', 'MEMBER')));
    CREATE POLICY own_functions ON toolroom.named_file
        USING (current_user = 'toolroom_owner' AND (SELECT toolroom.session_site()) IS NOT NULL);
    FOREACH kept IN ARRAY ARRAY['evidence', 'evidence_chunk'] LOOP
        EXECUTE format('DROP POLICY IF EXISTS named ON toolroom.%I', kept);
        EXECUTE format('CREATE POLICY named ON toolroom.%I FOR SELECT USING (current_user = ''toolroom_owner'' AND EXISTS '
                       '(SELECT 1 FROM toolroom.named_file AS n WHERE n.sha256 = %I.sha256))', kept, kept);
    END LOOP;
END
$$;

REVOKE ALL ON ALL TABLES IN SCHEMA toolroom FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA toolroom FROM PUBLIC;
GRANT EXECUTE ON FUNCTION toolroom.evidence_get(text, text, bigint) TO toolroom_station;

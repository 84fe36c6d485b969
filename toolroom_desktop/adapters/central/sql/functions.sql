-- What a station may call, and the second wall. Written anew by every `toolroom central init`, as toolroom_owner.
--
-- Every function that a station calls is SECURITY DEFINER with a pinned search_path, finds its site by session_user and
-- nothing else, and answers a jsonb that may grow by further fields.

CREATE OR REPLACE FUNCTION toolroom.session_site() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT site_id FROM toolroom.site WHERE role = session_user AND removed_at IS NULL $$;

-- The schema versions of entries that are taken.
CREATE OR REPLACE FUNCTION toolroom.accepted_schemas(OUT lowest integer, OUT highest integer)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT 1, 1 $$;

-- Whoever restores a dump or promotes a standby need not think of it: any of these changes then.
CREATE OR REPLACE FUNCTION toolroom.epoch() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT md5(concat_ws('/', c.epoch, s.system_identifier, p.timeline_id, d.oid))
    FROM toolroom.centre AS c, pg_control_system() AS s, pg_control_checkpoint() AS p, pg_database AS d
    WHERE d.datname = current_database()
$$;

-- The site that called; refuses a role that is no station, and a station that is not the one of this enrolment.
CREATE OR REPLACE FUNCTION toolroom.calling_site(claimed text) RETURNS toolroom.site
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own toolroom.site;
BEGIN
    SELECT * INTO own FROM toolroom.site WHERE role = session_user AND removed_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this role is no station of this centre' USING ERRCODE = 'TR001';
    END IF;
    IF own.site_id IS NULL AND length(claimed) BETWEEN 1 AND 64 THEN
        -- The first station that comes with this enrolment is the one it belongs to.
        BEGIN
            UPDATE toolroom.site SET site_id = claimed WHERE number = own.number AND site_id IS NULL;
        EXCEPTION WHEN unique_violation THEN
            RAISE EXCEPTION 'this station has another enrolment' USING ERRCODE = 'TR003';
        END;
        INSERT INTO toolroom.site_head (site_id) VALUES (claimed) ON CONFLICT DO NOTHING;
        INSERT INTO toolroom.evidence_head (site_id) VALUES (claimed) ON CONFLICT DO NOTHING;
        SELECT * INTO own FROM toolroom.site WHERE number = own.number;
    END IF;
    IF own.site_id IS DISTINCT FROM claimed THEN
        RAISE EXCEPTION 'this enrolment belongs to another station' USING ERRCODE = 'TR002';
    END IF;
    RETURN own;
END
$$;

CREATE OR REPLACE FUNCTION toolroom.ensure_month(at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    first timestamp := date_trunc('month', at AT TIME ZONE 'UTC');
    name text := 'journal_' || to_char(first, 'YYYYMM');
BEGIN
    IF to_regclass('toolroom.' || name) IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE IF NOT EXISTS toolroom.%I PARTITION OF toolroom.journal FOR VALUES FROM (%L) TO (%L)',
                   name, first::text || '+00', (first + interval '1 month')::text || '+00');
    -- Nobody reads a month past the journal's own policy.
    EXECUTE format('ALTER TABLE toolroom.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE toolroom.%I FORCE ROW LEVEL SECURITY', name);
EXCEPTION WHEN duplicate_table OR unique_violation OR invalid_object_definition THEN
    NULL; -- another station made it at the same moment
END
$$;

CREATE OR REPLACE FUNCTION toolroom.hello(greeting jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own toolroom.site := toolroom.calling_site(greeting ->> 'site_id');
    head toolroom.site_head;
    accepted record := toolroom.accepted_schemas();
BEGIN
    PERFORM toolroom.ensure_month(now());
    PERFORM toolroom.ensure_month(now() + interval '7 days');
    UPDATE toolroom.site_head SET
        last_seen = now(),
        clock_offset = extract(epoch FROM (greeting ->> 'now')::timestamptz - clock_timestamp()),
        app_version = left(coalesce(greeting ->> 'app_version', ''), 64),
        pending = coalesce((greeting ->> 'pending')::bigint, 0)
    WHERE site_id = own.site_id
    RETURNING * INTO head;
    RETURN jsonb_build_object(
        'epoch', toolroom.epoch(),
        'now', clock_timestamp(),
        'protocol', 1,
        'features', jsonb_build_array('pull', 'lines')
                    || CASE WHEN toolroom.may_see_all() THEN jsonb_build_array('all_stations') ELSE '[]' END,
        'schemas', jsonb_build_array(accepted.lowest, accepted.highest),
        'head', jsonb_build_object('seq', head.seq, 'hash', head.hash)
    );
END
$$;

-- Refuses what is more than this site may send in a day: a stolen password must not fill the disk.
CREATE OR REPLACE FUNCTION toolroom.refuse_above(spent bigint, daily bigint) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF spent > daily THEN
        RAISE EXCEPTION 'this station sent more today than it may' USING ERRCODE = 'TR007';
    END IF;
END
$$;

-- Why an entry cannot be taken, NULL where it can. `before` is the hash of the entry before it.
CREATE OR REPLACE FUNCTION toolroom.fault_of(own text, seq bigint, before text, entry jsonb) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    said record;
    accepted record := toolroom.accepted_schemas();
BEGIN
    IF encode(sha256(convert_to(before || E'\n' || (entry ->> 'content'), 'UTF8')), 'hex') IS DISTINCT FROM entry ->> 'hash' THEN
        RETURN 'content';
    END IF;
    SELECT * INTO said FROM json_to_record((entry ->> 'content')::json)
        AS r(op_id uuid, site_id text, site_seq bigint, kind text, wall_at text, schema_version integer);
    RETURN CASE
        WHEN said.site_id IS DISTINCT FROM own THEN 'other_site'
        WHEN said.site_seq IS DISTINCT FROM seq THEN 'sequence'
        WHEN said.schema_version IS NULL OR said.schema_version NOT BETWEEN accepted.lowest AND accepted.highest THEN 'schema'
        WHEN said.op_id IS NULL OR said.kind IS NULL OR length(said.kind) > 64 OR said.wall_at IS NULL THEN 'incomplete'
        WHEN coalesce(entry ->> 'seal', '') !~ '^[0-9a-f]{64}$' THEN 'seal'
        -- PostgreSQL itself would take "yesterday" for a time.
        WHEN said.wall_at !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+[+]00:00$' OR said.wall_at::timestamptz IS NULL THEN 'unreadable'
    END;
EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
    RETURN 'unreadable';
END
$$;

DROP FUNCTION IF EXISTS toolroom.take_all(text, toolroom.site_head, jsonb);

-- All entries of a push at once, and the head after them; NULL, with nothing kept, where one of them is not as it must be
-- or was there before. That they hash well also says that they have the form of entries. `contents` has the content of
-- each operation, one a line.
CREATE OR REPLACE FUNCTION toolroom.take_all(own text, head toolroom.site_head, operations jsonb, contents text)
RETURNS toolroom.site_head
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    accepted record := toolroom.accepted_schemas();
BEGIN
    WITH given AS (
        -- In the order in which they came: another one breaks the chain, and with it this way.
        SELECT e.seq, e.prev, e.hash, e.seal, e.content, r.op_id, r.kind, r.wall_at, r.schema_version,
               e.seq = lag(e.seq, 1, head.seq) OVER () + 1
               AND e.prev = lag(e.hash, 1, head.hash) OVER ()
               AND e.hash = encode(sha256(convert_to(e.prev || E'\n' || e.content, 'UTF8')), 'hex')
               AND e.seal ~ '^[0-9a-f]{64}$'
               AND r.site_id = own AND r.site_seq = e.seq AND length(r.kind) <= 64
               AND r.schema_version BETWEEN accepted.lowest AND accepted.highest
               AND r.wall_at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+[+]00:00$' AS good
        FROM ROWS FROM (
                 jsonb_to_recordset(operations) AS (seq bigint, prev text, hash text, seal text),
                 string_to_table(contents, E'\n')
             ) AS e(seq, prev, hash, seal, content),
             LATERAL json_to_record(e.content::json) AS r(op_id uuid, site_id text, site_seq bigint, kind text,
                                                          wall_at text, schema_version integer)
    ), kept AS (
        -- One that is not good has no number here, so it breaks off at once; so does one without an id.
        INSERT INTO toolroom.journal (op_id, site_id, site_seq, received_at, wall_at, kind, schema_version, content,
                                      prev_hash, hash, seal)
        SELECT g.op_id, own, CASE WHEN g.good THEN g.seq END, now(), g.wall_at::timestamptz, g.kind, g.schema_version,
               g.content, g.prev, g.hash, g.seal
        FROM given AS g
        RETURNING site_seq, hash, op_id
    ), links AS (
        INSERT INTO toolroom.chain_link (site_id, site_seq, hash, op_id)
        SELECT own, k.site_seq, k.hash, k.op_id FROM kept AS k
    )
    SELECT k.site_seq, k.hash INTO STRICT head.seq, head.hash FROM kept AS k ORDER BY k.site_seq DESC LIMIT 1;
    RETURN head;
EXCEPTION WHEN no_data_found OR data_exception OR integrity_constraint_violation OR program_limit_exceeded THEN
    RETURN NULL;
END
$$;

-- What both ways to push do. `lines` is NULL where the contents are in the operations.
CREATE OR REPLACE FUNCTION toolroom.take(batch jsonb, lines text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own toolroom.site := toolroom.calling_site(batch ->> 'site_id');
    head toolroom.site_head;
    operations jsonb := batch -> 'operations';
    count integer;
    size bigint := pg_column_size(batch) + coalesce(octet_length(lines), 0);
    taken toolroom.site_head;
    first bigint;
    entry jsonb;
    said_seq bigint;
    fault text;
    poisoned jsonb := '[]';
    refused jsonb;
BEGIN
    IF jsonb_typeof(operations) IS DISTINCT FROM 'array' THEN
        RAISE EXCEPTION 'operations must be an array' USING ERRCODE = 'TR004';
    END IF;
    count := jsonb_array_length(operations);
    IF count > 500 OR (count > 1 AND size > 4194304) OR size > 67108864 THEN
        RAISE EXCEPTION 'too much in one push' USING ERRCODE = 'TR005';
    END IF;
    PERFORM toolroom.ensure_month(now());
    SELECT * INTO head FROM toolroom.site_head WHERE site_id = own.site_id FOR UPDATE;
    first := head.seq;
    head.spent_bytes := size + CASE WHEN head.spent_on = current_date THEN head.spent_bytes ELSE 0 END;
    PERFORM toolroom.refuse_above(head.spent_bytes, own.daily_bytes);

    -- A content of several lines is a row too many there.
    taken := toolroom.take_all(own.site_id, head, operations, coalesce(lines, (
        SELECT string_agg(coalesce(o.op ->> 'content', ''), E'\n') FROM jsonb_array_elements(operations) AS o(op))));
    IF taken.seq IS NOT NULL THEN
        PERFORM toolroom.derive_all(own.site_id, first, taken.seq);
        RETURN toolroom.answer(taken, '[]', NULL);
    END IF;

    IF lines IS NOT NULL AND count > 0 THEN
        -- Either one without the other is no operation, and refused below.
        operations := (
            SELECT jsonb_agg(o.op || jsonb_build_object('content', o.content) ORDER BY o.place)
            FROM ROWS FROM (jsonb_array_elements(operations), string_to_table(lines, E'\n')) WITH ORDINALITY
                AS o(op, content, place));
    END IF;

    -- Something is special about this push. Now it is looked at entry by entry.
    FOR entry IN SELECT o.op FROM jsonb_array_elements(operations) AS o(op) LOOP
        IF jsonb_typeof(entry) <> 'object' OR jsonb_typeof(entry -> 'seq') IS DISTINCT FROM 'number'
           OR coalesce(entry ->> 'seq', '') !~ '^[1-9][0-9]{0,17}$'
           OR coalesce(entry ->> 'hash', '') !~ '^[0-9a-f]{64}$' OR coalesce(entry ->> 'prev', '') !~ '^[0-9a-f]{64}$'
           OR jsonb_typeof(entry -> 'content') IS DISTINCT FROM 'string' THEN
            RAISE EXCEPTION 'an operation without its place in the chain' USING ERRCODE = 'TR004';
        END IF;
    END LOOP;

    -- Those that were pushed before must be the same ones.
    SELECT o.op INTO entry
    FROM jsonb_array_elements(operations) AS o(op)
    JOIN toolroom.chain_link AS l ON l.site_id = own.site_id AND l.site_seq = (o.op ->> 'seq')::bigint
    WHERE l.hash <> o.op ->> 'hash' ORDER BY l.site_seq LIMIT 1;
    IF FOUND THEN
        PERFORM toolroom.set_apart(own.site_id, entry, 'fork', false);
        refused := jsonb_build_object('code', 'fork', 'seq', entry -> 'seq');
    ELSE
        FOR entry IN SELECT o.op FROM jsonb_array_elements(operations) AS o(op)
                     WHERE (o.op ->> 'seq')::bigint > head.seq ORDER BY (o.op ->> 'seq')::bigint LOOP
            said_seq := (entry ->> 'seq')::bigint;
            IF said_seq <> head.seq + 1 THEN
                refused := jsonb_build_object('code', 'gap', 'seq', said_seq);
                EXIT;
            END IF;
            IF entry ->> 'prev' <> head.hash THEN
                PERFORM toolroom.set_apart(own.site_id, entry, 'fork', false);
                refused := jsonb_build_object('code', 'fork', 'seq', said_seq);
                EXIT;
            END IF;
            fault := toolroom.fault_of(own.site_id, said_seq, head.hash, entry);
            IF fault IS NULL THEN
                INSERT INTO toolroom.chain_link (site_id, site_seq, hash, op_id)
                VALUES (own.site_id, said_seq, entry ->> 'hash', ((entry ->> 'content')::json ->> 'op_id')::uuid)
                ON CONFLICT (op_id) DO NOTHING;
                IF NOT FOUND THEN
                    fault := 'op_id_taken';
                END IF;
            END IF;
            IF fault IS NULL THEN
                INSERT INTO toolroom.journal (op_id, site_id, site_seq, received_at, wall_at, kind, schema_version,
                                              content, prev_hash, hash, seal)
                SELECT r.op_id, own.site_id, said_seq, now(), r.wall_at, r.kind, r.schema_version, entry ->> 'content',
                       entry ->> 'prev', entry ->> 'hash', entry ->> 'seal'
                FROM json_to_record((entry ->> 'content')::json)
                    AS r(op_id uuid, kind text, wall_at timestamptz, schema_version integer);
            ELSE
                INSERT INTO toolroom.chain_link (site_id, site_seq, hash)
                VALUES (own.site_id, said_seq, entry ->> 'hash');
                PERFORM toolroom.set_apart(own.site_id, entry, fault, true);
                head.quarantined := head.quarantined + 1;
                poisoned := poisoned || jsonb_build_object('seq', said_seq, 'reason', fault);
            END IF;
            head.seq := said_seq;
            head.hash := entry ->> 'hash';
        END LOOP;
    END IF;
    PERFORM toolroom.derive_all(own.site_id, first, head.seq);
    RETURN toolroom.answer(head, poisoned, refused);
END
$$;

-- Takes {site_id, operations: [{seq, prev, hash, seal, content}, ...]} in the order of seq, at most 500 or about 1 MB.
-- The answer's head is what the station may count as acknowledged. `refused` names the first entry that does not
-- continue the chain; those before it are kept.
CREATE OR REPLACE FUNCTION toolroom.push(batch jsonb) RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT toolroom.take(batch, NULL) $$;

-- The same, with the contents beside the operations, one a line: a text that is no part of a document need not be taken
-- apart and put together on its way. `hello` says that the centre knows it ("lines").
CREATE OR REPLACE FUNCTION toolroom.push(batch jsonb, contents text) RETURNS jsonb
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT toolroom.take(batch, coalesce(contents, '')) $$;

-- Notes the head after a push, and says it.
CREATE OR REPLACE FUNCTION toolroom.answer(head toolroom.site_head, poisoned jsonb, refused jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE toolroom.site_head AS h SET
        seq = head.seq, hash = head.hash, quarantined = head.quarantined,
        pending = greatest(h.pending - (head.seq - h.seq), 0),
        last_seen = now(), spent_on = current_date, spent_bytes = head.spent_bytes
    WHERE h.site_id = head.site_id;
    RETURN jsonb_build_object(
        'head', jsonb_build_object('seq', head.seq, 'hash', head.hash), 'quarantined', poisoned, 'refused', refused
    );
END
$$;

CREATE OR REPLACE FUNCTION toolroom.set_apart(own text, entry jsonb, reason text, in_chain boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO toolroom.quarantine AS q (site_id, site_seq, reason, in_chain, content, prev_hash, hash, seal)
    VALUES (own, (entry ->> 'seq')::bigint, reason, in_chain, entry ->> 'content', entry ->> 'prev', entry ->> 'hash',
            coalesce(entry ->> 'seal', ''))
    -- One that was refused first may become a link of the chain later, never the other way.
    ON CONFLICT (site_id, site_seq, hash) DO UPDATE SET in_chain = q.in_chain OR excluded.in_chain
$$;

-- What is held of this site, to be compared with what the station has.
CREATE OR REPLACE FUNCTION toolroom.verify(asked jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own toolroom.site := toolroom.calling_site(asked ->> 'site_id');
BEGIN
    -- Also for a station of an older program, which pulls nothing.
    PERFORM toolroom.derive_pending(own.site_id);
    RETURN (
        SELECT jsonb_build_object(
            'head', jsonb_build_object('seq', h.seq, 'hash', h.hash),
            'quarantined', (SELECT count(*) FROM toolroom.quarantine AS q
                            WHERE q.site_id = own.site_id AND q.resolved_at IS NULL),
            'evidence', jsonb_build_object('files', e.files, 'bytes', e.bytes))
        FROM toolroom.site_head AS h JOIN toolroom.evidence_head AS e USING (site_id)
        WHERE h.site_id = own.site_id
    );
END
$$;

-- SHA-256 over the hashes of the entries after < seq <= upto as they lie in the tables, at most 5,000 of them.
CREATE OR REPLACE FUNCTION toolroom.digest(asked jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own toolroom.site := toolroom.calling_site(asked ->> 'site_id');
    beginning bigint := (asked ->> 'after')::bigint;
    ending bigint := least((asked ->> 'upto')::bigint, beginning + 5000);
BEGIN
    RETURN (
        SELECT jsonb_build_object('upto', ending, 'count', count(*), 'digest',
            encode(sha256(convert_to(coalesce(string_agg(k.hash, E'\n' ORDER BY k.site_seq), ''), 'UTF8')), 'hex'))
        FROM (
            SELECT j.site_seq, j.hash FROM toolroom.journal AS j
            WHERE j.site_id = own.site_id AND j.site_seq > beginning AND j.site_seq <= ending
            UNION ALL
            SELECT q.site_seq, q.hash FROM toolroom.quarantine AS q
            WHERE q.site_id = own.site_id AND q.in_chain AND q.site_seq > beginning AND q.site_seq <= ending
        ) AS k
    );
END
$$;

-- {site_id, files: [sha256, ...]}, at most 500 -> how many bytes of each are held; those of which nothing is are left out.
CREATE OR REPLACE FUNCTION toolroom.evidence_held(asked jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own toolroom.site := toolroom.calling_site(asked ->> 'site_id');
BEGIN
    IF jsonb_array_length(asked -> 'files') > 500 THEN
        RAISE EXCEPTION 'too many files at once' USING ERRCODE = 'TR005';
    END IF;
    RETURN (
        SELECT coalesce(jsonb_object_agg(e.sha256, e.held), '{}') FROM toolroom.evidence AS e
        WHERE e.site_id = own.site_id AND e.sha256 IN (SELECT jsonb_array_elements_text(asked -> 'files'))
    );
END
$$;

-- The next piece of a file. One that does not follow what is held changes nothing; the answer says how far it is held.
CREATE OR REPLACE FUNCTION toolroom.evidence_put(station text, file_hash text, file_size bigint, start bigint, piece bytea)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own toolroom.site := toolroom.calling_site(station);
    file toolroom.evidence;
    whole bytea;
    spent bigint;
BEGIN
    IF file_hash !~ '^[0-9a-f]{64}$' OR file_size NOT BETWEEN 1 AND 67108864 OR length(piece) NOT BETWEEN 1 AND 262144 THEN
        RAISE EXCEPTION 'no piece of a photo' USING ERRCODE = 'TR005';
    END IF;
    INSERT INTO toolroom.evidence (site_id, sha256, size) VALUES (own.site_id, file_hash, file_size) ON CONFLICT DO NOTHING;
    SELECT * INTO file FROM toolroom.evidence AS e WHERE e.site_id = own.site_id AND e.sha256 = file_hash FOR UPDATE;
    IF file.size <> file_size THEN
        RAISE EXCEPTION 'another size of the same photo' USING ERRCODE = 'TR006';
    END IF;
    IF start <> file.held OR file.held + length(piece) > file.size THEN
        RETURN jsonb_build_object('held', file.held);
    END IF;
    UPDATE toolroom.evidence_head AS h SET
        spent_on = current_date,
        spent_bytes = length(piece) + CASE WHEN h.spent_on = current_date THEN h.spent_bytes ELSE 0 END
    WHERE h.site_id = own.site_id
    RETURNING h.spent_bytes INTO spent;
    PERFORM toolroom.refuse_above(spent, own.daily_bytes);
    INSERT INTO toolroom.evidence_chunk (site_id, sha256, at_byte, data) VALUES (own.site_id, file_hash, start, piece);
    file.held := file.held + length(piece);
    IF file.held = file.size THEN
        SELECT string_agg(c.data, '' ORDER BY c.at_byte) INTO whole FROM toolroom.evidence_chunk AS c
        WHERE c.site_id = own.site_id AND c.sha256 = file_hash;
        IF encode(sha256(whole), 'hex') = file_hash THEN
            file.complete_at := now();
            UPDATE toolroom.evidence_head AS h SET files = h.files + 1, bytes = h.bytes + file.size
            WHERE h.site_id = own.site_id;
        ELSE
            DELETE FROM toolroom.evidence_chunk AS c WHERE c.site_id = own.site_id AND c.sha256 = file_hash;
            file.held := 0;
        END IF;
    END IF;
    UPDATE toolroom.evidence AS e SET held = file.held, complete_at = file.complete_at
    WHERE e.site_id = own.site_id AND e.sha256 = file_hash;
    RETURN jsonb_build_object('held', file.held);
END
$$;

-- For `toolroom central verify`: every fault of one chain as (site_seq, code). Reads everything of that site.
CREATE OR REPLACE FUNCTION toolroom.faults_of_chain(checked text) RETURNS TABLE (site_seq bigint, code text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
    WITH kept AS (
        SELECT j.site_seq, j.hash, j.prev_hash, j.content, false AS apart FROM toolroom.journal AS j
        WHERE j.site_id = checked
        UNION ALL
        SELECT q.site_seq, q.hash, q.prev_hash, q.content, true FROM toolroom.quarantine AS q
        WHERE q.site_id = checked AND q.in_chain
    ), links AS (
        SELECT l.site_seq, l.hash, lag(l.site_seq, 1, 0::bigint) OVER o AS seq_before,
               lag(l.hash, 1, repeat('0', 64)) OVER o AS hash_before
        FROM toolroom.chain_link AS l WHERE l.site_id = checked WINDOW o AS (ORDER BY l.site_seq)
    ), looked AS (
        SELECT coalesce(l.site_seq, k.site_seq) AS site_seq,
            CASE
                WHEN l.site_seq IS NULL THEN 'link'
                WHEN l.site_seq <> l.seq_before + 1 THEN 'sequence'
                WHEN k.site_seq IS NULL THEN 'gone'
                WHEN k.prev_hash <> l.hash_before OR k.hash <> l.hash THEN 'link'
                WHEN NOT k.apart
                     AND k.hash <> encode(sha256(convert_to(k.prev_hash || E'\n' || k.content, 'UTF8')), 'hex') THEN 'content'
            END AS code
        FROM links AS l FULL JOIN kept AS k USING (site_seq)
    )
    SELECT f.site_seq, f.code FROM looked AS f WHERE f.code IS NOT NULL
    UNION ALL
    SELECT h.seq, 'head' FROM toolroom.site_head AS h
    LEFT JOIN LATERAL (
        SELECT l.site_seq, l.hash FROM toolroom.chain_link AS l WHERE l.site_id = checked
        ORDER BY l.site_seq DESC LIMIT 1
    ) AS last ON true
    WHERE h.site_id = checked
      AND (h.seq, h.hash) IS DISTINCT FROM (coalesce(last.site_seq, 0), coalesce(last.hash, repeat('0', 64)))
    ORDER BY 1, 2
$$;

-- The second wall: should a right ever be granted by mistake, a station still sees its own rows alone. It holds for the
-- owner too, hence for the functions above when a station calls them.
DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['site', 'site_head', 'evidence_head', 'chain_link', 'journal', 'quarantine', 'evidence',
                                'evidence_chunk'] LOOP
        EXECUTE format('ALTER TABLE toolroom.%I ENABLE ROW LEVEL SECURITY', kept);
        EXECUTE format('ALTER TABLE toolroom.%I FORCE ROW LEVEL SECURITY', kept);
        EXECUTE format('DROP POLICY IF EXISTS own_site ON toolroom.%I', kept);
        EXECUTE format('DROP POLICY IF EXISTS administrators ON toolroom.%I', kept);
        EXECUTE format('CREATE POLICY administrators ON toolroom.%I USING ((SELECT pg_has_role(session_user, ''toolroom_owner'', ''MEMBER'')))', kept);
        IF kept = 'site' THEN
            CREATE POLICY own_site ON toolroom.site USING (role = session_user);
        ELSE
            EXECUTE format('CREATE POLICY own_site ON toolroom.%I USING (site_id = (SELECT toolroom.session_site()))', kept);
        END IF;
    END LOOP;
END
$$;

SELECT toolroom.ensure_month(now());
SELECT toolroom.ensure_month(now() + interval '7 days');

REVOKE ALL ON ALL TABLES IN SCHEMA toolroom FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA toolroom FROM PUBLIC;
GRANT USAGE ON SCHEMA toolroom TO toolroom_station;
GRANT EXECUTE ON FUNCTION toolroom.session_site(), toolroom.hello(jsonb), toolroom.push(jsonb), toolroom.push(jsonb, text),
    toolroom.verify(jsonb), toolroom.digest(jsonb), toolroom.evidence_held(jsonb), toolroom.evidence_put(text, text, bigint, bigint, bytea)
    TO toolroom_station;

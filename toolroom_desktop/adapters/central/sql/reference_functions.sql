-- Reference data: how it is changed, read in order, and made of what stations push. Written anew by every `central init`.

-- Sets one row to what it is to be; its version, NULL where it was so already. `again` gives it a new place and version
-- all the same, so that every station takes it once more.
CREATE OR REPLACE FUNCTION toolroom.put_reference(a_kind text, a_key text, a_content jsonb, gone boolean, by text,
                                                  again boolean DEFAULT false) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    now_at bigint;
BEGIN
    INSERT INTO toolroom.reference AS r (kind, key, version, deleted, content, changed_by, changed_at, id, xid, epoch)
    VALUES (a_kind, a_key, 1, gone, a_content, by, clock_timestamp(), nextval('toolroom.reference_place'),
            pg_current_xact_id(), toolroom.epoch())
    ON CONFLICT (kind, key) DO UPDATE SET
        version = r.version + 1, deleted = excluded.deleted, content = excluded.content,
        changed_by = excluded.changed_by, changed_at = excluded.changed_at, id = excluded.id, xid = excluded.xid,
        epoch = excluded.epoch
    WHERE again OR (r.deleted, r.content) IS DISTINCT FROM (excluded.deleted, excluded.content)
    RETURNING r.version INTO now_at;
    IF now_at IS NOT NULL THEN
        INSERT INTO toolroom.reference_history (kind, key, version, deleted, content, changed_by, changed_at)
        VALUES (a_kind, a_key, now_at, gone, a_content, by, clock_timestamp());
    END IF;
    RETURN now_at;
END
$$;

-- {site_id, cursor, most} -> {changes: [{kind, key, version, deleted, content}], cursor, more}.
--
-- Rows are served in the order of the transactions that made them, and only those below the oldest one that still runs:
-- a transaction that began earlier and commits later can then not slip in behind the cursor. Rows that another cluster
-- wrote (a restored dump) come first, as if transaction 0 had made them. The cursor says epoch, transaction and id; one
-- of another epoch begins anew.
CREATE OR REPLACE FUNCTION toolroom.pull(asked jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    own toolroom.site := toolroom.calling_site(asked ->> 'site_id');
    most integer := CASE WHEN asked ->> 'most' ~ '^[1-9][0-9]{0,2}$' THEN (asked ->> 'most')::integer ELSE 1000 END;
    present text := toolroom.epoch();
    said text := coalesce(asked ->> 'cursor', '');
    after_xid xid8 := '0';
    after_id bigint := 0;
    served jsonb[] := '{}';
    size bigint := 0;
    more boolean := false;
    seen integer := 0;
    r record;
BEGIN
    PERFORM toolroom.derive_pending(own.site_id);
    IF said ~ '^[0-9a-f]{32}:[0-9]{1,19}:[0-9]{1,18}$' AND split_part(said, ':', 1) = present THEN
        after_xid := split_part(said, ':', 2)::xid8;
        after_id := split_part(said, ':', 3)::bigint;
    END IF;
    FOR r IN
        SELECT * FROM (
            (SELECT '0'::xid8 AS at_xid, f.id, f.kind, f.key, f.version, f.deleted, f.content, f.changed_by
             FROM toolroom.reference AS f
             WHERE f.epoch <> present AND after_xid = '0'::xid8 AND f.id > after_id
             ORDER BY f.id LIMIT most + 1)
            UNION ALL
            (SELECT f.xid, f.id, f.kind, f.key, f.version, f.deleted, f.content, f.changed_by
             FROM toolroom.reference AS f
             WHERE f.epoch = present AND (f.xid, f.id) > (after_xid, after_id)
               AND f.xid < pg_snapshot_xmin(pg_current_snapshot())
             ORDER BY f.xid, f.id LIMIT most + 1)
        ) AS u ORDER BY u.at_xid, u.id LIMIT most + 1
    LOOP
        seen := seen + 1;
        IF seen > most THEN
            more := true;
            EXIT;
        END IF;
        IF r.kind IN ('custody', 'case') AND r.changed_by = own.site_id THEN
            -- Made of what this station said itself, and of nothing else.
            after_xid := r.at_xid;
            after_id := r.id;
            CONTINUE;
        END IF;
        size := size + octet_length(r.content::text);
        IF cardinality(served) > 0 AND size > 1000000 THEN
            more := true;
            EXIT;
        END IF;
        served := served || jsonb_build_object('kind', r.kind, 'key', r.key, 'version', r.version, 'deleted', r.deleted,
                                               'content', r.content);
        after_xid := r.at_xid;
        after_id := r.id;
    END LOOP;
    RETURN jsonb_build_object(
        'changes', to_jsonb(served),
        'cursor', CASE WHEN after_id = 0 THEN '' ELSE concat_ws(':', present, after_xid, after_id) END,
        'more', more
    );
END
$$;

-- Called by `push` for what it just took. What cannot be derived is noted; what merely came at a bad moment fails the push.
CREATE OR REPLACE FUNCTION toolroom.derive_all(own text, after bigint, upto bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    e record;
BEGIN
    FOR e IN
        SELECT j.site_seq, j.kind, j.content FROM toolroom.journal AS j
        WHERE j.site_id = own AND j.site_seq > after AND j.site_seq <= upto AND j.received_at = now()
          AND j.kind = ANY (toolroom.derived_kinds())
        ORDER BY j.site_seq
    LOOP
        BEGIN
            PERFORM toolroom.derive(own, e.site_seq, e.kind, e.content::jsonb);
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

-- The second wall. Every station may see reference data, and only the functions above may change it for one; what others
-- proposed is no station's business.
DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['reference', 'reference_history', 'proposal', 'underived', 'derived_head'] LOOP
        EXECUTE format('ALTER TABLE toolroom.%I ENABLE ROW LEVEL SECURITY', kept);
        EXECUTE format('ALTER TABLE toolroom.%I FORCE ROW LEVEL SECURITY', kept);
        EXECUTE format('DROP POLICY IF EXISTS administrators ON toolroom.%I', kept);
        EXECUTE format('DROP POLICY IF EXISTS own_functions ON toolroom.%I', kept);
        EXECUTE format('CREATE POLICY administrators ON toolroom.%I USING ((SELECT pg_has_role(session_user, ''toolroom_owner'', ''MEMBER'')))', kept);
        EXECUTE format('CREATE POLICY own_functions ON toolroom.%I USING (current_user = ''toolroom_owner'' AND (SELECT toolroom.session_site()) IS NOT NULL)', kept);
    END LOOP;
END
$$;

REVOKE ALL ON ALL TABLES IN SCHEMA toolroom FROM PUBLIC;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA toolroom FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA toolroom FROM PUBLIC;
GRANT EXECUTE ON FUNCTION toolroom.pull(jsonb) TO toolroom_station;

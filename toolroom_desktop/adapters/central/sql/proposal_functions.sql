-- What the centre makes of entries about people, toolkits, kits and tools that a station pushed. Written anew by every
-- `central init`.
--
-- Where a tool is and in what state are facts: a station found them out, and they change the centre's row at once. All
-- else that a station changes in reference data is a proposal, for an administrator of the centre to accept or reject.

-- Of which kinds of entries something is made.
CREATE OR REPLACE FUNCTION toolroom.derived_kinds() RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ARRAY['person_added', 'person_changed', 'catalogue_changed', 'tool_added', 'tool_changed', 'tool_put_in',
                 'tool_swapped', 'tool_taken_out', 'tools_imported']
$$;

-- What is made of one entry that was taken. It may fail without harm to the entry.
CREATE OR REPLACE FUNCTION toolroom.derive(own text, seq bigint, entry_kind text, said jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    payload jsonb := said -> 'payload';
    part jsonb;
BEGIN
    IF entry_kind IN ('person_added', 'person_changed') THEN
        PERFORM toolroom.propose(own, seq, said, 'person', toolroom.key_of(payload, 'badge'),
            jsonb_build_object('badge', payload -> 'badge', 'name', payload -> 'name', 'role', payload -> 'role',
                               'active', payload -> 'active', 'expires_on', payload -> 'expires_on'),
            CASE WHEN entry_kind = 'person_changed' THEN toolroom.names_of(payload -> 'changes') END);
    ELSIF entry_kind = 'catalogue_changed' THEN
        FOR part IN SELECT * FROM jsonb_array_elements(payload -> 'toolkits') LOOP
            PERFORM toolroom.propose(own, seq, said, 'toolkit', toolroom.key_of(part, 'name'), part - 'key', NULL);
        END LOOP;
        FOR part IN SELECT * FROM jsonb_array_elements(payload -> 'kits') LOOP
            PERFORM toolroom.propose(own, seq, said, 'kit', toolroom.key_of(part, 'number'), part - 'key', NULL);
        END LOOP;
    ELSIF entry_kind = 'tool_swapped' THEN
        PERFORM toolroom.tool_said(own, seq, said, payload -> 'out');
        PERFORM toolroom.tool_said(own, seq, said, payload -> 'in');
    ELSIF entry_kind = 'tools_imported' THEN
        FOR part IN SELECT * FROM jsonb_array_elements(payload -> 'tools') LOOP
            PERFORM toolroom.tool_said(own, seq, said, part);
        END LOOP;
    ELSE
        PERFORM toolroom.tool_said(own, seq, said, payload);
    END IF;
END
$$;

-- The key of a part: folded by the program; of an older one, as well as this database can.
CREATE OR REPLACE FUNCTION toolroom.key_of(part jsonb, field text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT coalesce(part ->> 'key', lower(btrim(part ->> field))) $$;

CREATE OR REPLACE FUNCTION toolroom.names_of(said jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT coalesce(array_agg(k ORDER BY k), '{}') FROM jsonb_object_keys(said) AS k $$;

-- What an entry says of one tool: {tool_id, ..., was: {field: before}} or, of a count, {..., before: state}.
CREATE OR REPLACE FUNCTION toolroom.tool_said(own text, seq bigint, said jsonb, part jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    changed text[] := CASE
        WHEN jsonb_typeof(part -> 'was') = 'object' THEN toolroom.names_of(part -> 'was')
        WHEN part ? 'before' THEN ARRAY['state']
    END;
    facts text[] := ARRAY['state', 'kit', 'unit'];
    edited text[];
    there toolroom.reference;
    content jsonb;
BEGIN
    SELECT jsonb_object_agg(f, part -> f) INTO content
    FROM unnest(ARRAY['tool_id', 'tool_class', 'kit', 'unit', 'part_number', 'serial_number', 'marking',
                      'calibration_due', 'state', 'note']) AS f WHERE part ? f;
    SELECT * INTO there FROM toolroom.reference AS r
    WHERE r.kind = 'tool' AND r.key = part ->> 'tool_id' AND NOT r.deleted FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM toolroom.propose(own, seq, said, 'tool', part ->> 'tool_id', content, NULL);
        RETURN;
    END IF;
    IF changed && facts THEN
        PERFORM toolroom.put_reference('tool', there.key, there.content || (
            SELECT jsonb_object_agg(f, part -> f) FROM unnest(facts) AS f WHERE f = ANY (changed) AND part ? f
        ), false, toolroom.called(own));
    END IF;
    SELECT array_agg(f) INTO edited FROM unnest(changed) AS f WHERE f <> ALL (facts) AND content ? f;
    IF changed IS NULL OR edited IS NOT NULL THEN
        PERFORM toolroom.propose(own, seq, said, 'tool', there.key, content, edited);
    END IF;
END
$$;

-- How a station is called in the history.
CREATE OR REPLACE FUNCTION toolroom.called(own text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce((SELECT s.name FROM toolroom.site AS s WHERE s.site_id = own ORDER BY s.removed_at NULLS FIRST LIMIT 1),
                    own)
$$;

-- Writes a proposal down. A later one of the same station about the same thing takes the place of the one before; one
-- that the centre's row already fulfils is none.
CREATE OR REPLACE FUNCTION toolroom.propose(own text, seq bigint, said jsonb, a_kind text, a_key text, content jsonb,
                                            meant text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    there toolroom.reference;
    before toolroom.proposal;
BEGIN
    IF a_key IS NULL OR length(a_key) NOT BETWEEN 1 AND 400 THEN
        RAISE EXCEPTION 'a proposal without a key' USING ERRCODE = 'TR004';
    END IF;
    SELECT * INTO there FROM toolroom.reference AS r WHERE r.kind = a_kind AND r.key = a_key;
    SELECT * INTO before FROM toolroom.proposal AS p
    WHERE p.kind = a_kind AND p.key = a_key AND p.site_id = own AND p.state = 'open'
    ORDER BY p.number DESC LIMIT 1;
    IF before.number IS NOT NULL THEN
        -- What was proposed before and is not undone still stands.
        meant := CASE WHEN before.fields IS NULL OR meant IS NULL THEN NULL
                      ELSE (SELECT array_agg(DISTINCT f ORDER BY f) FROM unnest(before.fields || meant) AS f) END;
        UPDATE toolroom.proposal AS p SET state = 'overtaken', decided_at = now() WHERE p.number = before.number;
    END IF;
    IF there.key IS NOT NULL AND NOT there.deleted AND there.content @> toolroom.fields_of(content, meant) THEN
        RETURN;
    END IF;
    INSERT INTO toolroom.proposal (site_id, site_seq, op_id, kind, key, content, fields, against, proposed_by,
                                   proposed_at)
    VALUES (own, seq, (said ->> 'op_id')::uuid, a_kind, a_key, content, meant,
            CASE WHEN there.deleted THEN 0 ELSE coalesce(there.version, 0) END, left(said #>> '{payload,by}', 400),
            (said ->> 'wall_at')::timestamptz)
    ON CONFLICT (op_id, kind, key) DO NOTHING;
END
$$;

CREATE OR REPLACE FUNCTION toolroom.fields_of(content jsonb, meant text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN meant IS NULL THEN content
                ELSE coalesce((SELECT jsonb_object_agg(f, content -> f) FROM unnest(meant) AS f WHERE content ? f), '{}') END
$$;

-- Stations by name: a row that follows from `toolroom.site`, whoever changes that.
CREATE OR REPLACE FUNCTION toolroom.tell_site() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM toolroom.put_reference('site', NEW.number::text,
        jsonb_build_object('name', NEW.name, 'site_id', NEW.site_id), NEW.removed_at IS NOT NULL, session_user::text);
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER site_is_told AFTER INSERT OR UPDATE OF name, site_id, removed_at ON toolroom.site
    FOR EACH ROW EXECUTE FUNCTION toolroom.tell_site();
-- Those that were there before; nothing where it is so already.
SELECT toolroom.put_reference('site', s.number::text, jsonb_build_object('name', s.name, 'site_id', s.site_id),
                              s.removed_at IS NOT NULL, session_user::text) FROM toolroom.site AS s ORDER BY s.number;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA toolroom FROM PUBLIC;
